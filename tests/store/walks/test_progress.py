"""A walk is kept at every step, can branch and nest, and ends only with a proof or a reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from store.errors import Usage
from store.times import BEIJING
from store.walkthroughs import progress, rows
from store.walkthroughs.procedures import load_procedure
from store.walkthroughs.proof import Proof
from store.walkthroughs.walk import Subject, Walk, WalkStart, read_open_walks

NOW = datetime(2026, 11, 22, 9, tzinfo=BEIJING)
LATER = NOW + timedelta(minutes=2)
KIDS = Subject("practice", "cloud-1", "sdk-license", "lic-kids")
FACTORY = Subject("practice", "cloud-1", "iot-enterprise", "iot-1")
METHOD_1 = WalkStart("P-LIC-RENEW", before={"at": "2026-11-22T09:00:00+08:00"})

Reopen = Callable[[], sqlite3.Connection]


def start(
    connection: sqlite3.Connection, subject: Subject, entry: WalkStart, now: datetime
) -> Walk:
    """A walk that was begun and stored."""
    return progress.store_walk(connection, rows.draft_walk(subject, entry, now), now)


def proven(walk: Walk, *, shown: bool = True) -> Proof:
    return Proof(
        walk.procedure, walk.subject.item_id, shown, "The end has moved.", None, None, {"a": 1}
    )


def test_a_walk_begins_at_the_first_step_and_is_kept(reopen: Reopen) -> None:
    started = start(reopen(), KIDS, METHOD_1, NOW)
    kept = rows.read_walk(reopen(), started.id)
    assert kept == started
    assert kept.step == load_procedure("P-LIC-RENEW").steps[0].id
    assert kept.subject == KIDS
    assert (kept.started_at, kept.touched_at, kept.ended_at) == (NOW, NOW, None)
    assert kept.before == METHOD_1.before


def test_each_step_is_kept_over_reopened_files(reopen: Reopen) -> None:
    walk = start(reopen(), KIDS, METHOD_1, NOW)
    for step in load_procedure("P-LIC-RENEW").steps:
        progress.move_to_step(reopen(), walk, step.id, LATER)
        assert rows.read_walk(reopen(), walk.id).step == step.id
    assert rows.read_walk(reopen(), walk.id).touched_at == LATER


def test_a_step_of_another_procedure_is_refused(db: sqlite3.Connection) -> None:
    walk = start(db, KIDS, METHOD_1, NOW)
    with pytest.raises(Usage, match="save-id"):
        progress.move_to_step(db, walk, "bind", NOW)
    assert rows.read_walk(db, walk.id) == walk


def test_a_walk_that_was_only_looked_at_is_stored_by_its_first_change(
    db: sqlite3.Connection,
) -> None:
    walk = rows.draft_walk(KIDS, METHOD_1, NOW)
    assert rows.current_walk(db, walk) == walk
    assert read_open_walks(db, "practice", "cloud-1") == []
    moved = progress.move_to_step(db, walk, "save-id", LATER)
    assert (moved.id, moved.step, moved.is_stored) == (walk.id, "save-id", True)
    assert (moved.started_at, moved.touched_at) == (NOW, LATER)
    assert read_open_walks(db, "practice", "cloud-1") == [moved]
    assert rows.current_walk(db, walk) == moved


def test_a_walk_that_another_program_stored_replaces_a_draft(
    db: sqlite3.Connection,
) -> None:
    mine, other = rows.draft_walk(KIDS, METHOD_1, NOW), start(db, KIDS, METHOD_1, NOW)
    saved = progress.save_value(db, mine, "instance_id", "vod-sdk-77", LATER)
    assert saved.id == other.id
    progress.close_walk(db, mine, "not needed", LATER)
    assert rows.read_walk(db, other.id).ended == "closed"


def test_a_draft_whose_walk_has_ended_changes_nothing(db: sqlite3.Connection) -> None:
    walk = rows.draft_walk(KIDS, METHOD_1, NOW)
    progress.close_walk(db, walk, "not needed", LATER)
    with pytest.raises(Usage, match="already ended"):
        progress.move_to_step(db, walk, "save-id", LATER)


def test_starting_again_takes_up_the_open_walk(db: sqlite3.Connection) -> None:
    walk = start(db, KIDS, METHOD_1, NOW)
    progress.move_to_step(db, walk, "save-id", NOW)
    again = start(db, KIDS, METHOD_1, LATER)
    assert (again.id, again.step) == (walk.id, "save-id")
    progress.close_walk(db, walk, "not needed", LATER)
    assert start(db, KIDS, METHOD_1, LATER).id != walk.id


def test_several_walks_are_open_at_once_and_accounts_do_not_mix(db: sqlite3.Connection) -> None:
    walks = [
        start(db, KIDS, METHOD_1, NOW),
        start(db, FACTORY, WalkStart("P-IOT-RENEW"), NOW),
        start(db, FACTORY, WalkStart("P-TOPUP"), NOW),
    ]
    other = Subject("practice", "cloud-2", "sdk-license", "lic-kids")
    start(db, other, METHOD_1, NOW)
    assert read_open_walks(db, "practice", "cloud-1") == walks
    progress.close_walk(db, walks[1], "sold", LATER)
    assert [walk.id for walk in read_open_walks(db, "practice", "cloud-1")] == [
        walks[0].id,
        walks[2].id,
    ]


def test_two_programs_that_start_together_share_one_walk(db: sqlite3.Connection) -> None:
    first = start(db, KIDS, METHOD_1, NOW)
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(
            "INSERT INTO walks SELECT 'other', account, identity, procedure, kind, item_id, step,"
            " saved, entered_because, parent, started_at, touched_at, ended_at, ended, reason,"
            ' "before", "after" FROM walks WHERE id = ?',
            (first.id,),
        )


def test_ids_sort_by_time(db: sqlite3.Connection) -> None:
    first = start(db, KIDS, METHOD_1, NOW)
    second = start(db, FACTORY, WalkStart("P-IOT-RENEW"), NOW + timedelta(seconds=1))
    assert first.id < second.id
    assert len(first.id) == 26


@pytest.mark.parametrize("value", ["vod-sdk-77", " vod-sdk-77\n", "a" * 64, "", "A_b.c:d-9"])
def test_the_instance_id_is_saved(reopen: Reopen, value: str) -> None:
    walk = start(reopen(), KIDS, METHOD_1, NOW)
    progress.save_value(reopen(), walk, "instance_id", value, LATER)
    progress.move_to_step(reopen(), walk, "search-order", LATER)
    assert rows.read_walk(reopen(), walk.id).saved == {"instance_id": value.strip()}


@pytest.mark.parametrize("value", ["a" * 65, "vod sdk", "实例", "a\x1b[2J", "a\nb"])
def test_an_instance_id_that_cannot_be_is_refused_and_changes_nothing(
    db: sqlite3.Connection, value: str
) -> None:
    walk = start(db, KIDS, METHOD_1, NOW)
    with pytest.raises(Usage, match="Instance ID"):
        progress.save_value(db, walk, "instance_id", value, LATER)
    assert rows.read_walk(db, walk.id) == walk


@pytest.mark.parametrize("value", ["x" * 1001, "broken \ud800"], ids=["long", "broken"])
def test_a_note_that_cannot_be_kept_is_refused(db: sqlite3.Connection, value: str) -> None:
    walk = start(db, KIDS, METHOD_1, NOW)
    with pytest.raises(Usage, match="note"):
        progress.save_value(db, walk, "note", value, LATER)
    progress.save_value(db, walk, "note", "[/prod] [b 颜色", LATER)
    assert rows.read_walk(db, walk.id).saved["note"] == "[/prod] [b 颜色"


def test_method_2_closes_method_1_with_the_reason_and_inherits(reopen: Reopen) -> None:
    first = start(reopen(), KIDS, METHOD_1, NOW)
    progress.save_value(reopen(), first, "instance_id", "vod-sdk-77", NOW)
    why = "ResourceStatusError: the order cannot be renewed [/b] \ud800"
    second = progress.switch_procedure(
        reopen(), first, WalkStart("P-LIC-REPLACE", because=why), LATER
    )
    kept = rows.read_walk(reopen(), second.id)
    assert (kept.procedure, kept.step) == ("P-LIC-REPLACE", "why")
    assert kept.entered_because is not None
    assert kept.entered_because.startswith("ResourceStatusError: the order")
    assert kept.saved == {"instance_id": "vod-sdk-77"}
    assert kept.before == METHOD_1.before
    left = rows.read_walk(reopen(), first.id)
    assert (left.ended, left.reason, left.ended_at) == ("closed", kept.entered_because, LATER)


def test_method_2_needs_a_reason_and_another_procedure(db: sqlite3.Connection) -> None:
    walk = start(db, KIDS, METHOD_1, NOW)
    with pytest.raises(Usage, match="reason"):
        progress.switch_procedure(db, walk, WalkStart("P-LIC-REPLACE"), NOW)
    with pytest.raises(Usage, match="already"):
        progress.switch_procedure(db, walk, WalkStart("P-LIC-RENEW", because="again"), NOW)
    assert rows.read_walk(db, walk.id) == walk


def test_method_2_that_is_open_already_is_taken_up(db: sqlite3.Connection) -> None:
    second = start(db, KIDS, WalkStart("P-LIC-REPLACE"), NOW)
    progress.move_to_step(db, second, "buy", NOW)
    first = start(db, KIDS, METHOD_1, NOW)
    progress.save_value(db, first, "instance_id", "vod-sdk-77", NOW)
    joined = progress.switch_procedure(
        db, first, WalkStart("P-LIC-REPLACE", because="empty"), LATER
    )
    assert (joined.id, joined.step, joined.entered_because) == (second.id, "buy", "empty")
    assert joined.saved == {"instance_id": "vod-sdk-77"}


def test_a_top_up_comes_back_to_the_step_that_waits(reopen: Reopen) -> None:
    outer = start(reopen(), FACTORY, WalkStart("P-IOT-RENEW"), NOW)
    progress.move_to_step(reopen(), outer, "renew", NOW)
    inner = progress.start_inside(
        reopen(), outer, WalkStart("P-TOPUP", because="CNY 10 missing"), NOW
    )
    assert (inner.parent, inner.entered_because) == (outer.id, "CNY 10 missing")
    waits = progress.waiting_walk(reopen(), inner)
    assert waits is not None
    progress.finish_walk(reopen(), inner, proven(inner), LATER)
    back = progress.waiting_walk(reopen(), inner)
    assert back is not None
    assert (back.id, back.step, back.touched_at) == (outer.id, "renew", LATER)


def test_no_walk_waits_for_itself_or_for_an_ended_one(
    db: sqlite3.Connection,
) -> None:
    outer = start(db, FACTORY, WalkStart("P-IOT-RENEW"), NOW)
    inner = progress.start_inside(db, outer, WalkStart("P-TOPUP"), NOW)
    assert progress.waiting_walk(db, outer) is None
    progress.close_walk(db, outer, "sold", LATER)
    assert progress.waiting_walk(db, inner) is None
    assert rows.read_walk(db, inner.id).ended is None


def test_an_open_top_up_is_taken_into_the_purchase(db: sqlite3.Connection) -> None:
    alone = start(db, FACTORY, WalkStart("P-TOPUP"), NOW)
    outer = start(db, FACTORY, WalkStart("P-IOT-RENEW"), NOW)
    assert progress.start_inside(db, outer, WalkStart("P-TOPUP"), NOW).id == alone.id
    assert rows.read_walk(db, alone.id).parent == outer.id


def test_walks_cannot_wait_for_each_other_in_a_circle(db: sqlite3.Connection) -> None:
    outer = start(db, KIDS, METHOD_1, NOW)
    inner = progress.start_inside(db, outer, WalkStart("P-TOPUP"), NOW)
    inmost = progress.start_inside(db, inner, WalkStart("P-LIC-REPLACE"), NOW)
    with pytest.raises(Usage, match="waiting"):
        progress.start_inside(db, inmost, METHOD_1, NOW)
    with pytest.raises(Usage, match="already"):
        progress.start_inside(db, inner, WalkStart("P-TOPUP"), NOW)
    new = progress.switch_procedure(db, outer, WalkStart("P-LIC-REPLACE", because="refused"), LATER)
    assert new.id == inmost.id
    assert new.parent is None
    assert rows.read_walk(db, inner.id).parent == new.id


def test_branching_to_a_walk_that_waits_keeps_it_outside(db: sqlite3.Connection) -> None:
    outer = start(db, KIDS, WalkStart("P-LIC-REPLACE"), NOW)
    inner = progress.start_inside(db, outer, METHOD_1, NOW)
    back = progress.switch_procedure(db, inner, WalkStart("P-LIC-REPLACE", because="empty"), LATER)
    assert (back.id, back.parent) == (outer.id, None)


def test_who_waits_for_method_1_waits_for_method_2(db: sqlite3.Connection) -> None:
    first = start(db, KIDS, METHOD_1, NOW)
    inner = progress.start_inside(db, first, WalkStart("P-TOPUP"), NOW)
    second = progress.switch_procedure(
        db, first, WalkStart("P-LIC-REPLACE", because="refused"), NOW
    )
    waits = progress.waiting_walk(db, inner)
    assert waits is not None
    assert waits.id == second.id


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_closing_unfinished_needs_a_reason(db: sqlite3.Connection, reason: str) -> None:
    walk = start(db, KIDS, METHOD_1, NOW)
    with pytest.raises(Usage, match="reason"):
        progress.close_walk(db, walk, reason, LATER)
    assert rows.read_walk(db, walk.id).ended is None
    closed = progress.close_walk(db, walk, "the app is retired", LATER)
    assert (closed.ended, closed.reason, closed.ended_at) == (
        "closed",
        "the app is retired",
        LATER,
    )


def test_finishing_needs_a_proof_of_this_walk(db: sqlite3.Connection) -> None:
    walk = start(db, KIDS, METHOD_1, NOW)
    other = start(db, FACTORY, WalkStart("P-IOT-RENEW"), NOW)
    with pytest.raises(Usage, match="left or closed"):
        progress.finish_walk(db, walk, proven(walk, shown=False), LATER)
    with pytest.raises(Usage, match="for P-IOT-RENEW of 'iot-1'"):
        progress.finish_walk(db, walk, proven(other), LATER)
    assert rows.read_walk(db, walk.id).ended is None
    done = progress.finish_walk(db, walk, proven(walk), LATER)
    assert (done.ended, done.reason) == ("done", "The end has moved.")
    assert (done.before, done.after) == (METHOD_1.before, {"a": 1})


def test_an_ended_walk_cannot_be_changed(db: sqlite3.Connection) -> None:
    walk = start(db, KIDS, METHOD_1, NOW)
    progress.close_walk(db, walk, "retired", LATER)
    ended = rows.read_walk(db, walk.id)
    changes: list[Callable[[], object]] = [
        lambda: progress.store_walk(db, walk, LATER),
        lambda: progress.move_to_step(db, walk, "renew", LATER),
        lambda: progress.save_value(db, walk, "instance_id", "x", LATER),
        lambda: progress.switch_procedure(db, walk, WalkStart("P-LIC-REPLACE", because="x"), LATER),
        lambda: progress.start_inside(db, walk, WalkStart("P-TOPUP"), LATER),
        lambda: progress.close_walk(db, walk, "again", LATER),
        lambda: progress.finish_walk(db, walk, proven(walk), LATER),
    ]
    for change in changes:
        with pytest.raises(Usage, match="already ended"):
            change()
    assert rows.read_walk(db, walk.id) == ended
    assert read_open_walks(db, "practice", "cloud-1") == []


def test_a_walk_or_procedure_that_there_is_not_is_wrong_usage(db: sqlite3.Connection) -> None:
    with pytest.raises(Usage, match="no walk-through"):
        rows.read_walk(db, "nothing")
    with pytest.raises(Usage, match="no procedure"):
        start(db, KIDS, WalkStart("P-NOTHING"), NOW)
    assert read_open_walks(db, "practice", "cloud-1") == []


def test_dropping_the_old_clouds_walks_leaves_no_dangling_parent(db: sqlite3.Connection) -> None:
    outer = start(db, FACTORY, WalkStart("P-IOT-RENEW"), NOW)
    progress.start_inside(db, outer, WalkStart("P-TOPUP"), NOW)
    db.execute("DELETE FROM walks WHERE identity = 'cloud-1'")
    assert db.execute("SELECT count(*) FROM walks").fetchone()[0] == 0
