"""The program used at random: what the thin layer shows is what Textual would show."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import LayoutUpdate
from textual.pilot import Pilot

from tests.display.program import TwinProgram, use
from tests.stories.driver import prepared_session
from tests.stories.scenarios import hostile, odd_names
from tui.display.frame_buffer import FrameBuffer

ROUNDS = int(os.environ.get("DISPLAY_ROUNDS", "1"))
LINES: tuple[dict[str, str], ...] = (
    {},
    {"TERM": "linux", "COLORTERM": ""},
    {"NO_COLOR": "1"},
    {"LC_ALL": "C"},
    {"TERM": "screen-256color", "COLORTERM": ""},
)
"""Each round has the next of these environments, and another seed."""


@pytest.mark.parametrize("seed", range(ROUNDS))
async def test_no_cell_of_it_differs(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in LINES[seed % len(LINES)].items():
        monkeypatch.setenv(name, value)
    chance = random.Random(seed)
    scenario = odd_names() if seed % 2 else hostile()
    app = TwinProgram(session=prepared_session(tmp_path / "home", scenario))

    async def hands(pilot: Pilot[Any]) -> None:
        await use(app, pilot, chance, steps=20)
        app.exit(0)

    await app.run_async(size=(120, 36), auto_pilot=hands)
    assert app._exception is None
    assert not app.differs
    assert app.frames > 10


async def test_what_is_painted_in_parts_is_what_is_painted_whole(tmp_path: Path) -> None:
    app = TwinProgram(session=prepared_session(tmp_path / "home", odd_names()))
    chance = random.Random(7)

    async def hands(pilot: Pilot[Any]) -> None:
        for _ in range(60):
            await pilot.press(chance.choice(("down", "up", "tab", "space", "1", "2", "o", "w")))
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            whole = FrameBuffer(erases_in_color=True)
            whole.draw(LayoutUpdate([[strip] for strip in strips], app.screen.region), app._colors)
            assert app._buffer is not None
            pairs = zip(whole.drawn, app._buffer.drawn, strict=True)
            assert [y for y, (a, b) in enumerate(pairs) if not a.looks_like(b)] == []
        app.exit(0)

    await app.run_async(size=(120, 36), auto_pilot=hands)
    assert app._exception is None
