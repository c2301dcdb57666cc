"""The tables of annotations, and the triggers that record what a sync changes."""

# ruff: noqa: S608 - names are our own

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_ITEM = "account TEXT NOT NULL, identity TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL"

NOTES = f"""
CREATE TABLE notes (
    {_ITEM},
    owner TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (account, identity, kind, id)
) WITHOUT ROWID
"""

SNOOZES = f"""
CREATE TABLE snoozes (
    {_ITEM},
    reason TEXT NOT NULL,
    until INTEGER NOT NULL,
    state TEXT NOT NULL,
    severity TEXT NOT NULL,
    ends_at INTEGER,
    PRIMARY KEY (account, identity, kind, id)
) WITHOUT ROWID
"""

VIEWS = """
CREATE TABLE views (
    account TEXT NOT NULL,
    pane TEXT NOT NULL,
    words TEXT NOT NULL,
    sorted_by TEXT,
    reverse INTEGER NOT NULL,
    PRIMARY KEY (account, pane)
) WITHOUT ROWID
"""

LOOKS = """
CREATE TABLE looks (
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    at INTEGER NOT NULL,
    change INTEGER NOT NULL,
    currency TEXT NOT NULL,
    available TEXT NOT NULL,
    owed TEXT NOT NULL,
    states TEXT NOT NULL CHECK (json_valid(states)),
    PRIMARY KEY (account, identity)
) WITHOUT ROWID
"""

CHANGES = """
CREATE TABLE changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('new', 'end', 'auto', 'price', 'missing', 'back')),
    was INTEGER,
    became INTEGER
)
"""

CHANGES_OF_ACCOUNT = "CREATE INDEX changes_of_account ON changes (account, number)"

_NEW = """
CREATE TRIGGER changed_new AFTER INSERT ON items
WHEN EXISTS (SELECT 1 FROM syncs WHERE account = NEW.account)
BEGIN
    INSERT INTO changes (account, kind, id, what) VALUES (NEW.account, NEW.kind, NEW.id, 'new');
END
"""
"""The first sync of an account reports no changes."""

_MISSING = """
CREATE TRIGGER changed_missing AFTER UPDATE OF missing_since ON items
WHEN (OLD.missing_since IS NULL) <> (NEW.missing_since IS NULL)
BEGIN
    INSERT INTO changes (account, kind, id, what) VALUES (
        NEW.account, NEW.kind, NEW.id, iif(NEW.missing_since IS NULL, 'back', 'missing'));
END
"""


def _number_trigger(what: str, column: str) -> str:
    return f"""
CREATE TRIGGER changed_{what} AFTER UPDATE OF {column} ON items
WHEN OLD.{column} IS NOT NEW.{column}
BEGIN
    INSERT INTO changes (account, kind, id, what, was, became) VALUES (
        NEW.account, NEW.kind, NEW.id, '{what}', OLD.{column}, NEW.{column});
END
"""


_PRICE = """
CREATE TRIGGER changed_price AFTER UPDATE OF monthly_price, price ON items
WHEN (OLD.monthly_price, OLD.price) IS NOT (NEW.monthly_price, NEW.price)
BEGIN
    INSERT INTO changes (account, kind, id, what) VALUES (NEW.account, NEW.kind, NEW.id, 'price');
END
"""


ITEM_TRIGGERS = (
    _NEW,
    _MISSING,
    _number_trigger("end", "ends_at"),
    _number_trigger("auto", "auto_renewal_months"),
    _PRICE,
)


def create_annotations(db: Database) -> None:
    """Create the tables. Instants are whole seconds since 1970."""
    for statement in (NOTES, SNOOZES, VIEWS, LOOKS, CHANGES, CHANGES_OF_ACCOUNT):
        db.execute(statement)
