"""From the cloud to the store: all pages or nothing.

What the cloud no longer lists stays, and is marked missing in the same transaction.
"""

from __future__ import annotations

import sqlite3

from store.clouds import Cloud, Progress
from store.db import immediate
from store.errors import Unreachable
from store.models import Balance
from store.moments import stamp
from store.rows import COLUMNS, to_row

_NAMES = ", ".join(COLUMNS)
_MARKS = ", ".join("?" for _ in COLUMNS)
_UPDATES = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name not in {"kind", "id"})

_UPSERT = f"""
INSERT INTO items (account, {_NAMES}) {{rows}}
ON CONFLICT (account, kind, id) DO UPDATE SET {_UPDATES}, by_hand = 0, missing_since = NULL
"""

_FORGET_FORMER_KINDS = """
DELETE FROM items
WHERE account = :account AND NOT by_hand
  AND (kind, id) NOT IN (SELECT kind, id FROM incoming)
  AND id IN (SELECT id FROM incoming)
"""
"""An item that was upgraded is listed as another kind now; it is not missing as the old one."""

_MARK_MISSING = """
UPDATE items SET missing_since = :as_of
WHERE account = :account AND NOT by_hand AND missing_since IS NULL
  AND (kind, id) NOT IN (SELECT kind, id FROM incoming)
"""

_REMEMBER = """
INSERT OR REPLACE INTO syncs
    (account, identity, cloud, site, as_of, currency, available, credit, owed, overdue_since)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def no_progress(what: str, done: int, total: int) -> None:
    """For callers that show no progress."""


def sync(
    db: sqlite3.Connection, account: str, cloud: Cloud, progress: Progress = no_progress
) -> int:
    """Bring the store to what the cloud tells now; how many items it lists.

    Raises what the cloud raises, and then nothing that is stored has changed.
    """
    as_of = stamp(cloud.now())
    progress("balance", 0, 0)
    balance = cloud.balance()
    count = _fetch(db, cloud, progress)
    with immediate(db):
        _forget_another_cloud(db, account, cloud.identity)
        rows = f"SELECT ?, {_NAMES} FROM incoming WHERE true"  # noqa: S608
        db.execute(_UPSERT.format(rows=rows), (account,))
        db.execute(_FORGET_FORMER_KINDS, {"account": account})
        db.execute(_MARK_MISSING, {"account": account, "as_of": as_of})
        _remember(db, account, cloud, as_of, balance)
    return count


def _fetch(db: sqlite3.Connection, cloud: Cloud, progress: Progress) -> int:
    """Every page into a table of this connection's own, outside the database file."""
    db.execute("DROP TABLE IF EXISTS temp.incoming")
    db.execute(f"CREATE TEMP TABLE incoming ({_NAMES}, PRIMARY KEY (kind, id))")
    count = total = 0
    for page, told in cloud.pages():
        with immediate(db):
            db.executemany(
                f"INSERT OR REPLACE INTO incoming VALUES ({_MARKS})",  # noqa: S608
                map(to_row, page),
            )
        count, total = count + len(page), told
        progress("items", count, total)
    if count != total:
        raise Unreachable(
            f"the cloud told of {total} items but listed {count}: the list is not complete, so "
            "nothing that is stored was changed; try again"
        )
    return count


def _forget_another_cloud(db: sqlite3.Connection, account: str, identity: str) -> None:
    """Drop the items and walk-throughs of another cloud under the same name; payments stay."""
    row = db.execute("SELECT identity FROM syncs WHERE account = ?", (account,)).fetchone()
    if row is None or row["identity"] == identity:
        return
    db.execute("DELETE FROM items WHERE account = ?", (account,))
    db.execute("DELETE FROM walks WHERE account = ?", (account,))


def _remember(
    db: sqlite3.Connection, account: str, cloud: Cloud, as_of: int, balance: Balance
) -> None:
    overdue_since = None if balance.overdue_since is None else stamp(balance.overdue_since)
    db.execute(
        _REMEMBER,
        (
            account, cloud.identity, cloud.name, cloud.site, as_of, balance.currency,
            str(balance.available), str(balance.credit), str(balance.owed), overdue_since,
        ),
    )  # fmt: skip


def refresh(db: sqlite3.Connection, account: str, cloud: Cloud, instance_id: str) -> None:
    """Bring one Instance ID's items and the balance to what the cloud tells now.

    The age of everything else stays what it was, so `as_of` is left alone.
    """
    balance = cloud.balance()
    rows = [(account, *to_row(item)) for item in cloud.look(instance_id)]
    overdue_since = None if balance.overdue_since is None else stamp(balance.overdue_since)
    with immediate(db):
        db.executemany(_UPSERT.format(rows=f"VALUES (?, {_MARKS})"), rows)
        db.execute(
            "UPDATE syncs SET available = ?, credit = ?, owed = ?, overdue_since = ? "
            "WHERE account = ? AND identity = ?",
            (
                str(balance.available), str(balance.credit), str(balance.owed), overdue_since,
                account, cloud.identity,
            ),
        )  # fmt: skip
