"""Fifteen days after its end an instance is released, and nothing brings it back."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise


async def test_released_on_the_second(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("5000.00", instances=[enterprise()])) as desk:
        await desk.move_clock("To the next event")
        await desk.move_clock("To the next event")
        desk.sees("9 Dec 2026 00:00 UTC+8", "0 Due 0", "Factory floor")
        await desk.go_to("instances", "iot-060a0bcd")
        assert "deleted since 9 Dec" in desk.row("iot-060a0bcd")
        await desk.press("r")
        desk.shows_dialog("Stopped; nothing was sent", "released")
        await desk.press("escape")
        await desk.press("enter")
        desk.sees("State released · critical", "To do —")
        truth = desk.truth
        assert truth["orders"] == []
        assert truth["balance"]["available"] == "5000.00"


async def test_a_walk_through_that_was_open_says_so(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("5000.00", instances=[enterprise()])) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w")
        await desk.choose("Renew an Enterprise Edition instance")
        await desk.move_clock("Other duration", "16d15h")
        desk.sees("9 Dec 2026 00:00 UTC+8", "Before you start", "!")
        await desk.press("enter", "enter", "enter")
        desk.misses("Choose a term")
        desk.sees("nothing was sent")
        await desk.press("escape")
        await desk.press("x")
        await desk.answer("too late, it is gone")
        desk.sees("4 Walk-throughs 0")
        assert desk.truth["orders"] == []
