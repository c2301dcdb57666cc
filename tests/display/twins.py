"""An app that is shown twice: by the thin layer, and as Textual would show it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size

from tests.display.terminal import Terminal
from tui.display.app import DisplayApp

RESIZED, UNDISTURBED = 0.04, 0.30
"""Below the one the window was resized; from the other on nothing was done."""


class WireDriver(Driver):
    """A driver whose terminal is in memory, and takes output only when the test lets it."""

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self.terminal = Terminal(*(self._size or (80, 24)))
        self.when_idle: Callable[[], None] | None = None
        self.stalled = self.ours = False
        self.written = 0

    @property
    def busy(self) -> bool:
        return self.stalled or not self.ours

    @property
    def backlogged(self) -> bool:
        return self.busy

    @property
    def size(self) -> tuple[int, int]:
        return self.terminal.width, self.terminal.height

    @property
    def can_suspend(self) -> bool:
        return True

    def write(self, data: str) -> None:
        self.written += len(data.encode())
        self.terminal.feed(data)

    def go_on(self) -> None:
        """The line takes bytes again."""
        self.stalled = False
        if self.when_idle is not None:
            self.when_idle()

    def start_application_mode(self) -> None:
        self.terminal.feed("\x1b[?1049h\x1b[?7l")
        self.ours = True
        app: Any = self._app
        app.plain.resize(*self.size)
        app.redraw()
        size = Size(self.terminal.width, self.terminal.height)
        self._app.post_message(Resize(size, size))

    def stop_application_mode(self) -> None:
        self.ours = False
        self.terminal.feed("\x1b[m\x1b[?7h\x1b[?1049l")

    def disable_input(self) -> None:
        """There is no input thread."""


class Twin(DisplayApp[Any]):
    """The thin layer writes to the driver's terminal, Textual's own sequences to `plain`."""

    frames = 0
    differs = ""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.driver_class = WireDriver
        self.plain = Terminal(80, 24)
        self.plain.drops = True
        self._laid_out = Size(0, 0)
        self._cursor: tuple[int, int] | None = None

    @property
    def line(self) -> WireDriver:
        assert isinstance(self._driver, WireDriver)
        return self._driver

    def _display(self, screen: Any, renderable: Any) -> None:
        if isinstance(renderable, CompositorUpdate) and not self._batch_count and self._running:
            if isinstance(renderable, LayoutUpdate) and renderable.region.size != self._laid_out:
                self._laid_out = renderable.region.size
                self.plain.feed("\x1b[m\x1b[H\x1b[J")  # lines can be too short until the next
            self.plain.feed(renderable.render_segments(self.console))
            self._cursor = self._present_cursor
        super()._display(screen, renderable)
        self.frames += 1
        if self._is_caught_up:
            self.compare()

    @property
    def _is_caught_up(self) -> bool:
        buffer = self._buffer
        is_known = buffer is not None and buffer.shown is not None and buffer.size == self.line.size
        return is_known and not self.line.busy

    def compare(self) -> None:
        """Keep the first cell in which the two terminals differ."""
        shown, wanted = self.line.terminal.cells, self.plain.cells
        for y, (row, other) in enumerate(zip(shown, wanted, strict=True)):
            pairs = [] if row == other else enumerate(zip(row, other, strict=True))
            for x, (a, b) in pairs:
                if a != b and a.visible != b.visible and not self.differs:
                    self.differs = f"frame {self.frames}, line {y}, column {x}: {a} is not {b}"
        at = self.line.terminal.at
        meant = {self._cursor, self._present_cursor}
        if None not in meant and at not in meant and not self.differs:
            self.differs = f"frame {self.frames}: the cursor is at {at}, not {self._cursor}"

    @property
    def _present_cursor(self) -> tuple[int, int] | None:
        """It can go on without a frame: it is shown with the next one."""
        return self.text_cursor

    def disturb(self, chance: random.Random, sizes: Sequence[tuple[int, int]]) -> float:
        """What window, shell and line do now and then; the number that decided."""
        dice = chance.random()
        if dice < RESIZED:
            self.resize(*chance.choice(sizes))
        elif dice < 0.08:
            with self.suspend():
                self.line.terminal.feed("another program\r\n")
            self.plain.feed("\x1b[m")
        elif dice < 0.12:
            self.line.stalled = True
        elif dice < UNDISTURBED:
            self.line.go_on()
        return dice

    def resize(self, width: int, height: int) -> None:
        """The person makes the window larger or smaller."""
        self.line.terminal.resize(width, height)
        self.plain.resize(width, height)
        size = Size(width, height)
        self.post_message(Resize(size, size))
