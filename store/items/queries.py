"""What is stored, as models: one function for each thing that is asked."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from decimal import Decimal

import msgspec
from msgspec import Struct

from store.clouds.account_details import AccountDetails
from store.items.rows import from_row
from store.models import Balance, EnterpriseInstance, Item, Kind, OtherItem
from store.times import from_epoch


class LastSync(Struct, frozen=True):
    """The last complete sync of an account."""

    identity: str
    cloud: str
    site: str
    as_of: datetime
    balance: Balance
    details: AccountDetails = AccountDetails()
    """What was known of the account besides; the bills are in a table of their own."""
    lists_nothing: bool = False
    """Whether a real account listed nothing at all."""


class Known(Struct, frozen=True):
    """An item as it is stored."""

    item: Item
    missing_since: datetime | None
    """The first complete sync that no longer listed it; None: the last one listed it."""

    @property
    def missing(self) -> bool:
        """Whether the last complete sync no longer listed it."""
        return self.missing_since is not None


def last_sync(db: sqlite3.Connection, account: str) -> LastSync | None:
    """The account's last complete sync; None when there has been none."""
    row = db.execute("SELECT * FROM syncs WHERE account = ?", (account,)).fetchone()
    if row is None:
        return None
    overdue_since = row["overdue_since"]
    balance = Balance(
        row["currency"],
        Decimal(row["available"]),
        Decimal(row["credit"]),
        Decimal(row["owed"]),
        None if overdue_since is None else from_epoch(overdue_since),
    )
    return LastSync(
        row["identity"], row["cloud"], row["site"], from_epoch(row["as_of"]), balance,
        _details(row["details"]), bool(row["lists_nothing"]),
    )  # fmt: skip


def _details(written: str | None) -> AccountDetails:
    return (
        AccountDetails() if written is None else msgspec.json.decode(written, type=AccountDetails)
    )


def billed_through(db: sqlite3.Connection, account: str, identity: str) -> str | None:
    """The month up to which the bills of this account of this cloud have been read."""
    synced = last_sync(db, account)
    return synced.details.billed_through if synced and synced.identity == identity else None


UNDATED = (Kind.PUBLIC_NEW, Kind.PUBLIC_PREVIOUS, Kind.PLAN, Kind.LICENSE)
"""Kinds that are never judged by their own dates alone."""

_UNDATED_KINDS = ", ".join(f"'{kind}'" for kind in UNDATED)

_ITEMS = """
SELECT items.*, items.renewal_refused OR EXISTS (
    SELECT 1 FROM payments JOIN syncs USING (account, identity)
    WHERE payments.account = items.account AND payments.instance_id = items.instance_id
      AND items.kind = 'sdk-license' AND items.instance_id <> ''
      AND payments.ends_before = items.ends_at AND payments.renewal_error
) AS refused FROM items {along} WHERE items.account = :account
"""
"""With whether a renewal was refused for the present end date (LIC-2): the cloud may show
it, and our own journal may know it. `along`: an index; SQLite left alone walks all items."""


def items(db: sqlite3.Connection, account: str) -> list[Known]:
    """Every item of the account."""
    return [_known(row) for row in db.execute(_ITEMS.format(along=""), {"account": account})]


def undated_items(db: sqlite3.Connection, account: str) -> list[Known]:
    """The items that are judged by more than their own dates: they live by their bills, cover
    one another, or have details. There are few of them."""
    sql = _ITEMS.format(along="INDEXED BY items_with_details")
    sql += f" AND items.details IS NOT NULL AND items.kind NOT IN ({_UNDATED_KINDS})"
    found = [_known(row) for row in db.execute(sql, {"account": account})]
    for kind in UNDATED:
        sql = _ITEMS.format(along="") + " AND items.kind = :kind"
        rows = db.execute(sql, {"account": account, "kind": kind})
        found += [_known(row) for row in rows]
    return found


def is_dated(item: Item) -> bool:
    """Whether an item is judged by its own dates alone."""
    return isinstance(item, EnterpriseInstance | OtherItem) and item.details is None


def items_of_instance(db: sqlite3.Connection, account: str, instance_id: str) -> list[Known]:
    """The items that this Instance ID stands for: of a license order, all its licenses."""
    sql = _ITEMS.format(along="INDEXED BY items_by_instance")
    sql += " AND items.instance_id = :instance_id"
    rows = db.execute(sql, {"account": account, "instance_id": instance_id})
    return [_known(row) for row in rows]


def items_by_id(db: sqlite3.Connection, account: str, item_id: str) -> list[Known]:
    """The items with this id; several kinds may share one."""
    sql = _ITEMS.format(along="INDEXED BY items_by_id") + " AND items.id = :id"
    rows = db.execute(sql, {"account": account, "id": item_id})
    return [_known(row) for row in rows]


def named(
    db: sqlite3.Connection, account: str, column: str, begun: str, most: int
) -> list[tuple[str, str]]:
    """The values of `column` (`id` or `instance_id`) that begin like that, each with a name."""
    along = {"id": "items_by_id", "instance_id": "items_by_instance"}
    found = db.execute(
        f"SELECT {column} AS found, min(name) FROM items "  # noqa: S608
        f"INDEXED BY {along[column]} WHERE account = ? "
        "AND found >= ? AND substr(found, 1, ?) = ? AND found <> '' "
        "GROUP BY found ORDER BY found LIMIT ?",
        (account, begun, len(begun), begun, most),
    )
    return [(value, name or "") for value, name in found]


def _known(row: sqlite3.Row) -> Known:
    values = dict(row)
    values["renewal_refused"] = values["refused"]
    gone = row["missing_since"]
    return Known(from_row(values), None if gone is None else from_epoch(gone))
