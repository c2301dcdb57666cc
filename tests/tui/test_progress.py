"""A long job says how far it is and stops before its next step; a quick one says nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event

from store.session import Session
from tests.stories.driver import at_the_desk
from tui.actions.prompter import JobProgress
from tui.dialogs.progress import ProgressDialog
from tui.screens.base import BaseScreen
from tui.widgets.header import HeaderLine


async def test_it_is_stopped_before_the_next_step(tmp_path: Path) -> None:
    goes_on = Event()

    def job(session: Session, steps: JobProgress) -> int:
        del session
        done = 0
        while steps.begin_step(done, 3):
            goes_on.wait()
            done += 1
        return done

    async with at_the_desk(tmp_path) as desk:
        screen = desk.app.screen
        assert isinstance(screen, BaseScreen)
        working = asyncio.create_task(screen.prompter.work("Renewing", job, patience=0))
        await desk.comes_to_see("Renewing", "0 of 3 done", "Stop after this one")
        assert isinstance(desk.app.screen, ProgressDialog)
        await desk.pilot.press("escape")
        await desk.comes_to_see("0 of 3 done · stopping")
        goes_on.set()
        assert await working == 1
        assert not isinstance(desk.app.screen, ProgressDialog)


async def test_what_is_quick_is_not_shown(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        screen = desk.app.screen
        assert isinstance(screen, BaseScreen)
        assert await screen.prompter.work("Renewing", lambda _session, _steps: 7, patience=60) == 7
        desk.misses("Renewing")


async def test_the_first_line_shows_the_progress_of_a_sync(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        header = desk.app.screen.query_one(HeaderLine)
        header.show_work("syncing: 300 of 1,200 · s cancels")
        await desk.pilot.pause()
        assert "syncing: 300 of 1,200 · s cancels" in desk.lines[0]
        header.show_work(None)
        await desk.pilot.pause()
        assert "synced" in desk.lines[0]
