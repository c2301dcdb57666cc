"""The terminal's input, read so that bytes which are no text do not end the program.

Textual 8.2.8 reads with a strict decoder: one byte that is no UTF-8 (a terminal set to
another encoding, a broken paste) ends its input thread with a traceback on the screen.
It asks a terminal that is gone for keys without end.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tui.pasting import Pasting

_AT_ONCE = 4096
_UNTIL_A_LONE_ESCAPE_IS_A_KEY = 0.1


class KeyboardDriver(LinuxDriver):
    """Textual's driver; what is no UTF-8 arrives as `�`."""

    def run_input_thread(self) -> None:
        """Pass on what is typed, until the app ends or the terminal is gone."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        pasting = Pasting()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_UNTIL_A_LONE_ESCAPE_IS_A_KEY):
                    typed = self._typed()
                    if not typed:
                        self.lost()
                        return
                    if text := pasting.made_safe(decode(typed)):
                        for event in parser.feed(text):
                            self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _typed(self) -> bytes:
        """What was typed; nothing where the terminal is gone."""
        try:
            return os.read(self.fileno, _AT_ONCE)
        except OSError:
            return b""

    def lost(self) -> None:
        """The terminal is gone. Called in the threads of input and output."""
