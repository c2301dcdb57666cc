PRAGMA application_id = 1380273751;
PRAGMA user_version = 7;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'renewal-store','first_tables','2026-11-28 13:37:46.601445+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'renewal-store','what_was_said','2026-11-28 13:37:46.613083+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'renewal-store','known_before_payments','2026-11-28 13:37:46.619418+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'renewal-store','items_in_their_orders','2026-11-28 13:37:46.629608+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'renewal-store','ends_that_the_console_shows','2026-11-28 13:37:46.643574+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'renewal-store','a_register_of_names','2026-11-28 13:37:46.657284+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'renewal-store','what_a_person_keeps','2026-11-28 13:37:46.658397+00:00');
CREATE TABLE changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('new', 'end', 'auto', 'price', 'missing', 'back')),
    was INTEGER,
    became INTEGER
) STRICT
;
INSERT INTO "changes" VALUES(2,'practice','iot-enterprise','iot-060a6e39','missing',NULL,NULL);
INSERT INTO "changes" VALUES(3,'practice','iot-enterprise','iot-060a0bcd','end',1795449600,1798041600);
CREATE TABLE days (
    account TEXT NOT NULL,
    day INTEGER NOT NULL,
    kind TEXT NOT NULL,
    items INTEGER NOT NULL,
    due_high INTEGER NOT NULL,
    due_low INTEGER NOT NULL,
    unpriced INTEGER NOT NULL,
    autos INTEGER NOT NULL,
    auto_high INTEGER NOT NULL,
    auto_low INTEGER NOT NULL,
    PRIMARY KEY (account, day, kind)
) STRICT, WITHOUT ROWID
;
INSERT INTO "days" VALUES('practice',20757,'iot-enterprise',1,0,360000,0,0,0,0);
INSERT INTO "days" VALUES('practice',20765,'iot-enterprise',1,0,360000,0,0,0,0);
INSERT INTO "days" VALUES('practice',20796,'iot-enterprise',1,0,576000,0,0,0,0);
INSERT INTO "days" VALUES('practice',20801,'iot-enterprise',1,0,0,1,0,0,0);
INSERT INTO "days" VALUES('practice',20804,'iot-enterprise',1,0,78000,0,1,0,78000);
INSERT INTO "days" VALUES('practice',20810,'iot-enterprise',1,0,360000,0,0,0,0);
INSERT INTO "days" VALUES('practice',20837,'other',1,0,0,0,0,0,0);
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
    missing_since INTEGER, due_cents INTEGER, words TEXT NOT NULL DEFAULT '', console_ends_at INTEGER, console_against INTEGER,
    PRIMARY KEY (account, kind, id)
) STRICT, WITHOUT ROWID
;
INSERT INTO "items" VALUES('practice','iot-enterprise','iot-060a0bcd','iot-060a0bcd','Factory floor','cn-shanghai',1798041600,NULL,'300.00',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,360000,'factory floor
iot-060a0bcd
cn-shanghai',NULL,NULL);
INSERT INTO "items" VALUES('practice','iot-enterprise','iot-060a1f3e','iot-060a1f3e','Boiler house','cn-shanghai',1794110400,NULL,'300.00',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,360000,'boiler house
iot-060a1f3e
cn-shanghai',NULL,NULL);
INSERT INTO "items" VALUES('practice','iot-enterprise','iot-060a2b90','iot-060a2b90','Old pilot line','cn-shanghai',1793462400,NULL,'300.00',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,360000,'old pilot line
iot-060a2b90
cn-shanghai',NULL,NULL);
INSERT INTO "items" VALUES('practice','iot-enterprise','iot-060a4c17','iot-060a4c17','Cold storage','cn-shanghai',1796832000,NULL,'480.00',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,576000,'cold storage
iot-060a4c17
cn-shanghai',NULL,NULL);
INSERT INTO "items" VALUES('practice','iot-enterprise','iot-060a5d28','iot-060a5d28','水表采集','cn-shanghai',1797523200,3,'260.00',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,78000,'水表采集
iot-060a5d28
cn-shanghai',NULL,NULL);
INSERT INTO "items" VALUES('practice','iot-enterprise','iot-060a6e39','iot-060a6e39','Wind farm','cn-shanghai',1814284800,12,'1250.00',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,1795395600,1500000,'wind farm
iot-060a6e39
cn-shanghai',NULL,NULL);
INSERT INTO "items" VALUES('practice','iot-enterprise','iot-060a7f4a','iot-060a7f4a','Fleet trackers','ap-southeast-1',1797264000,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'fleet trackers
iot-060a7f4a
ap-southeast-1',NULL,NULL);
INSERT INTO "items" VALUES('practice','iot-public-new','iot-public-new-1','iot-public-new-1','Trial bench','cn-shanghai',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'trial bench
iot-public-new-1
cn-shanghai',NULL,NULL);
INSERT INTO "items" VALUES('practice','iot-public-new','iot-public-new-2','iot-public-new-2','Trial bench abroad','ap-northeast-1',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'trial bench abroad
iot-public-new-2
ap-northeast-1',NULL,NULL);
INSERT INTO "items" VALUES('practice','iot-public-previous','public-previous:ap-northeast-1','','Public instance','ap-northeast-1',NULL,NULL,NULL,1795298400,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'public instance

ap-northeast-1',NULL,NULL);
INSERT INTO "items" VALUES('practice','iot-public-previous','public-previous:ap-southeast-1','','Public instance','ap-southeast-1',NULL,NULL,NULL,1795381200,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'public instance

ap-southeast-1',NULL,NULL);
INSERT INTO "items" VALUES('practice','other','link-edge-31','link-edge-31','Edge gateways','cn-shanghai',1800374400,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'edge gateways
link-edge-31
cn-shanghai',NULL,NULL);
INSERT INTO "items" VALUES('practice','resource-plan','plan-storage-1','plan-storage-1','Storage 1 TB',NULL,1798041600,NULL,NULL,NULL,NULL,NULL,NULL,0,'storage','1024','172/5','GB','31/10',1763914800,'480.00',12,'0.15',0,NULL,NULL,'storage 1 tb
plan-storage-1
',NULL,NULL);
INSERT INTO "items" VALUES('practice','resource-plan','plan-traffic-1','plan-traffic-1','Traffic 500 GB',NULL,1809100800,NULL,NULL,NULL,NULL,NULL,NULL,0,'traffic','500','0','GB','6',1777566000,'96.00',12,'0.24',0,NULL,NULL,'traffic 500 gb
plan-traffic-1
',NULL,NULL);
INSERT INTO "items" VALUES('practice','resource-plan','plan-traffic-2','plan-traffic-2','Traffic 1 TB',NULL,1825776000,NULL,NULL,NULL,NULL,NULL,NULL,0,'traffic','1024','3217/4','GB','6',1794241200,'180.00',12,'0.24',0,NULL,NULL,'traffic 1 tb
plan-traffic-2
',NULL,NULL);
INSERT INTO "items" VALUES('practice','resource-plan','plan-traffic-3','plan-traffic-3','Traffic 5 TB',NULL,1826843400,NULL,NULL,NULL,NULL,NULL,NULL,0,'traffic','5120','5120','GB','6',1795321800,'820.00',12,'0.24',0,NULL,NULL,'traffic 5 tb
plan-traffic-3
',NULL,NULL);
INSERT INTO "items" VALUES('practice','resource-plan','plan-transcoding-1','plan-transcoding-1','Transcoding 100 h',NULL,1817049600,NULL,NULL,NULL,NULL,NULL,NULL,0,'transcoding','6000','0','min','20',1785514800,'150.00',12,NULL,0,NULL,NULL,'transcoding 100 h
plan-transcoding-1
',NULL,NULL);
INSERT INTO "items" VALUES('practice','sdk-license','lic-class-android','vod-sdk-81','Classroom',NULL,1797696000,12,'150.00',NULL,NULL,'com.example.classroom','["Player SDK"]',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'classroom
vod-sdk-81
',NULL,NULL);
INSERT INTO "items" VALUES('practice','sdk-license','lic-class-ios','vod-sdk-81','Classroom for iOS',NULL,1797696000,12,'150.00',NULL,NULL,'com.example.classroom.ios','["Short Video SDK"]',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'classroom for ios
vod-sdk-81
',NULL,NULL);
INSERT INTO "items" VALUES('practice','sdk-license','lic-hand','vod-hand-1','Ｋｉｄｓ Café',NULL,1798765200,NULL,'90.00',NULL,NULL,'Player SDK Pro','["Player SDK"]',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,'ｋｉｄｓ café
vod-hand-1
',1798765200,NULL);
INSERT INTO "items" VALUES('practice','sdk-license','lic-kids','vod-sdk-77','Kids app',NULL,1796054400,NULL,'180.00',NULL,NULL,'com.example.kids','["Player SDK", "Short Video SDK"]',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'kids app
vod-sdk-77
',NULL,NULL);
INSERT INTO "items" VALUES('practice','sdk-license','lic-market','vod-sdk-93','直播商城',NULL,1796745600,NULL,'180.00',NULL,NULL,'com.example.market','["Short Video SDK"]',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'直播商城
vod-sdk-93
',NULL,NULL);
INSERT INTO "items" VALUES('practice','sdk-license','lic-spare','vod-sdk-99','',NULL,1824998400,NULL,'180.00',NULL,NULL,'','["Player SDK"]',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'vod-sdk-99
vod-sdk-99
',NULL,NULL);
INSERT INTO "items" VALUES('practice','sdk-license','lic-studio','','Studio',NULL,1796400000,NULL,'180.00',NULL,NULL,'com.example.studio','["Player SDK"]',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'studio

',NULL,NULL);
CREATE TABLE leaves (
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    first TEXT NOT NULL,
    text BLOB NOT NULL,
    PRIMARY KEY (account, kind, first)
) STRICT
;
INSERT INTO "leaves" VALUES('practice','other','link-edge-31',X'FF6C696E6B2D656467652D3331FE65646765206761746577617973');
INSERT INTO "leaves" VALUES('practice','iot-enterprise','iot-060a0bcd',X'FF696F742D3036306130626364FE666163746F727920666C6F6F72FF696F742D3036306131663365FE626F696C657220686F757365FF696F742D3036306132623930FE6F6C642070696C6F74206C696E65FF696F742D3036306134633137FE636F6C642073746F72616765FF696F742D3036306135643238FEE6B0B4E8A1A8E98787E99B86FF696F742D3036306136653339FE77696E64206661726DFF696F742D3036306137663461FE666C65657420747261636B657273');
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
) STRICT, WITHOUT ROWID
;
INSERT INTO "looks" VALUES('practice','practice:4cf55ac1-1031-447d-8b00-05f2559af69e',1795309200,1,'CNY','12.40','36.50','{"iot-public-new:iot-public-new-1": "running", "iot-public-new:iot-public-new-2": "running", "iot-public-previous:public-previous:ap-northeast-1": "grace", "iot-public-previous:public-previous:ap-southeast-1": "running", "resource-plan:plan-storage-1": "active", "resource-plan:plan-traffic-1": "used-up", "resource-plan:plan-traffic-2": "active", "resource-plan:plan-traffic-3": "pending", "resource-plan:plan-transcoding-1": "used-up", "sdk-license:lic-class-android": "active", "sdk-license:lic-class-ios": "active", "sdk-license:lic-hand": "active", "sdk-license:lic-kids": "active", "sdk-license:lic-market": "active", "sdk-license:lic-spare": "unbound", "sdk-license:lic-studio": "active", "vod:vod": "at-risk"}');
CREATE TABLE notes (
    account TEXT NOT NULL, identity TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    owner TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (account, identity, kind, id)
) STRICT, WITHOUT ROWID
;
INSERT INTO "notes" VALUES('practice','practice:4cf55ac1-1031-447d-8b00-05f2559af69e','iot-enterprise','iot-060a0bcd','Li Wei 李伟','ask finance');
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
, known_before TEXT) STRICT
;
INSERT INTO "payments" VALUES('01M8H60QHMHQHAX8WHCJ391HKB','practice','practice:4cf55ac1-1031-447d-8b00-05f2559af69e','renew','iot-060a0bcd',1,'88e8f9f74a386d84ada1eadf0cf48a9583b9d4ca5b584ff5c77f819537ffb8ec','300.00','CNY','paid','20261123090000000001',1795449600,1798041600,NULL,NULL,0,NULL,'30325:1795873069.10',1795395600,1795395600,1795395600,'[]');
CREATE TABLE said (
    account TEXT NOT NULL,
    instance_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    application TEXT NOT NULL,
    sdks TEXT NOT NULL,
    PRIMARY KEY (account, instance_id)
) STRICT, WITHOUT ROWID
;
INSERT INTO "said" VALUES('practice','iot-x','iot-enterprise','X','','[]');
CREATE TABLE snoozes (
    account TEXT NOT NULL, identity TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    reason TEXT NOT NULL,
    until INTEGER NOT NULL,
    state TEXT NOT NULL,
    severity TEXT NOT NULL,
    ends_at INTEGER,
    PRIMARY KEY (account, identity, kind, id)
) STRICT, WITHOUT ROWID
;
INSERT INTO "snoozes" VALUES('practice','practice:4cf55ac1-1031-447d-8b00-05f2559af69e','iot-enterprise','iot-060a6e39','later',1795482000,'running','ok',1814284800);
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
INSERT INTO "syncs" VALUES('practice','practice:4cf55ac1-1031-447d-8b00-05f2559af69e','practice','china',1795395600,'CNY','4635.20','0.00','0.00',NULL);
CREATE TABLE views (
    account TEXT NOT NULL,
    pane TEXT NOT NULL,
    words TEXT NOT NULL,
    sorted_by TEXT,
    reverse INTEGER NOT NULL,
    PRIMARY KEY (account, pane)
) STRICT, WITHOUT ROWID
;
INSERT INTO "views" VALUES('practice','instances','state:stopped','name',1);
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
INSERT INTO "walks" VALUES('01M80C8RM0EVPBFZJD5MZ36S68','practice','practice:4cf55ac1-1031-447d-8b00-05f2559af69e','P-IOT-RENEW','iot-enterprise','iot-060a0bcd','open-overview','{}',NULL,NULL,1795309200,1795309200,NULL,NULL,NULL,'{"at": "2026-11-22T09:00:00+08:00", "id": "iot-060a0bcd", "kind": "iot-enterprise", "listed": true, "balance": {"currency": "CNY", "available": "12.40", "owed": "36.50"}, "name": "Factory floor", "instance_id": "iot-060a0bcd", "ends_at": "2026-11-24T00:00:00+08:00"}',NULL);
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
CREATE INDEX items_by_end ON items (account, ends_at, id, missing_since, auto_renewal_months, due_cents) WHERE kind IN ('iot-enterprise', 'other');
CREATE INDEX items_by_words ON items (account, words, ends_at, missing_since, auto_renewal_months, due_cents) WHERE kind IN ('iot-enterprise', 'other');
CREATE INDEX items_by_region ON items (account, region, id) WHERE kind IN ('iot-enterprise', 'other');
CREATE INDEX items_by_auto_renewal ON items (account, auto_renewal_months, id) WHERE kind IN ('iot-enterprise', 'other');
CREATE INDEX items_by_id ON items (account, id);
CREATE INDEX items_missing ON items (account, id) WHERE missing_since IS NOT NULL;
CREATE INDEX items_unpriced ON items (account, id) WHERE auto_renewal_months IS NOT NULL AND due_cents IS NULL;
CREATE INDEX changes_of_account ON changes (account, number);
CREATE TRIGGER changed_new AFTER INSERT ON items
WHEN EXISTS (SELECT 1 FROM syncs WHERE account = NEW.account)
BEGIN
    INSERT INTO changes (account, kind, id, what) VALUES (NEW.account, NEW.kind, NEW.id, 'new');
END;
CREATE TRIGGER changed_missing AFTER UPDATE OF missing_since ON items
WHEN (OLD.missing_since IS NULL) <> (NEW.missing_since IS NULL)
BEGIN
    INSERT INTO changes (account, kind, id, what) VALUES (
        NEW.account, NEW.kind, NEW.id, iif(NEW.missing_since IS NULL, 'back', 'missing'));
END;
CREATE TRIGGER changed_end AFTER UPDATE OF ends_at ON items
WHEN OLD.ends_at IS NOT NEW.ends_at
BEGIN
    INSERT INTO changes (account, kind, id, what, was, became) VALUES (
        NEW.account, NEW.kind, NEW.id, 'end', OLD.ends_at, NEW.ends_at);
END;
CREATE TRIGGER changed_auto AFTER UPDATE OF auto_renewal_months ON items
WHEN OLD.auto_renewal_months IS NOT NEW.auto_renewal_months
BEGIN
    INSERT INTO changes (account, kind, id, what, was, became) VALUES (
        NEW.account, NEW.kind, NEW.id, 'auto', OLD.auto_renewal_months, NEW.auto_renewal_months);
END;
CREATE TRIGGER changed_price AFTER UPDATE OF monthly_price, price ON items
WHEN (OLD.monthly_price, OLD.price) IS NOT (NEW.monthly_price, NEW.price)
BEGIN
    INSERT INTO changes (account, kind, id, what) VALUES (NEW.account, NEW.kind, NEW.id, 'price');
END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('changes',3);
COMMIT;
