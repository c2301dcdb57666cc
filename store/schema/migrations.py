"""The migrations of `store.db`. A released migration is never changed.

Two things were removed from the first ones: STRICT, which SQLite supports only since 3.37 and the
eighth migration removes from older files, and what `items_by_number` drops or recreates.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from store.database.schema import drop_strict
from store.schema.annotations import create_annotations
from store.schema.items import rebuild_items
from store.schema.walks import create_walks

migrations = Migrations("renewal-store")

_SYNCS = """
CREATE TABLE syncs (
    account TEXT PRIMARY KEY,
    identity TEXT NOT NULL,
    cloud TEXT NOT NULL,
    site TEXT NOT NULL,
    as_of INTEGER NOT NULL,
    currency TEXT NOT NULL,
    available TEXT NOT NULL,
    credit TEXT NOT NULL,
    owed TEXT NOT NULL,
    overdue_since INTEGER
)
"""

_ITEMS = """
CREATE TABLE items (
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    instance_id TEXT NOT NULL,
    name TEXT NOT NULL,
    region TEXT,
    ends_at INTEGER,
    auto_renewal_months INTEGER,
    monthly_price TEXT,
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
    by_hand INTEGER NOT NULL DEFAULT 0,
    missing_since INTEGER,
    PRIMARY KEY (account, kind, id)
) WITHOUT ROWID
"""

_PAYMENTS = """
CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    operation TEXT NOT NULL,
    instance_id TEXT NOT NULL,
    months INTEGER NOT NULL,
    client_token TEXT,
    quoted TEXT,
    currency TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'paid', 'refused', 'unknown')),
    order_id TEXT,
    ends_before INTEGER,
    ends_after INTEGER,
    error_code TEXT,
    error_message TEXT,
    renewal_error INTEGER NOT NULL DEFAULT 0,
    note TEXT,
    process TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    sent_at INTEGER,
    settled_at INTEGER
)
"""

_ONE_OPEN_PAYMENT = """
CREATE UNIQUE INDEX payments_one_open ON payments (account, identity, instance_id)
WHERE state IN ('planned', 'sent', 'unknown')
"""


_SAID = """
CREATE TABLE said (
    account TEXT NOT NULL,
    instance_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    application TEXT NOT NULL,
    sdks TEXT NOT NULL,
    PRIMARY KEY (account, instance_id)
) WITHOUT ROWID
"""


@migrations()
def first_tables(db: Database) -> None:
    """Syncs, items, payments and walk-throughs."""
    db.execute(_SYNCS)
    db.execute(_ITEMS)
    db.execute("CREATE INDEX items_by_instance ON items (account, instance_id)")
    db.execute(_PAYMENTS)
    db.execute(_ONE_OPEN_PAYMENT)
    db.execute("CREATE INDEX payments_by_instance ON payments (account, identity, instance_id)")
    create_walks(db)


@migrations()
def what_was_said(db: Database) -> None:
    """Item types that a person entered, because the billing API has no kinds of items."""
    db.execute(_SAID)


@migrations()
def known_before_payments(db: Database) -> None:
    """The IDs listed before a payment was sent, as a JSON list."""
    db.execute("ALTER TABLE payments ADD COLUMN known_before TEXT")


@migrations()
def items_in_their_orders(db: Database) -> None:
    """Tables that `items_by_number` recreates."""
    del db


@migrations()
def ends_that_the_console_shows(db: Database) -> None:
    """For a license entered by hand: the console's end date, and the billed one that it is compared
    with."""
    db.execute("ALTER TABLE items ADD COLUMN console_ends_at INTEGER")
    db.execute("ALTER TABLE items ADD COLUMN console_against INTEGER")


@migrations()
def a_register_of_names(db: Database) -> None:
    """Tables that `items_by_number` drops."""
    del db


@migrations()
def what_a_person_keeps(db: Database) -> None:
    """Notes, snoozes, views, the last visit, and the changes by syncs since."""
    create_annotations(db)


@migrations()
def tables_for_older_sqlite(db: Database) -> None:
    """No table is STRICT any more, so that SQLite 3.34 can read the file."""
    drop_strict(db.conn)


@migrations()
def details_of_items(db: Database) -> None:
    """The details of an item besides its dates, as JSON."""
    db.execute("ALTER TABLE items ADD COLUMN details TEXT")


_BILLS = """
CREATE TABLE bills (
    account TEXT NOT NULL,
    instance_id TEXT NOT NULL,
    month TEXT NOT NULL,
    name TEXT NOT NULL,
    product TEXT NOT NULL,
    commodity TEXT NOT NULL,
    amount TEXT,
    currency TEXT NOT NULL,
    months INTEGER,
    PRIMARY KEY (account, instance_id)
) WITHOUT ROWID
"""


@migrations()
def account_details(db: Database) -> None:
    """The results of a real account's optional reads: its details as JSON, and the last
    subscription bill of each Instance ID."""
    db.execute("ALTER TABLE syncs ADD COLUMN details TEXT")
    db.execute(_BILLS)


_NOTICES = """
CREATE TABLE notices (
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    address TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    notice TEXT NOT NULL,
    ends_at INTEGER,
    claimed_at INTEGER NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0 CHECK (sent IN (0, 1)),
    PRIMARY KEY (account, identity, address, kind, id, notice)
) WITHOUT ROWID
"""


@migrations()
def notices_sent(db: Database) -> None:
    """Notices sent by `renewal notify`. `address` is a SHA-256, since addresses contain secrets."""
    db.execute(_NOTICES)


_PLAN_AMOUNTS = """
CREATE TABLE plan_amounts (
    account TEXT NOT NULL,
    id TEXT NOT NULL,
    at INTEGER NOT NULL,
    remaining TEXT NOT NULL,
    PRIMARY KEY (account, id, at)
) WITHOUT ROWID
"""


@migrations()
def facts_of_real_accounts(db: Database) -> None:
    """Whether a sync listed nothing, which instances are trials, and the daily remaining amounts of
    plans."""
    db.execute("ALTER TABLE syncs ADD COLUMN lists_nothing INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE said RENAME TO item_types")
    db.execute("ALTER TABLE item_types ADD COLUMN trial INTEGER NOT NULL DEFAULT 0")
    db.execute(_PLAN_AMOUNTS)


@migrations()
def items_by_number(db: Database) -> None:
    """Items get numbers, a text for filters, and an index for each order. Sums by day and lists of
    names for filters are dropped."""
    rebuild_items(db)
    db.execute("DROP TABLE IF EXISTS days")
    db.execute("DROP TABLE IF EXISTS leaves")
