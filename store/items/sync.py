"""Syncing the store with the cloud: all pages, or no change.

Items that the cloud no longer lists stay stored and are marked missing in the same transaction.
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
from store.items.rows import COLUMN_LIST, COLUMNS, VALUE_MARKS, to_row
from store.models import Balance, Item
from store.times import epoch_or_none, to_epoch

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
INSERT INTO items (account, {COLUMN_LIST}) {{rows}}
ON CONFLICT (account, kind, id) DO UPDATE SET {_UPDATES}, by_hand = 0, missing_since = NULL
WHERE by_hand OR missing_since IS NOT NULL OR ({_VALUES}) IS NOT ({_NEW_VALUES})
"""
"""Unchanged rows are not written again."""

_DELETE_FORMER_KINDS = """
DELETE FROM items
WHERE account = :account AND NOT by_hand
  AND (kind, id) NOT IN (SELECT kind, id FROM incoming)
  AND id IN (SELECT id FROM incoming)
"""
"""An upgraded item is listed as another kind: the row of its former kind is not missing."""

_SKIP_ENDED_PLANS = """
DELETE FROM incoming WHERE details IS NULL AND (kind, id) IN (
    SELECT 'other', id FROM items WHERE account = :account AND kind = 'resource-plan')
"""
"""A resource plan that is no longer valid is still in the list of instances, with its dates only:
the stored plan takes precedence."""

_COUNT_KNOWN = "SELECT count(*) FROM items WHERE account = :account AND NOT by_hand"
"""The number of items that the cloud lists or once listed."""

_SET_CONSOLE_AGAINST = """
UPDATE items SET console_against = ends_at
WHERE account = :account AND console_ends_at IS NOT NULL AND console_against IS NULL
  AND NOT by_hand
"""
"""An end date read in the console applies until a renewal changes the billed end date."""

_MARK_MISSING = """
UPDATE items SET missing_since = :as_of
WHERE account = :account AND NOT by_hand AND missing_since IS NULL
  AND (kind, id) NOT IN (SELECT kind, id FROM incoming)
"""

_STORE_SYNC = """
INSERT OR REPLACE INTO syncs
    (account, identity, cloud, site, as_of, currency, available, credit, owed, overdue_since,
     details, lists_nothing)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


_CACHE_KIB = 32 * 1024
"""Enough for the last page of each index: with SQLite's default of 2 MiB, a large sync writes each
page many times."""


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
    synced = LastSync(
        identity=identity,
        cloud=cloud.name,
        site=cloud.site,
        as_of=now,
        balance=balance,
        details=details,
    )
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
            count -= db.execute(_SKIP_ENDED_PLANS, {"account": account}).rowcount
            rows = f"SELECT ?, {COLUMN_LIST} FROM incoming WHERE true"  # noqa: S608
            db.execute(_UPSERT.format(rows=rows), (account,))
            db.execute(_SET_CONSOLE_AGAINST, {"account": account})
            if db.execute(_COUNT_KNOWN, {"account": account}).fetchone()[0] > count:
                db.execute(_DELETE_FORMER_KINDS, {"account": account})
                db.execute(_MARK_MISSING, {"account": account, "as_of": to_epoch(now)})
            store_bills(db, account, details.bills)
            store_amounts(db, account, now)
            _store_sync(db, account, replace(synced, lists_nothing=cloud.lists_nothing))
    finally:
        with database_errors(db):
            db.execute("DROP TABLE IF EXISTS temp.incoming")
    return count


def _fetch(db: sqlite3.Connection, cloud: Cloud, progress: Progress) -> int:
    """Fetch every page into a temporary table, outside the database file; returns the number of
    items.

    The table is sorted by the keys of items, which makes the final write fastest. Filling it does
    not lock the store.
    """
    with database_errors(db):
        db.execute("DROP TABLE IF EXISTS temp.incoming")
        db.execute(
            f"CREATE TEMP TABLE incoming ({COLUMN_LIST}, PRIMARY KEY (kind, id)) WITHOUT ROWID"
        )
        db.execute("BEGIN")
    count = total = 0
    try:
        for page, total in cloud.pages():
            count += _insert_page(db, page)
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


def _insert_page(db: sqlite3.Connection, page: Sequence[Item]) -> int:
    """Insert the page; returns the number of new items.

    An item on two pages replaces one that slipped between them, so it counts once.
    """
    with database_errors(db):
        insert = f"INSERT OR IGNORE INTO incoming VALUES ({VALUE_MARKS})"  # noqa: S608
        return db.executemany(insert, map(to_row, page)).rowcount


def _forget_another_cloud(db: sqlite3.Connection, account: str, identity: str) -> None:
    """Delete the items and walk-throughs of another cloud that had this account's name; payments
    stay."""
    row = db.execute("SELECT identity FROM syncs WHERE account = ?", (account,)).fetchone()
    if row is None or row["identity"] == identity:
        return
    # Without its row in `syncs`, the account's next items do not count as new.
    for table in ("items", "walks", "changes", "plan_amounts", "bills", "syncs"):
        db.execute(f"DELETE FROM {table} WHERE account = ?", (account,))  # noqa: S608


def _store_sync(db: sqlite3.Connection, account: str, synced: LastSync) -> None:
    db.execute(
        _STORE_SYNC,
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
    overdue_since = epoch_or_none(balance.overdue_since)
    return str(balance.available), str(balance.credit), str(balance.owed), overdue_since


def sync_instance(
    db: sqlite3.Connection, account: str, cloud: Cloud, instance_id: str
) -> tuple[Item, ...]:
    """Update the items of one Instance ID and the balance from the cloud; returns the items.

    `as_of` stays, since all other data keeps its age. If the stored data is that of another cloud,
    it is not changed until the next sync.
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
            db.executemany(_UPSERT.format(rows=f"VALUES (?, {VALUE_MARKS})"), rows)
    return items
