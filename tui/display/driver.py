"""Textual's driver for a line that can stall, stop, and go away.

Textual 8.2.8 waits in the event loop for a terminal that takes nothing, and starts a second
time when it is continued without having been stopped in order. Neither may happen
while a payment is under way, so output and signals are our own, as the keyboard is.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, cast

from tui.display.input import KeyboardDriver
from tui.display.output import Outlet

if TYPE_CHECKING:
    from textual.app import App

    from tui.display.app import DisplayApp

HANG_UP = 128 + signal.SIGHUP
ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
PATIENCE = 0.3
"""Seconds for what is still to be written, before the terminal is given back."""
MUCH = 32_768
"""So many characters on their way are more than a person should see before the present."""
_LEAVE = "\x1b[r\x1b[m"
"""All lines scroll, no colours: what is written next is another program's."""

_NO_PIXELS = "\x1b[?1016l"
"""Textual turns the mouse's pixels on and never off: they would stay for other programs."""


class LineDriver(KeyboardDriver):
    """Knows whether the terminal takes what it is given, and ends the app when it is gone."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._file = sys.__stdout__  # the one that is known for a terminal; Textual's is stderr
        self.when_free: Callable[[], None] | None = None
        self._outlet: Outlet | None = None
        self._ours = False
        for number in ENDING:
            self._loop.add_signal_handler(number, app.exit, 128 + number)
        self._listen_for_stops()

    def _listen_for_stops(self) -> None:
        """In the loop, not between two of its instructions, as Textual does."""
        self._loop.add_signal_handler(signal.SIGTSTP, self._stop)
        self._loop.add_signal_handler(signal.SIGCONT, self._continue)

    @property
    def busy(self) -> bool:
        """Whether something is on its way, or the terminal belongs to another program."""
        return not self._ours or self._outlet is None or self._outlet.busy

    @property
    def behind(self) -> bool:
        """Whether so much is on its way that more would be old when it is seen."""
        return not self._ours or self._outlet is None or self._outlet.waiting > MUCH

    def write(self, data: str) -> None:
        if self._outlet is not None:
            self._outlet.write(data)

    def start_application_mode(self) -> None:
        self._writer_thread = None
        self._outlet = Outlet(cast("IO[str]", self._file).fileno(), self._free, self.lost)
        self._outlet.start()
        super().start_application_mode()
        self._ours = self._writer_thread is not None
        if self._ours:
            cast("DisplayApp[Any]", self._app).doubt()
        else:
            self._outlet.end(PATIENCE)

    def stop_application_mode(self) -> None:
        if not self._ours or self._outlet is None:
            return
        self._ours = False
        self._outlet.settle(PATIENCE)
        self.write(_LEAVE)
        super().stop_application_mode()
        self._in_band_window_resize = False  # it is asked for anew, maybe of another terminal

    def _enable_mouse_support(self) -> None:
        """A terminal that tells its size by itself is read in pixels, whenever it is asked."""
        super()._enable_mouse_support()
        if self._in_band_window_resize:
            self._enable_mouse_pixels()

    def _disable_mouse_support(self) -> None:
        if self._in_band_window_resize and self._mouse:
            self.write(_NO_PIXELS)
        super()._disable_mouse_support()

    def close(self) -> None:
        super().close()
        if self._outlet is not None:
            self._outlet.end(PATIENCE)

    def _stop(self) -> None:
        """Give the terminal back and stop, as a shell expects it; go on when continued.

        Where no shell could continue us the kernel does not stop us at all.
        """
        if self._ours:
            self.suspend_application_mode()
        self._loop.remove_signal_handler(signal.SIGCONT)
        self._loop.remove_signal_handler(signal.SIGTSTP)
        signal.raise_signal(signal.SIGTSTP)
        self._listen_for_stops()
        self._come_back()

    def _continue(self) -> None:
        """Continued after a stop that was not ours: whatever the terminal is now, begin anew."""
        if self._ours:
            self.suspend_application_mode()
        self._come_back()

    def _come_back(self) -> None:
        self.resume_application_mode()
        cast("DisplayApp[Any]", self._app).action_repaint()

    def _free(self) -> None:
        """Called in the outlet's thread, while the loop may take the wish back."""
        if (tell := self.when_free) is not None and self._ours:
            tell()

    def lost(self) -> None:
        """End as a terminal that is closed asks for. Called in the loop, and in the outlet."""
        with suppress(RuntimeError):  # the loop is closed: the app has ended
            self._loop.call_soon_threadsafe(self._app.exit, HANG_UP)
