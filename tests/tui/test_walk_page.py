"""The page of a walk-through's step: what one needs comes first, also in a small terminal."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise, public_previous

OWING = account("12.40", instances=[public_previous(), enterprise()])


async def test_a_small_terminal_shows_what_to_do_and_what_stops_it(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, OWING, size=(60, 20)) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w")
        await desk.choose("Renew an Enterprise Edition instance")
        desk.sees("choose a subscription duration", "Before you start", "! CNY 36.50 has been owed")
        desk.misses("Where")


async def test_a_console_step_shows_its_page_before_the_checks(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, OWING, size=(100, 40), read_only=True) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w")
        await desk.choose("Renew an Enterprise Edition instance")
        assert desk.words.index("Where") < desk.words.index("Before you start")


async def test_a_draft_of_several_lines_shows_that_there_are_more(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, OWING) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w")
        await desk.choose("Submit a ticket")
        desk.sees("Copy Help needed with Factory floor …", "enter read")
        await desk.press("enter", "enter", "enter", "enter")
        await desk.answer("")
        desk.shows_dialog("Done")
        desk.misses("enter mark")
