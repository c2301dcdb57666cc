"""What a person keeps of items: it hides nothing that will be lost, and is never mixed up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from store.annotations.load import load_annotations
from store.annotations.notes import Note, load_notes, store_note
from store.annotations.snoozes import Snooze, latest_end, load_snoozes, make_snooze, store_snooze
from store.annotations.views import View, load_views, store_view
from store.errors import Usage
from store.export.csv_table import table_text
from store.export.status_json import status_document
from store.inputs import parse_day
from store.items.assessment import Assessment
from store.items.overview import Overview, OverviewOptions, read_overview
from store.items.sync import sync
from store.rules.severity import Severity
from tests.store.items import DAY, NOW, a_license, enterprise
from tests.store.payments.accounts import ScriptedCloud, open_store

KEY = ("iot-enterprise", "iot-1")
SOON = enterprise(NOW + 20 * DAY)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_store(tmp_path)
    sync(opened, "a", ScriptedCloud(items=[SOON]))
    yield opened
    opened.close()


def overview_at(db: sqlite3.Connection, now: datetime = NOW) -> Overview:
    return read_overview(db, "a", "scripted", "china", OverviewOptions(now))


def the_item(db: sqlite3.Connection, now: datetime = NOW) -> Assessment:
    assessment = overview_at(db, now).of_id("iot-1")
    assert assessment is not None
    return assessment


def sleeps(db: sqlite3.Connection, now: datetime) -> bool:
    return KEY in load_annotations(db, overview_at(db, now)).snoozes


def snoozed(db: sqlite3.Connection, until: datetime) -> Snooze:
    snooze = make_snooze(the_item(db), until, "asked for by mail", NOW)
    store_snooze(db, "a", KEY, snooze)
    return snooze


def test_a_note_is_kept_for_the_item_and_taken_away_empty(db: sqlite3.Connection) -> None:
    note = Note("Li Wei 李伟", "[b] pumps \x1b[31m")
    store_note(db, "a", KEY, note, instead_of=Note())
    assert load_notes(db, "a") == {KEY: note}
    store_note(db, "a", KEY, Note(), instead_of=note)
    assert load_notes(db, "a") == {}


def test_a_note_that_another_changed_meanwhile_is_not_overwritten(db: sqlite3.Connection) -> None:
    store_note(db, "a", KEY, Note("theirs"), instead_of=Note())
    with pytest.raises(Usage, match="nothing was overwritten"):
        store_note(db, "a", KEY, Note("mine"), instead_of=Note())
    with pytest.raises(Usage, match="at most"):
        store_note(db, "a", KEY, Note("x" * 1001), instead_of=Note("theirs"))
    assert load_notes(db, "a") == {KEY: Note("theirs")}


def test_notes_of_another_cloud_do_not_show_and_come_back_with_it(db: sqlite3.Connection) -> None:
    store_note(db, "a", KEY, Note("Li Wei"), instead_of=Note())
    snoozed(db, NOW + 3 * DAY)
    sync(db, "a", ScriptedCloud(identity="another", items=[SOON]))
    assert (load_notes(db, "a"), load_snoozes(db, "a")) == ({}, {})
    sync(db, "a", ScriptedCloud(items=[SOON]))
    assert load_notes(db, "a") == {KEY: Note("Li Wei")}
    assert sleeps(db, NOW)


def test_a_snooze_is_over_on_its_day(db: sqlite3.Connection) -> None:
    snoozed(db, NOW + 3 * DAY)
    assert sleeps(db, NOW + 3 * DAY - timedelta(seconds=1))
    assert not sleeps(db, NOW + 3 * DAY)


def test_a_snooze_is_over_once_the_item_is_critical(db: sqlite3.Connection) -> None:
    snoozed(db, NOW + 19 * DAY)
    assert sleeps(db, NOW + 12 * DAY)
    assert not sleeps(db, NOW + 13 * DAY)


def test_a_snooze_is_over_when_the_end_or_the_state_changes(db: sqlite3.Connection) -> None:
    snoozed(db, NOW + 5 * DAY)
    sync(db, "a", ScriptedCloud(items=[replace(SOON, ends_at=NOW + 15 * DAY)]))
    assert not sleeps(db, NOW)
    sync(db, "a", ScriptedCloud(items=[]))
    assert not sleeps(db, NOW)
    sync(db, "a", ScriptedCloud(items=[SOON]))
    assert sleeps(db, NOW)


def test_what_is_critical_already_comes_back_a_day_before(db: sqlite3.Connection) -> None:
    sync(db, "a", ScriptedCloud(items=[enterprise(NOW + 3 * DAY)]))
    assert latest_end(the_item(db), NOW) == NOW + 2 * DAY
    with pytest.raises(Usage, match="until 24 Nov 2026 at the latest"):
        make_snooze(the_item(db), NOW + 2 * DAY + timedelta(seconds=1), "later", NOW)
    snoozed(db, NOW + 2 * DAY)
    assert sleeps(db, NOW + 2 * DAY - timedelta(seconds=1))


@pytest.mark.parametrize("ends_at", [NOW + DAY, NOW + DAY / 2, NOW - 14 * DAY - DAY / 2])
def test_what_is_lost_within_a_day_cannot_sleep(db: sqlite3.Connection, ends_at: datetime) -> None:
    sync(db, "a", ScriptedCloud(items=[enterprise(ends_at)]))
    with pytest.raises(Usage, match="within a day"):
        make_snooze(the_item(db), NOW + timedelta(hours=1), "later", NOW)


def test_a_snooze_changes_nothing_of_status(db: sqlite3.Connection) -> None:
    before = status_document(overview_at(db))
    items = list(before.pop("items"))
    snooze = snoozed(db, NOW + 3 * DAY)
    store_note(db, "a", KEY, Note("=cmd", "note"), instead_of=Note())
    after = status_document(overview_at(db))
    [item] = after.pop("items")
    assert after == before
    assert item["snoozed"] == {"until": "2026-11-25T09:00:00+08:00", "reason": snooze.reason}
    assert (item["owner"], item["note"]) == ("=cmd", "note")
    assert {name: item[name] for name in items[0]} == items[0]
    assert item.keys() - items[0].keys() == {"owner", "note", "snoozed"}
    assert b"'=cmd,note,2026-11-25T09:00:00+08:00" in table_text(overview_at(db))


def test_a_snooze_is_put_back_as_it_was(db: sqlite3.Connection) -> None:
    first = snoozed(db, NOW + 3 * DAY)
    assert store_snooze(db, "a", KEY, None) == first
    assert store_snooze(db, "a", KEY, first) is None
    assert load_snoozes(db, "a") == {KEY: first}
    assert first.severity is Severity.WARNING


def test_an_expired_license_can_be_called_done(db: sqlite3.Connection) -> None:
    sync(db, "a", ScriptedCloud(items=[a_license(NOW - DAY)]))
    expired = overview_at(db).of_id("lic-1")
    assert expired is not None
    snooze = make_snooze(expired, latest_end(expired, NOW), "done", NOW)
    store_snooze(db, "a", ("sdk-license", "lic-1"), snooze)
    assert [each.item.id for each in load_annotations(db, overview_at(db)).snoozed] == ["lic-1"]


@pytest.mark.parametrize("text", ["", "2026-13-01", "1 Dec", "20261201", "2026-12-01T00:00:00Z"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(Usage):
        parse_day(text)


def test_views_are_kept_for_each_pane(db: sqlite3.Connection) -> None:
    store_view(db, "a", "instances", View("pump 泵", "ends", reverse=True))
    store_view(db, "a", "instances", View("pump 泵"))
    store_view(db, "b", "plans", View(sorted_by="left"))
    assert load_views(db, "a") == {"instances": View("pump 泵")}
