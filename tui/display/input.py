"""Reads terminal input in the event loop.

Textual 8.2.8 reads in a thread with a strict UTF-8 decoder: invalid UTF-8 (from a terminal in
another encoding, or a broken paste) ends the program with a traceback, a terminal that is gone is
polled forever, and keys and signals arrive out of order.
"""

from __future__ import annotations

import os
from asyncio import TimerHandle
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.display.paste import PasteFilter

if TYPE_CHECKING:
    from tui.display.app import DisplayApp

_READ_SIZE = 4096
_MARGIN = 0.005
"""Seconds after the parser's own timeout until an unfinished sequence is flushed."""


class InputDriver(LinuxDriver):
    """Textual's driver with input in the event loop; invalid bytes become `�`."""

    _parser: XTermParser
    _decode: Callable[[bytes], str]
    _paste_filter: PasteFilter
    _timeout: TimerHandle | None = None

    def run_input_thread(self) -> None:
        """Do nothing, so that Textual's input thread ends at once."""

    def start_application_mode(self) -> None:
        self._key_thread = None
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._key_thread is not None:
            self._parser = XTermParser(self._debug)
            encoding = cast("DisplayApp[Any]", self._app).encoding
            encoding = "utf-8" if encoding == "ascii" else encoding  # typed text may still be UTF-8
            self._decode = getincrementaldecoder(encoding)("replace").decode
            self._paste_filter = PasteFilter()
            self._loop.add_reader(self.fileno, self._receive)

    def disable_input(self) -> None:
        self._loop.remove_reader(self.fileno)
        if self._timeout is not None:
            self._timeout.cancel()
        super().disable_input()

    def send_message(self, message: Message) -> None:
        self._app.post_message(message)

    def _receive(self) -> None:
        """Pass on the input, or report that the terminal is gone."""
        data = self._read()
        if data is None:
            return
        if not data:
            self._loop.remove_reader(self.fileno)
            self.terminal_lost()
        elif text := self._paste_filter.feed(self._decode(data)):
            for event in self._parser.feed(text):
                self.process_message(event)
            if self._timeout is not None:
                self._timeout.cancel()
            delay = constants.ESCAPE_DELAY + _MARGIN
            self._timeout = self._loop.call_later(delay, self._end_sequence)

    def _end_sequence(self) -> None:
        """Flush an unfinished sequence: an escape without more is the Esc key."""
        for event in self._parser.tick():
            self.process_message(event)

    def _read(self) -> bytes | None:
        """The available input; empty: the terminal is gone; None: another process read it first."""
        try:
            return os.read(self.fileno, _READ_SIZE)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def terminal_lost(self) -> None:
        """Called when the terminal is gone, in the loop or in the output thread."""
