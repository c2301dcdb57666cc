"""The terminal's input, read so that bytes which are no text do not end the program.

Textual 8.2.8 reads with a strict decoder: one byte that is no UTF-8 (a terminal set to
another encoding, a broken paste) ends its input thread with a traceback on the screen.
It asks a terminal that is gone for keys without end. And it reads in a thread, from which
each key has to find its way into the loop; here the loop itself waits for the terminal.
"""

from __future__ import annotations

import os
from asyncio import TimerHandle
from codecs import getincrementaldecoder
from collections.abc import Callable

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.display.paste import Pasting

_AT_ONCE = 4096
_A_LITTLE = 0.005
"""Seconds by which the parser is asked later than when it gives a sequence up."""


class KeyboardDriver(LinuxDriver):
    """Textual's driver; what is no UTF-8 arrives as `�`."""

    _parser: XTermParser
    _decode: Callable[[bytes], str]
    _pasting: Pasting
    _escape: TimerHandle | None = None

    def run_input_thread(self) -> None:
        """Textual starts a thread for it, which has nothing to do."""

    def start_application_mode(self) -> None:
        self._key_thread = None
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._key_thread is not None:
            self._parser = XTermParser(self._debug)
            self._decode = getincrementaldecoder("utf-8")("replace").decode
            self._pasting = Pasting()
            self._loop.add_reader(self.fileno, self._take)

    def disable_input(self) -> None:
        self._loop.remove_reader(self.fileno)
        if self._escape is not None:
            self._escape.cancel()
        super().disable_input()

    def send_message(self, message: Message) -> None:
        self._app.post_message(message)

    def _take(self) -> None:
        """Pass on what was typed, or tell that the terminal is gone."""
        typed = self._typed()
        if typed is None:
            return
        if not typed:
            self._loop.remove_reader(self.fileno)
            self.lost()
        elif text := self._pasting.made_safe(self._decode(typed)):
            for event in self._parser.feed(text):
                self.process_message(event)
            if self._escape is not None:
                self._escape.cancel()
            later = constants.ESCAPE_DELAY + _A_LITTLE
            self._escape = self._loop.call_later(later, self._give_up_a_sequence)

    def _give_up_a_sequence(self) -> None:
        """Nothing has followed: a lone escape is a key."""
        for event in self._parser.tick():
            self.process_message(event)

    def _typed(self) -> bytes | None:
        """What was typed; empty where the terminal is gone, None where another program was
        quicker to take it."""
        try:
            return os.read(self.fileno, _AT_ONCE)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def lost(self) -> None:
        """The terminal is gone. Called in the loop, and in the outlet."""
