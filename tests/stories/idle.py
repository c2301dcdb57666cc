"""When an app has nothing left to do or draw for now, as its event loop and its screen know it.

Textual's pilot sends a message through every widget and then compares the CPU time with the
clock, several times for each key, while the screen is drawn 60 times a second. The loop knows
at once and at no cost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import textual.app
import textual.screen
from textual import pilot as pilots
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.pilot import Pilot
from textual.screen import Screen

SOON = 0.01
"""Seconds: a timer that is due within them is waited for."""
LONGEST_UNDRAWN = 0.25
"""Seconds after which a change is drawn though nobody waits for it."""
MOST_DRAWINGS = 20


async def until_idle(*_: object, **__: object) -> bool:
    """Let the loop work until no callback is ready and no timer is due soon. Does not wait for
    threads. Takes and returns what those of Textual's waits do that it replaces."""
    loop: Any = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        left = loop._scheduled[0].when() - loop.time() if loop._scheduled else SOON
        if left >= SOON:
            return True
        await asyncio.sleep(max(left, 0))


async def pause(pilot: Pilot[Any], delay: float | None = None) -> None:
    """Wait until the app is idle and the screen on top is drawn."""
    await asyncio.sleep(delay or 0)
    for _ in range(MOST_DRAWINGS):
        await until_idle()
        screen = pilot.app.screen
        if not _is_undrawn(screen):
            return
        screen._on_timer_update()


def _is_undrawn(screen: Screen[Any]) -> bool:
    """Whether the screen's next update would do anything."""
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


_render_update = Compositor.render_update


def _draw_when_asked(compositor: Compositor, *, full: bool = False, **options: Any) -> Any:
    """Draw nothing for an app without a terminal, except for a picture: a test that reads the
    screen has its lines drawn then."""
    if full:
        return _render_update(compositor, full=True, **options)
    visible_screen_stack.set(options["screen_stack"])
    compositor._dirty_regions.clear()
    return None


@contextmanager
def quick_waits() -> Iterator[None]:
    """Let the pilot ask the event loop whether the app is idle, and draw what a key changes once
    it has had its effect."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pilots, "wait_for_idle", until_idle)
        patch.setattr(textual.app, "wait_for_idle", until_idle)
        patch.setattr(Pilot, "_wait_for_screen", until_idle)
        patch.setattr(Pilot, "pause", pause)
        patch.setattr(textual.screen, "UPDATE_PERIOD", LONGEST_UNDRAWN)
        patch.setattr(Compositor, "render_update", _draw_when_asked)
        yield
