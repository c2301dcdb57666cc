"""Queries of the last sync and of single items."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from decimal import Decimal

import msgspec
from msgspec import Struct

from store.clouds.account_details import AccountDetails
from store.items.rows import COLUMNS, DERIVED, from_row
from store.models import Balance, Item
from store.times import from_epoch, instant_or_none


class LastSync(Struct, frozen=True):
    """The last complete sync of an account."""

    identity: str
    cloud: str
    site: str
    as_of: datetime
    balance: Balance
    details: AccountDetails = AccountDetails()
    """Details of the account, without its bills, which have a table of their own."""
    lists_nothing: bool = False
    """Whether a real account has no items: the cloud listed none, and nobody entered one."""


class StoredItem(Struct, frozen=True):
    """A stored item."""

    item: Item
    missing_since: datetime | None
    """The first complete sync that did not list it; None if the last one did."""

    @property
    def missing(self) -> bool:
        """Whether the last complete sync no longer listed it."""
        return self.missing_since is not None


_LAST_SYNC = """
SELECT *, lists_nothing AND NOT EXISTS (
    SELECT 1 FROM items WHERE items.account = syncs.account AND items.missing_since IS NULL
) AS has_nothing FROM syncs WHERE account = ?
"""


def last_sync(db: sqlite3.Connection, account: str) -> LastSync | None:
    """The account's last complete sync; None if there has been none."""
    row = db.execute(_LAST_SYNC, (account,)).fetchone()
    if row is None:
        return None
    balance = Balance(
        row["currency"],
        Decimal(row["available"]),
        Decimal(row["credit"]),
        Decimal(row["owed"]),
        instant_or_none(row["overdue_since"]),
    )
    return LastSync(
        identity=row["identity"],
        cloud=row["cloud"],
        site=row["site"],
        as_of=from_epoch(row["as_of"]),
        balance=balance,
        details=_details(row["details"]),
        lists_nothing=bool(row["has_nothing"]),
    )


def _details(written: str | None) -> AccountDetails:
    return (
        AccountDetails() if written is None else msgspec.json.decode(written, type=AccountDetails)
    )


def billed_through(db: sqlite3.Connection, account: str, identity: str) -> str | None:
    """The last month whose bills have been read, for this account of this cloud."""
    synced = last_sync(db, account)
    return synced.details.billed_through if synced and synced.identity == identity else None


_REFUSED = """
CASE items.kind WHEN 'sdk-license' THEN items.renewal_refused OR EXISTS (
    SELECT 1 FROM payments JOIN syncs USING (account, identity)
    WHERE payments.account = items.account AND payments.instance_id = items.instance_id
      AND items.instance_id <> '' AND payments.ends_before = items.ends_at
      AND payments.renewal_error
) ELSE 0 END AS renewal_refused
"""
"""Whether a license's renewal was refused for its current end date (LIC-2), by the cloud's orders
or by our journal."""

ROW = ", ".join(
    ["missing_since"]
    + [f"items.{name}" for name in COLUMNS if name not in {*DERIVED, "renewal_refused"}]
    + ["number", "console_ends_at", "console_against", _REFUSED]
)
"""The columns that `from_row` and `Assessor.assess` read."""

DATED, UNDATED = "dated = 1", "dated = 0"
"""SQL conditions. Dated items are assessed by their own dates alone; there may be many. The few
undated items have bills or details, or can cover one another."""


def item_rows(
    db: sqlite3.Connection, account: str, condition: str = "true", *values: str, index: str = ""
) -> list[sqlite3.Row]:
    """The rows of the account's items that meet the condition. `index` names the index to use,
    since SQLite's choice may read all items."""
    along = f"INDEXED BY {index}" if index else ""
    rows = db.execute(
        f"SELECT {ROW} FROM items {along} WHERE items.account = ? AND {condition}",  # noqa: S608
        (account, *values),
    )
    return rows.fetchall()


def undated_items(db: sqlite3.Connection, account: str) -> list[StoredItem]:
    """The undated items of the account."""
    return [stored_item(row) for row in item_rows(db, account, UNDATED, index="items_by_end")]


def stored_item(row: sqlite3.Row) -> StoredItem:
    """The item of a row with the columns of `ROW`."""
    return StoredItem(from_row(row), instant_or_none(row["missing_since"]))


def rows_of_instance(db: sqlite3.Connection, account: str, instance_id: str) -> list[sqlite3.Row]:
    """The rows of an Instance ID's items; for a license order, all of its licenses."""
    return item_rows(db, account, "items.instance_id = ?", instance_id, index="items_by_instance")


def rows_by_id(db: sqlite3.Connection, account: str, item_id: str) -> list[sqlite3.Row]:
    """The rows of the items with this id; several kinds may share one."""
    return item_rows(db, account, "items.id = ?", item_id, index="items_by_id")


def items_of_instance(db: sqlite3.Connection, account: str, instance_id: str) -> list[Item]:
    """The items of this Instance ID."""
    return [from_row(row) for row in rows_of_instance(db, account, instance_id)]


def items_by_id(db: sqlite3.Connection, account: str, item_id: str) -> list[Item]:
    """The items with this id."""
    return [from_row(row) for row in rows_by_id(db, account, item_id)]


def names_by_prefix(
    db: sqlite3.Connection, account: str, column: str, prefix: str, limit: int
) -> list[tuple[str, str]]:
    """The values of `column` (`id` or `instance_id`) that begin with the prefix, each with a
    name."""
    index = {"id": "items_by_id", "instance_id": "items_by_instance"}[column]
    rows = db.execute(
        f"SELECT {column} AS value, min(name) FROM items "  # noqa: S608
        f"INDEXED BY {index} WHERE account = ? "
        "AND value >= ? AND substr(value, 1, ?) = ? AND value <> '' "
        "GROUP BY value ORDER BY value LIMIT ?",
        (account, prefix, len(prefix), prefix, limit),
    )
    return [(value, name or "") for value, name in rows]
