"""Random use, shown by the thin layer and by Textual: never a cell that differs."""

from __future__ import annotations

import os
import random
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.display.board import Board
from tests.display.twins import RESIZED

KEYS = (
    "down", "down", "down", "up", "pagedown", "pageup", "home", "end", "tab", "f2", "escape",
    "f3", "x", "词", "backspace", "left", "right", "ctrl+l",
)  # fmt: skip
SIZES = ((100, 30), (80, 24), (60, 20), (120, 40), (1, 1), (20, 5), (33, 11))
ROUNDS = int(os.environ.get("DISPLAY_ROUNDS", "2"))
"""Each round is another seed. The suite runs two; `DISPLAY_ROUNDS=200` is the long form."""


async def _happen(app: Board, pilot: Pilot[Any], chance: random.Random) -> None:
    if app.disturb(chance, SIZES) < RESIZED:
        await pilot.pause(0.03)
    await pilot.press(*chance.choices(KEYS, k=chance.randint(1, 4)))
    await pilot.pause()


@pytest.mark.parametrize("seed", range(ROUNDS))
async def test_no_cell_differs_from_what_textual_shows(seed: int) -> None:
    chance = random.Random(seed)
    app = Board(seed)

    async def use(pilot: Pilot[Any]) -> None:
        for _ in range(40):
            if app.differs:
                break
            await _happen(app, pilot, chance)
        app.line.go_on()
        await pilot.pause(0.05)
        app.compare()
        app.exit()

    await app.run_async(size=(100, 30), auto_pilot=use)
    assert not app.differs
    assert app.frames > 30


async def test_a_line_that_stalls_gets_the_newest_frame_and_none_in_between() -> None:
    app, counts = Board(3), list[int]()

    async def use(pilot: Pilot[Any]) -> None:
        await pilot.press("pagedown", "home")
        await pilot.pause()
        app.line.stalled, before = True, app.line.written
        for _ in range(15):
            await pilot.press("pagedown", "pageup", "down")
        await pilot.pause()
        counts.append(app.line.written - before)
        app.line.go_on()
        await pilot.pause()
        counts.append(app.line.written - before)
        app.compare()
        app.exit()

    await app.run_async(size=(100, 30), auto_pilot=use)
    assert not app.differs
    assert counts[0] == 0
    assert 0 < counts[1] < 6000
