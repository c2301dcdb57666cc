"""The tables of practice.db, as migrations. Instants are seconds since 1970, money TEXT."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from store.database.schema import drop_strict

migrations = Migrations("practice")


@migrations()
def first_tables(db: Database) -> None:
    """The account, its items, its bills, its orders and charges."""
    for statement in _TABLES.split(";"):
        if statement.strip():
            db.execute(statement)
    _index(db)


@migrations()
def when_orders_were_really_made(db: Database) -> None:
    """The real time of an order, since the practice clock does not show whether it is older than a
    process."""
    db.execute("ALTER TABLE orders ADD COLUMN made_at REAL NOT NULL DEFAULT 0")


@migrations()
def tables_for_older_sqlite(db: Database) -> None:
    """No table is STRICT any more, so that SQLite 3.34 can read the file."""
    drop_strict(db.conn)


@migrations()
def regions_of_plans(db: Database) -> None:
    """A resource plan is used in its region, or anywhere."""
    db.execute("ALTER TABLE plans ADD COLUMN region TEXT")


def _index(db: Database) -> None:
    for name, where in INDEXES.items():
        db.execute(f"CREATE INDEX {name} ON {where}")


INDEXES = {
    "subscriptions_place": "subscriptions (place)",
    "subscriptions_by_end": "subscriptions (expires_at)",
    "enterprise_by_end": "subscriptions (expires_at) WHERE kind = 'iot-enterprise'",
    "subscriptions_by_try": "subscriptions (next_try_at, key) WHERE next_try_at IS NOT NULL",
    "licenses_by_order": "licenses (subscription)",
    "publics_by_cycle": "publics (cycle_due_at, key) WHERE cycle_due_at IS NOT NULL",
    "publics_by_stop": "publics (stop_at, key) WHERE stop_at IS NOT NULL",
    "publics_by_return": "publics (restored_at, key) WHERE restored_at IS NOT NULL",
    "bills_to_come": "bills (due_at, key) WHERE unpaid = 0",
    "bills_unpaid": "bills (due_at, key) WHERE unpaid = 1",
    "bills_of_one": "bills (key, due_at) WHERE unpaid = 1",
    "orders_of_one": "orders (instance_id)",
}
"""Indexes for what is due next, whatever the number of rows."""

_TABLES = """
CREATE TABLE cloud (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    identity TEXT NOT NULL,
    clock INTEGER NOT NULL,
    site TEXT NOT NULL,
    currency TEXT NOT NULL,
    available TEXT NOT NULL,
    credit TEXT NOT NULL
);
CREATE TABLE subscriptions (
    key TEXT PRIMARY KEY,
    instance_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    region TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    auto_renewal_months INTEGER,
    monthly_price TEXT,
    renewal_error TEXT,
    next_try_at INTEGER
);
CREATE TABLE licenses (
    license_id TEXT PRIMARY KEY,
    place INTEGER NOT NULL,
    subscription TEXT NOT NULL,
    application TEXT NOT NULL,
    package TEXT NOT NULL,
    sdks TEXT NOT NULL,
    monthly_price TEXT
);
CREATE TABLE publics (
    key TEXT PRIMARY KEY,
    instance_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    region TEXT NOT NULL,
    cycle_ends_at INTEGER,
    cycle_due_at INTEGER,
    cycle_hours INTEGER,
    cycle_cost TEXT,
    bill_after_hours INTEGER,
    stop_at INTEGER,
    stopped_at INTEGER,
    restored_at INTEGER
);
CREATE TABLE plans (
    plan_id TEXT PRIMARY KEY,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    total TEXT NOT NULL,
    remaining TEXT NOT NULL,
    unit TEXT NOT NULL,
    used_per_day TEXT NOT NULL,
    effective_at INTEGER NOT NULL,
    in_effect_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    price TEXT,
    months INTEGER NOT NULL,
    effect_delay_minutes INTEGER NOT NULL,
    payg_price TEXT,
    used_up_at TEXT,
    unbilled TEXT NOT NULL
);
CREATE TABLE bills (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    instance_id TEXT NOT NULL,
    amount TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    unpaid INTEGER NOT NULL
);
CREATE TABLE orders (
    seq INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    instance_id TEXT NOT NULL,
    months INTEGER NOT NULL,
    amount TEXT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    ends_before INTEGER,
    ends_at INTEGER,
    client_token TEXT UNIQUE,
    code TEXT,
    words TEXT,
    for_money INTEGER NOT NULL
);
CREATE TABLE charges (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    amount TEXT NOT NULL,
    what TEXT NOT NULL,
    instance_id TEXT NOT NULL,
    item TEXT NOT NULL,
    order_id TEXT
);
CREATE TABLE tries (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    instance_id TEXT NOT NULL,
    code TEXT NOT NULL,
    error TEXT NOT NULL
);
CREATE TABLE faults (
    operation TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    how TEXT NOT NULL,
    times INTEGER NOT NULL
);
CREATE TABLE hidden (
    id TEXT PRIMARY KEY
);
"""
