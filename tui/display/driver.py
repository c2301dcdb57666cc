"""Textual's driver for a terminal that can stall, be suspended, and go away.

Textual 8.2.8 blocks the event loop if the terminal takes no output, and enters its application mode
twice if the process is continued after a stop that it did not handle. Neither may happen during a
payment, so output and signals are handled here.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any, cast

from tui.display.input import InputDriver
from tui.display.output import OutputThread

if TYPE_CHECKING:
    from textual.app import App

    from tui.display.app import DisplayApp

HANG_UP = 128 + signal.SIGHUP
ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
_INTERRUPTS = (signal.SIGINT, signal.SIGQUIT)
_TYPED_SIGNALS = (*_INTERRUPTS, signal.SIGTSTP, signal.SIGCONT)
"""Signals that keys send to all programs on the terminal, and with which a shell continues them."""
DRAIN_TIMEOUT = 0.3
"""Seconds to wait for pending output before the terminal is given back."""
BACKLOG_LIMIT = 32_768
"""Bytes of pending output above which new frames are skipped: they would be outdated when shown."""
_RESET = "\x1b[r\x1b[m"
"""Resets the scroll region and the style for other programs."""
_MOUSE_PIXELS_OFF = "\x1b[?1016l"
"""Turns off pixel coordinates of the mouse; Textual only turns them on."""


class TerminalDriver(InputDriver):
    """Writes in the background, stops and continues in order, and ends the app if the terminal is
    gone."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._file = sys.__stdout__  # certainly a terminal; Textual writes to stderr
        self.when_idle: Callable[[], None] | None = None
        self._output: OutputThread | None = None
        self._has_terminal = False
        self._handle_ending_signals(*ENDING_SIGNALS)
        self._handle_stop_signals()

    def _handle_ending_signals(self, *numbers: signal.Signals) -> None:
        for number in numbers:
            self._loop.add_signal_handler(number, self._app.exit, 128 + number)

    def _handle_stop_signals(self) -> None:
        """Handle stops in the event loop; Textual's handlers interrupt it at any instruction."""
        self._loop.add_signal_handler(signal.SIGTSTP, self._stop)
        self._loop.add_signal_handler(signal.SIGCONT, self._continue)

    @property
    def busy(self) -> bool:
        """Whether output is pending, or the terminal belongs to another program."""
        return not self._has_terminal or self._output is None or self._output.busy

    @property
    def backlogged(self) -> bool:
        """Whether so much output is pending that a new frame would be old when shown."""
        return (
            not self._has_terminal or self._output is None or self._output.pending > BACKLOG_LIMIT
        )

    def write(self, data: str) -> None:
        if self._output is not None:
            self._output.write(data)

    def start_application_mode(self) -> None:
        self._writer_thread = None
        fileno = cast("IO[str]", self._file).fileno()
        self._output = OutputThread(
            fileno,
            cast("DisplayApp[Any]", self._app).encoding,
            self._output_idle,
            self.terminal_lost,
        )
        self._output.start()
        super().start_application_mode()
        self._has_terminal = self._writer_thread is not None
        if self._has_terminal:
            cast("DisplayApp[Any]", self._app).redraw()
        else:
            self._output.end(DRAIN_TIMEOUT)

    def stop_application_mode(self) -> None:
        if not self._has_terminal or self._output is None:
            return
        self._has_terminal = False
        self._output.drain(DRAIN_TIMEOUT)
        self.write(_RESET)
        super().stop_application_mode()
        self._in_band_window_resize = False  # to be asked again: the terminal may be another one

    def _enable_mouse_support(self) -> None:
        """Also turn on pixel coordinates for a terminal that reports its size in band."""
        super()._enable_mouse_support()
        if self._in_band_window_resize:
            self._enable_mouse_pixels()

    def _disable_mouse_support(self) -> None:
        if self._in_band_window_resize and self._mouse:
            self.write(_MOUSE_PIXELS_OFF)
        super()._disable_mouse_support()

    def switch_mouse(self, enabled: bool) -> None:  # noqa: FBT001  # its only argument
        """Take the mouse, or leave it to the terminal."""
        self._mouse = True  # otherwise neither call has an effect
        if enabled:
            self._enable_mouse_support()
        else:
            self._disable_mouse_support()
        self._mouse = enabled

    def close(self) -> None:
        super().close()
        if self._output is not None:
            self._output.end(DRAIN_TIMEOUT)

    @contextmanager
    def signals_left_to_child(self) -> Iterator[None]:
        """While another program has the terminal, leave Ctrl+C and Ctrl+\\ to it; Ctrl+Z stops both
        until a shell continues them."""
        for number in _TYPED_SIGNALS:
            self._loop.remove_signal_handler(number)
        for number in _INTERRUPTS:  # not SIG_IGN, which the program would inherit
            signal.signal(number, lambda *_: None)
        try:
            yield
        finally:
            self._handle_stop_signals()
            # In its next turn the loop reads the signals that came, which were the program's, so
            # the handlers return in the turn after that.
            turn = self._loop.call_soon
            turn(turn, self._handle_ending_signals, *_INTERRUPTS)

    def _stop(self) -> None:
        """Give the terminal back and stop, as a shell expects; resume when continued.

        The kernel does not stop a process that no shell can continue.
        """
        if self._has_terminal:
            self.suspend_application_mode()
        self._loop.remove_signal_handler(signal.SIGCONT)
        self._loop.remove_signal_handler(signal.SIGTSTP)
        signal.raise_signal(signal.SIGTSTP)
        self._handle_stop_signals()
        self._resume()

    def _continue(self) -> None:
        """Start anew after a stop by another signal, since the terminal's state is unknown."""
        if self._has_terminal:
            self.suspend_application_mode()
        self._resume()

    def _resume(self) -> None:
        self.resume_application_mode()
        cast("DisplayApp[Any]", self._app).action_repaint()

    def _output_idle(self) -> None:
        """Call `when_idle`. Runs in the output thread, while the loop can withdraw it."""
        if (callback := self.when_idle) is not None and self._has_terminal:
            callback()

    def terminal_lost(self) -> None:
        """End the app as on a hang-up. Called in the loop or in the output thread."""
        with suppress(RuntimeError):  # the loop is closed: the app has ended
            self._loop.call_soon_threadsafe(self._app.exit, HANG_UP)
