"""The table of items and its indexes, as the migration `items_by_number` leaves them."""

# ruff: noqa: S608 - names are our own

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from store.items.renewal_dues import due_cents
from store.items.rows import build_search_text
from store.money import decimal_or_none
from store.schema.annotations import ITEM_TRIGGERS

if TYPE_CHECKING:
    from sqlite_utils import Database

ITEMS = """
CREATE TABLE items (
    number INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    instance_id TEXT NOT NULL,
    name TEXT NOT NULL,
    region TEXT,
    search_text TEXT NOT NULL,
    dated INTEGER NOT NULL,
    ends_at INTEGER,
    auto_renewal_months INTEGER,
    monthly_price TEXT,
    due_cents INTEGER,
    overdue_since INTEGER,
    restored_at INTEGER,
    package TEXT,
    sdks TEXT,
    renewal_refused INTEGER NOT NULL DEFAULT 0,
    type TEXT,
    total TEXT,
    remaining TEXT,
    unit TEXT,
    used_per_day TEXT,
    effective_at INTEGER,
    price TEXT,
    months INTEGER,
    payg_price TEXT,
    details TEXT,
    by_hand INTEGER NOT NULL DEFAULT 0,
    console_ends_at INTEGER,
    console_against INTEGER,
    missing_since INTEGER,
    UNIQUE (account, kind, id)
)
"""
"""`search_text` is the normalized text for searches; `dated` is 1 for items judged by their own
dates alone; `due_cents` is the cost of a renewal. `details` is JSON."""

_INDEXES = (
    "by_end ON items (account, dated, ends_at, id, kind, missing_since, auto_renewal_months, "
    "due_cents)",
    "by_text ON items (account, dated, search_text, id, kind, ends_at, missing_since, "
    "auto_renewal_months, due_cents, region)",
    "by_region ON items (account, dated, region, id, kind)",
    "by_auto_renewal ON items (account, dated, auto_renewal_months, id, kind)",
    "by_id ON items (account, id, kind, dated)",
    "by_instance ON items (account, instance_id)",
    "missing ON items (account, dated, id, kind) WHERE missing_since IS NOT NULL",
)
"""An index for each sortable column, with all columns that its order needs; by_text has all columns
that a filter needs, so that it is scanned without the rows."""

_AS_BEFORE = """
account, kind, id, instance_id, name, region, ends_at, auto_renewal_months, monthly_price,
overdue_since, restored_at, package, sdks, renewal_refused, type, total, remaining, unit,
used_per_day, effective_at, price, months, payg_price, details, by_hand, console_ends_at,
console_against, missing_since
"""

_COPY = f"""
INSERT INTO items ({_AS_BEFORE}, search_text, dated, due_cents)
SELECT {_AS_BEFORE}, search_text(name, instance_id, id, package, sdks),
    kind IN ('iot-enterprise', 'other') AND details IS NULL,
    CASE kind WHEN 'iot-enterprise' THEN due_cents(monthly_price, auto_renewal_months) END
FROM items_before ORDER BY account, kind, id
"""


def rebuild_items(db: Database) -> None:
    """Recreate the table with its items, indexes and triggers."""
    db.conn.create_function("search_text", 5, _search_text, deterministic=True)
    db.conn.create_function("due_cents", 2, _due_cents, deterministic=True)
    db.execute("ALTER TABLE items RENAME TO items_before")
    db.execute(ITEMS)
    db.execute(_COPY)
    db.execute("DROP TABLE items_before")
    for index in _INDEXES:
        db.execute(f"CREATE INDEX items_{index}")
    for trigger in ITEM_TRIGGERS:
        db.execute(trigger)


def _search_text(
    name: str, instance_id: str, item_id: str, package: str | None, sdks: str | None
) -> str:
    shown = name or ", ".join(json.loads(sdks or "[]"))
    return build_search_text(shown, instance_id, item_id, package)


def _due_cents(monthly_price: str | None, auto_renewal_months: int | None) -> int | None:
    return due_cents(decimal_or_none(monthly_price), auto_renewal_months)
