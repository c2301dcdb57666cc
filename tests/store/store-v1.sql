PRAGMA application_id = 1380273751;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'renewal-store','first_tables','2026-11-24 12:06:59.612156+00:00');
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
) STRICT, WITHOUT ROWID
;
INSERT INTO "items" VALUES('practice','iot-enterprise','iot-1','iot-1','Factory floor','cn-shanghai',1795449600,NULL,'300.00',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL);
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
) STRICT
;
INSERT INTO "payments" VALUES('01K0','practice','id-1','renew','iot-1',1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0','300.00','CNY','paid','2026-1',1795449600,NULL,NULL,NULL,0,NULL,'1:1.00',1795309200,1795309200,NULL);
INSERT INTO "payments" VALUES('01K1','practice','id-1','renew','iot-2',1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1','300.00','CNY','unknown',NULL,1795449600,NULL,NULL,NULL,0,NULL,'1:1.00',1795309200,1795309200,NULL);
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
) STRICT
;
INSERT INTO "syncs" VALUES('practice','id-1','practice','china',1795309200,'CNY','12.40','0.00','36.50',1795298400);
CREATE TABLE walks (
    id TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    procedure TEXT NOT NULL,
    kind TEXT,
    item_id TEXT NOT NULL,
    step TEXT NOT NULL,
    saved TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(saved)),
    entered_because TEXT,
    parent TEXT REFERENCES walks(id) ON DELETE SET NULL,
    started_at INTEGER NOT NULL,
    touched_at INTEGER NOT NULL,
    ended_at INTEGER,
    ended TEXT CHECK (ended IN ('done', 'closed')),
    reason TEXT,
    "before" TEXT CHECK ("before" IS NULL OR json_valid("before")),
    "after" TEXT CHECK ("after" IS NULL OR json_valid("after")),
    CHECK ((ended IS NULL) = (ended_at IS NULL))
) STRICT
;
INSERT INTO "walks" VALUES('w1','practice','id-1','P-IOT-RENEW',NULL,'iot-1','find','{}',NULL,NULL,1795309200,1795309200,NULL,NULL,NULL,NULL,NULL);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX items_by_instance ON items (account, instance_id);
CREATE UNIQUE INDEX payments_one_open ON payments (account, identity, instance_id)
WHERE state IN ('planned', 'sent', 'unknown')
;
CREATE INDEX payments_by_instance ON payments (account, identity, instance_id);
CREATE UNIQUE INDEX one_open_walk ON walks (account, identity, procedure, item_id)
WHERE ended_at IS NULL
;
CREATE INDEX walks_by_parent ON walks (parent) WHERE parent IS NOT NULL;
COMMIT;
