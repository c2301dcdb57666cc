"""From the cloud to the store: all pages or nothing.

Items that the cloud no longer lists stay, and are marked missing in the same transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from store.clouds import Cloud, Progress, no_progress
from store.clouds.account_details import AccountDetails
from store.database.errors import database_errors
from store.database.open import immediate
from store.errors import Unreachable
from store.i18n import _
from store.items.bills import store_bills
from store.items.plan_use import store_amounts
from store.items.queries import LastSync, billed_through
from store.items.rows import COLUMNS, to_row
from store.models import Balance, Item
from store.times import to_epoch

_NAMES = ", ".join(COLUMNS)
_MARKS = ", ".join("?" for _ in COLUMNS)
_OPTIONAL = {"price", "months"}
"""Values from optional reads: if a read fails, the stored value stays."""
_UPDATES = ", ".join(
    f"{name} = coalesce(excluded.{name}, {name})"
    if name in _OPTIONAL
    else f"{name} = excluded.{name}"
    for name in COLUMNS
    if name not in {"kind", "id"}
)

_VALUES = ", ".join(name for name in COLUMNS if name not in {"kind", "id"})
_NEW_VALUES = ", ".join(f"excluded.{name}" for name in COLUMNS if name not in {"kind", "id"})

_UPSERT = f"""
INSERT INTO items (account, {_NAMES}) {{rows}}
ON CONFLICT (account, kind, id) DO UPDATE SET {_UPDATES}, by_hand = 0, missing_since = NULL
WHERE by_hand OR missing_since IS NOT NULL OR ({_VALUES}) IS NOT ({_NEW_VALUES})
"""
"""Unchanged rows are not written again."""

_FORGET_FORMER_KINDS = """
DELETE FROM items
WHERE account = :account AND NOT by_hand
  AND (kind, id) NOT IN (SELECT kind, id FROM incoming)
  AND id IN (SELECT id FROM incoming)
"""
"""An item that was upgraded is listed as another kind now; it is not missing as the old one."""

_LEAVE_PLANS = """
DELETE FROM incoming WHERE details IS NULL AND (kind, id) IN (
    SELECT 'other', id FROM items WHERE account = :account AND kind = 'resource-plan')
"""
"""A resource plan that is no longer valid is still in the list of instances, but with dates only:
the stored plan takes precedence."""

_KEPT = "SELECT count(*) FROM items WHERE account = :account AND NOT by_hand"
"""The number of items that the cloud lists or once listed."""

_STAND_AGAINST = """
UPDATE items SET console_against = ends_at
WHERE account = :account AND console_ends_at IS NOT NULL AND console_against IS NULL
  AND NOT by_hand
"""
"""An end date read in the console applies until the billed end date changes, by a renewal."""

_MARK_MISSING = """
UPDATE items SET missing_since = :as_of
WHERE account = :account AND NOT by_hand AND missing_since IS NULL
  AND (kind, id) NOT IN (SELECT kind, id FROM incoming)
"""

_REMEMBER = """
INSERT OR REPLACE INTO syncs
    (account, identity, cloud, site, as_of, currency, available, credit, owed, overdue_since,
     details, lists_nothing)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


_CACHE_KIB = 32 * 1024
"""Room for the last page of each index: with SQLite's own 2 MiB, each page of a large sync is
written many times over."""


def sync(
    db: sqlite3.Connection, account: str, cloud: Cloud, progress: Progress = no_progress
) -> int:
    """Update the store from the cloud and return the number of listed items.

    Raises what the cloud raises; the stored data is then unchanged.
    """
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    identity, now = cloud.identity, cloud.now()
    progress("balance", 0, 0)
    balance = cloud.balance()
    details = cloud.account_details(balance, billed_through(db, account, identity))
    synced = LastSync(identity, cloud.name, cloud.site, now, balance, details)
    try:
        count = _fetch(db, cloud, progress)
        if cloud.identity != identity:
            raise Unreachable(
                _(
                    "the account was replaced by another one during the sync; stored data "
                    "is unchanged; try again"
                )
            )
        with immediate(db):
            _forget_another_cloud(db, account, identity)
            count -= db.execute(_LEAVE_PLANS, {"account": account}).rowcount
            rows = f"SELECT ?, {_NAMES} FROM incoming WHERE true"  # noqa: S608
            db.execute(_UPSERT.format(rows=rows), (account,))
            db.execute(_STAND_AGAINST, {"account": account})
            if db.execute(_KEPT, {"account": account}).fetchone()[0] > count:
                db.execute(_FORGET_FORMER_KINDS, {"account": account})
                db.execute(_MARK_MISSING, {"account": account, "as_of": to_epoch(now)})
            store_bills(db, account, details.bills)
            store_amounts(db, account, now)
            _remember(db, account, replace(synced, lists_nothing=cloud.lists_nothing))
    finally:
        with database_errors(db):
            db.execute("DROP TABLE IF EXISTS temp.incoming")
    return count


def _fetch(db: sqlite3.Connection, cloud: Cloud, progress: Progress) -> int:
    """Fetch every page into a temporary table, outside the database file; return the number of
    items.

    The table is sorted by the items' keys, which makes the final write fastest, and is filled in
    one transaction, so the store itself is not locked.
    """
    with database_errors(db):
        db.execute("DROP TABLE IF EXISTS temp.incoming")
        db.execute(f"CREATE TEMP TABLE incoming ({_NAMES}, PRIMARY KEY (kind, id)) WITHOUT ROWID")
        db.execute("BEGIN")
    count = total = 0
    try:
        for page, total in cloud.pages():
            count += _take(db, page)
            progress("items", count, total)
    finally:
        if db.in_transaction:
            with database_errors(db):
                db.execute("COMMIT")
    if count != total:
        raise Unreachable(
            _(
                "the cloud reported {total} items but listed {count}: the list is "
                "incomplete, so stored data is unchanged; try again"
            ).format(total=total, count=count)
        )
    return count


def _take(db: sqlite3.Connection, page: Sequence[Item]) -> int:
    """Insert the page; return the number of new items.

    An item on two pages replaces one that slipped between them, so it counts once.
    """
    with database_errors(db):
        insert = f"INSERT OR IGNORE INTO incoming VALUES ({_MARKS})"  # noqa: S608
        return db.executemany(insert, map(to_row, page)).rowcount


def _forget_another_cloud(db: sqlite3.Connection, account: str, identity: str) -> None:
    """Drop the items and walk-throughs of another cloud under the same name; payments stay."""
    row = db.execute("SELECT identity FROM syncs WHERE account = ?", (account,)).fetchone()
    if row is None or row["identity"] == identity:
        return
    db.execute("DELETE FROM items WHERE account = ?", (account,))
    db.execute("DELETE FROM walks WHERE account = ?", (account,))
    db.execute("DELETE FROM changes WHERE account = ?", (account,))
    db.execute("DELETE FROM plan_amounts WHERE account = ?", (account,))
    db.execute("DELETE FROM bills WHERE account = ?", (account,))
    db.execute("DELETE FROM syncs WHERE account = ?", (account,))  # what comes is not new


def _remember(db: sqlite3.Connection, account: str, synced: LastSync) -> None:
    db.execute(
        _REMEMBER,
        (
            account, synced.identity, synced.cloud, synced.site, to_epoch(synced.as_of),
            synced.balance.currency, *_money(synced.balance), _details(synced.details),
            synced.lists_nothing,
        ),
    )  # fmt: skip


def _details(details: AccountDetails) -> str:
    """As JSON, without the bills, which have a table of their own."""
    return msgspec.json.encode(replace(details, bills=())).decode()


def _money(balance: Balance) -> tuple[str, str, str, int | None]:
    overdue_since = None if balance.overdue_since is None else to_epoch(balance.overdue_since)
    return str(balance.available), str(balance.credit), str(balance.owed), overdue_since


def sync_instance(
    db: sqlite3.Connection, account: str, cloud: Cloud, instance_id: str
) -> tuple[Item, ...]:
    """Update one Instance ID's items and the balance from the cloud, and return the items.

    `as_of` stays, since all other data keeps its age. If the store holds another cloud's data,
    nothing is changed until the next sync.
    """
    identity, balance = cloud.identity, cloud.balance()
    items = tuple(cloud.items_of(instance_id))
    first_of_id = {(item.kind, item.id): item for item in reversed(items)}
    rows = [(account, *to_row(item)) for item in first_of_id.values()]
    with immediate(db):
        updated = db.execute(
            "UPDATE syncs SET available = ?, credit = ?, owed = ?, overdue_since = ? "
            "WHERE account = ? AND identity = ?",
            (*_money(balance), account, identity),
        ).rowcount
        if updated:
            db.executemany(_UPSERT.format(rows=f"VALUES (?, {_MARKS})"), rows)
    return items
