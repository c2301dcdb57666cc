"""How little is written to the terminal: what did not change costs nothing."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from store.clouds.practice.cloud import PracticeCloud
from store.home import open_home
from store.session import Session
from tests.display.program import TwinProgram
from tests.long.measures import empty_caches

WIDTH, HEIGHT = SIZE = (120, 36)
ROWS = 100


def synced(folder: Path) -> Session:
    home = open_home(str(folder))
    with PracticeCloud.open(home.practice) as cloud:
        cloud.reset_generated(ROWS)
    session = Session.open(home)
    session.sync()
    return session


@pytest.mark.usefixtures("caches_are_seen")
async def test_bytes_for_a_frame_a_row_down_a_scroll_and_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLORTERM", raising=False)  # with the 256 colors of a plain ssh
    empty_caches()  # a style that was drawn before keeps the codes of that terminal
    app = TwinProgram(session=synced(tmp_path / "home"))

    async def hands(pilot: Pilot[Any]) -> None:
        while f"Instances {ROWS}" not in app.line.terminal.text:
            await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.press("1")
        while await _written(app, pilot):  # the pane is drawn in several frames
            continue
        moves = [await _written(app, pilot, key) for key in ("down", "up", "down", "down")]
        assert 0 < statistics.median(moves) < 2.8 * WIDTH  # each row in two colors
        await pilot.press("pagedown")
        scrolls = [await _written(app, pilot, "down") for _ in range(20)]
        assert 0 < statistics.median(scrolls) < 2.4 * WIDTH
        whole = await _written(app, pilot, "ctrl+l")
        assert 2 * max(scrolls) < whole < 2 * WIDTH * HEIGHT
        assert await _written(app, pilot, "ctrl+l") == whole
        app.exit(0)

    await app.run_async(size=SIZE, auto_pilot=hands)
    assert app._exception is None
    assert not app.differs


async def _written(app: TwinProgram, pilot: Pilot[Any], *keys: str) -> int:
    """The bytes that the keys lead to."""
    before = app.line.written
    await pilot.press(*keys)
    await pilot.pause()
    await pilot.pause()
    return app.line.written - before
