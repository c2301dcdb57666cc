"""A job of several steps: how far it is, and stopping it before the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event
from typing import TypeVar

from msgspec import Struct

from store.session import Session
from tui.dialogs.working import Working
from tui.screens.base import DeskScreen

T = TypeVar("T")

PATIENCE = 1.0
"""Seconds after which a job is told; what is quicker changes nothing of the screen."""


class Steps(Struct, frozen=True):
    """What the job's thread tells and asks."""

    tell: Callable[[int, int], object]
    """(how many are done, how many there are)"""
    stop: Event

    def before(self, done: int, total: int) -> bool:
        """Tell how far it is; False: the person wants no further step."""
        if self.stop.is_set():
            return False
        self.tell(done, total)
        return True


async def at_work(
    screen: DeskScreen, title: str, job: Callable[[Session, Steps], T], patience: float = PATIENCE
) -> T:
    """Run the job in a thread, and show how far it is once it takes long. Raises what it raises.

    Where the app ends meanwhile, no further step is begun.
    """
    app, loop, dialog = screen.desk, asyncio.get_running_loop(), Working(title)

    def tell(done: int, total: int) -> None:
        loop.call_soon_threadsafe(dialog.show_step, done, total)

    task = asyncio.create_task(app.in_store(lambda session: job(session, Steps(tell, dialog.stop))))
    try:
        done, _waiting = await asyncio.wait({task}, timeout=patience)
        if not done:
            closed = app.push_screen(dialog)
            await asyncio.wait({task})
            await closed
            dialog.dismiss(None)
        return await task
    finally:
        dialog.stop.set()
