"""Snooze what is being taken care of, note who does, and take it back."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise

LATER = {"expires_at": "2026-12-12T00:00:00+08:00"}
TWO = account("99999.00", instances=[enterprise(), enterprise("iot-2", name="Lab", **LATER)])


async def test_snooze_with_a_reason_and_see_it_come_back(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO) as desk:
        await desk.go_to("instances", "iot-2")
        await desk.press("z")
        desk.sees("Until 11 Dec 00:00 at the latest, a day before something happens.")
        await desk.choose("1 week")
        await desk.answer("")
        desk.sees("A reason is required")
        await desk.answer("ordered, PO 4711")
        desk.sees("z Lab", "snoozed until 29 Nov")
        await desk.press("0")
        desk.sees("1 snoozed")
        await desk.press("1")
        await desk.press("enter")
        desk.sees("Snoozed", "ordered, PO 4711")
        await desk.press("escape")
        await desk.move_clock("1 week")
        desk.misses("snoozed")


async def test_what_stops_soon_cannot_be_put_off(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("z")
        await desk.choose("(1 week)")
        desk.sees("is not available")
        await desk.choose("Other date")
        await desk.answer("2026-11-24")
        desk.sees("Factory floor can be snoozed until 23 Nov 2026")
        await desk.answer("2026-11-23")
        await desk.answer("tomorrow")
        await desk.press("0")
        desk.sees("1 snoozed")
        await desk.move_clock("1 day")
        desk.misses("snoozed")


async def test_what_never_stops_has_no_day_before(tmp_path: Path) -> None:
    public = {
        "kind": "iot-public-new",
        "instance_id": "iot-3",
        "name": "Bench",
        "region": "cn-shanghai",
    }
    async with at_the_desk(tmp_path, account("1.00", instances=[public])) as desk:
        await desk.go_to("instances", "iot-3")
        await desk.press("z")
        desk.sees("Mark done (hidden until")
        desk.misses("a day before something happens")


async def test_write_a_note_find_it_and_undo_several_steps(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO, read_only=True) as desk:
        await desk.go_to("instances", "iot-2")
        await desk.press("N")
        await desk.answer("李伟")
        await desk.answer("keep for the [audit]")
        await desk.press("/")
        await desk.write("李伟")
        desk.sees("1 of 2")
        await desk.press("escape", "home", "space")
        await desk.go_to("instances", "iot-2")
        await desk.press("enter")
        desk.sees("Owner 李伟", "Note keep for the [audit]")
        await desk.press("escape", "u")
        desk.sees("Undone: the mark")
        desk.misses("1 marked")
        await desk.press("u", "u")
        desk.sees("Undone: the note on Lab", "Nothing to undo")
        await desk.press("enter")
        desk.misses("李伟")


async def test_what_cannot_be_undone_says_so(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("space", "r")
        desk.sees("A payment cannot be undone.")
        await desk.confirm("0bcd")
        await desk.close()
        await desk.press("u")
        desk.sees("A payment can't be undone here.")
        await desk.press("u")
        desk.sees("Undone: the mark")
        assert desk.charged("renewal") == ["3600.00"]
