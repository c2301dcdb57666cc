"""What has changed since the last look: by syncs, by time, by whom."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from store.annotations.changes import ChangeKind, Changes, changes_since, store_visit
from store.items.overview import Overview, OverviewOptions, read_overview
from store.items.sync import sync
from store.models import Item
from tests.store.items import DAY, NOW, a_license, enterprise, plan
from tests.store.payments.accounts import ScriptedCloud, open_store

ONE = enterprise(NOW + 20 * DAY)
TWO = enterprise(NOW + 40 * DAY, id="iot-2", name="Lab")
LICENSE = a_license(NOW + 30 * DAY)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_store(tmp_path)
    fetch(opened, ONE, TWO, LICENSE)
    yield opened
    opened.close()


def fetch(db: sqlite3.Connection, *items: Item, money: str = "9999.00", **more: Any) -> None:
    sync(db, "a", ScriptedCloud(items=list(items), money=Decimal(money), **more))


def current(db: sqlite3.Connection, now: datetime = NOW) -> Overview:
    return read_overview(db, "a", "scripted", "china", OverviewOptions(now))


def changes(db: sqlite3.Connection, now: datetime = NOW) -> Changes | None:
    return changes_since(db, current(db, now))


def groups(db: sqlite3.Connection, now: datetime = NOW) -> dict[ChangeKind, tuple[str, ...]]:
    since = changes(db, now)
    return {group.kind: group.names for group in since.groups} if since else {}


def test_without_an_earlier_look_or_a_change_there_is_no_news(db: sqlite3.Connection) -> None:
    assert changes(db) is None
    store_visit(db, current(db))
    assert changes(db) is None
    fetch(db, ONE, TWO, LICENSE)
    assert changes(db, NOW + DAY) is None


def test_what_syncs_bring(db: sqlite3.Connection) -> None:
    store_visit(db, current(db))
    other = replace(TWO, auto_renewal_months=3, monthly_price=Decimal("1.00"))
    fetch(db, replace(ONE, ends_at=NOW + 400 * DAY), other, plan(), money="9879.00")
    assert groups(db) == {
        ChangeKind.MISSING: ("Kids app",),
        ChangeKind.RENEWED_ELSEWHERE: ("Factory floor",),
        ChangeKind.NEW: (plan().name,),
        ChangeKind.AUTO: ("Lab",),
        ChangeKind.PRICE: ("Lab",),
    }
    since = changes(db)
    assert since is not None
    assert (since.available_by, since.owed_by) == (Decimal("-120.00"), Decimal(0))
    fetch(db, replace(ONE, ends_at=NOW + 10 * DAY), other, LICENSE)
    assert ChangeKind.BACK in groups(db)
    assert ChangeKind.EARLIER in groups(db)
    store_visit(db, current(db))
    assert changes(db) is None
    assert db.execute("SELECT count(*) FROM changes").fetchone()[0] == 0


def test_what_time_brings(db: sqlite3.Connection) -> None:
    store_visit(db, current(db))
    assert groups(db, NOW + 20 * DAY) == {ChangeKind.ENDED: ("Factory floor",)}
    assert groups(db, NOW + 35 * DAY) == {
        ChangeKind.LOST: ("Factory floor",),
        ChangeKind.ENDED: ("Factory floor", "Kids app"),
    }
    store_visit(db, current(db, NOW + 35 * DAY))
    assert changes(db, NOW + 35 * DAY) is None


def test_what_was_paid_here_is_not_called_someone_elses(db: sqlite3.Connection) -> None:
    store_visit(db, current(db))
    fetch(db, replace(ONE, ends_at=NOW + 50 * DAY), TWO, LICENSE)
    db.execute(
        "INSERT INTO payments (id, account, identity, operation, instance_id, months, currency, "
        "state, ends_after, process, created_at) VALUES ('1', 'a', 'scripted-1', 'renew', 'iot-1', "
        "1, 'CNY', 'paid', ?, 'p', 0)",
        (int((NOW + 50 * DAY).timestamp()),),
    )
    assert groups(db) == {ChangeKind.RENEWED_HERE: ("Factory floor",)}


def test_another_cloud_under_the_name_is_no_news(db: sqlite3.Connection) -> None:
    store_visit(db, current(db))
    fetch(db, TWO, identity="another")
    assert changes(db) is None
    store_visit(db, current(db))
    fetch(db, TWO, ONE, identity="another")
    assert groups(db) == {ChangeKind.NEW: ("Factory floor",)}


def test_a_sync_after_what_was_shown_is_news_next_time(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    db.execute("BEGIN")
    shown = current(db)
    other = open_store(tmp_path)
    fetch(other, ONE, TWO)
    store_visit(other, shown)
    db.execute("COMMIT")
    assert groups(other) == {ChangeKind.MISSING: ("Kids app",)}
    other.close()
