"""The differential display: it tracks what the terminal shows, and writes only the changes.

It overrides the private `App._display` of Textual 8.2.8. Whenever the contents of the terminal are
uncertain (after a resize, a suspension, a requested repaint), it writes a whole frame.
"""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from rich.color import ColorSystem
from rich.console import RenderableType
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ReturnType
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.screen import Screen

import tui.display.wrapping  # noqa: F401  # before anything is drawn
from tui.display.driver import TerminalDriver
from tui.display.frame_buffer import FrameBuffer
from tui.display.terminals import erases_in_color

if TYPE_CHECKING:
    from textual.driver import Driver

_BEGIN_SYNC, _END_SYNC = "\x1b[?2026h", "\x1b[?2026l"


@runtime_checkable
class BufferedDriver(Protocol):
    """A driver that writes in the background and reports pending output."""

    when_idle: Callable[[], None] | None
    """Called when all output has been written; None: nobody waits for that."""

    @property
    def busy(self) -> bool:
        """Whether output is pending, or the terminal belongs to another program."""

    @property
    def backlogged(self) -> bool:
        """Whether so much output is pending that a new frame would be outdated when shown."""


class DisplayApp(App[ReturnType]):
    """An app on the differential display, or on Textual's own for an unknown terminal."""

    encoding = "utf-8"
    """The terminal's encoding."""

    def __init__(self, *, display: str = "plain", **options: Any) -> None:
        """`display`: "thin" is the differential display, "plain" is Textual's own."""
        in_color = erases_in_color(os.environ)
        thin = display == "thin" and in_color is not None
        self._buffer = FrameBuffer(erases_in_color=bool(in_color)) if thin else None
        self.has_mouse = True
        super().__init__(**options)

    def get_driver_class(self) -> type[Driver]:
        driver_class = super().get_driver_class()
        return TerminalDriver if driver_class is LinuxDriver else driver_class

    def switch_mouse(self, *, enabled: bool) -> None:
        """Take the mouse, or leave it to the terminal."""
        self.has_mouse = enabled
        if isinstance(self._driver, TerminalDriver):
            self._driver.switch_mouse(enabled)

    def run_in_terminal(self, command: Sequence[str]) -> int:
        """Run a program on the terminal; returns its exit code, or minus the number of the signal
        that ended it. Nothing else in the app runs meanwhile.

        Raises `OSError` if it cannot be started, or if there is no terminal.
        """
        driver = self._driver
        if not isinstance(driver, TerminalDriver):
            raise OSError(errno.ENOTTY, os.strerror(errno.ENOTTY))
        failure: OSError | None = None
        with self.suspend(), driver.signals_left_to_child():
            try:
                return subprocess.run(command, check=False).returncode
            except OSError as error:  # raised below, once the app has the terminal again
                failure = error
        raise failure or OSError

    def use_first_screen(self, screen: Screen[Any]) -> Screen[Any]:
        """Prepare a screen as the app's default one, so that it can be switched for another."""
        screen._push_result_callback(self, None)  # noqa: SLF001
        return screen

    def action_repaint(self) -> None:
        """Write the whole screen again, for a terminal that lost its contents."""
        self.redraw()
        self.refresh(layout=True)

    def on_resize(self, event: Resize) -> None:
        if self._buffer is not None:
            self._buffer.invalidate()
            if tuple(event.size) == self._buffer.size:
                self.redraw()

    def redraw(self) -> None:
        """Write a whole frame soon. Safe in a signal handler."""
        if self._buffer is not None:
            self._buffer.invalidate()
            self._write_frame_soon()

    def _write_frame_soon(self) -> None:
        self._call_in_loop(self._write_frame)

    def _repaint_soon(self) -> None:
        """Write the present frame after some were skipped on a slow line, now that the line is
        idle."""
        cast("BufferedDriver", self._driver).when_idle = None
        self._call_in_loop(self.action_repaint)

    def _call_in_loop(self, callback: Callable[[], object]) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(callback)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        buffer, driver = self._buffer, self._driver
        if not isinstance(driver, BufferedDriver) or self.is_headless:
            super()._display(screen, renderable)
            return
        if buffer is None:
            self._display_plain(screen, renderable, driver)
            return
        try:
            if self._batch_count or not isinstance(renderable, LayoutUpdate | ChopsUpdate):
                return
            if not buffer.draw(renderable, self._colors):
                self.screen.refresh(layout=True)
                return
            self._write_frame()
        except Exception as error:  # as in Textual: it reports the defect and ends the app
            self._handle_exception(error)
        finally:
            self.post_display_hook()

    def _display_plain(
        self, screen: Screen[Any], renderable: RenderableType | None, driver: BufferedDriver
    ) -> None:
        if not driver.backlogged:
            super()._display(screen, renderable)
            return
        driver.when_idle = self._repaint_soon
        if not driver.busy:  # idle since before the callback was set
            self._repaint_soon()

    @property
    def _colors(self) -> ColorSystem:
        color_system = self.console._color_system  # noqa: SLF001  # the public property is only a name
        return color_system or ColorSystem.TRUECOLOR

    def _write_frame(self) -> None:
        """Write the newest difference, or, while the line is busy, wait until it is idle."""
        buffer, driver = self._buffer, self._driver
        if buffer is None or not isinstance(driver, BufferedDriver) or not self._can_write(buffer):
            return
        driver.when_idle = self._write_frame_soon
        if driver.busy:
            return
        driver.when_idle = None
        if frame := buffer.flush(self.text_cursor):
            synced = f"{_BEGIN_SYNC}{frame}{_END_SYNC}" if self._sync_available else frame
            cast("Driver", driver).write(synced)

    @property
    def text_cursor(self) -> tuple[int, int] | None:
        """The cursor (column, line) at which an input method shows its text; None: no input box has
        the focus."""
        if not hasattr(self.focused, "cursor_screen_offset"):
            return None
        at = self.screen.outer_size.clamp_offset(self.cursor_position)
        return at.x, at.y

    def _can_write(self, buffer: FrameBuffer) -> bool:
        return bool(buffer.drawn and self._running and not self._closed and self._screen_stack)
