"""The way out to the terminal: what is given to it never makes the giver wait."""

from __future__ import annotations

import os
import termios
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread

_AT_ONCE = 4096
"""Bytes for one write: what is still to come can be dropped between two of them."""
_CANCEL = "\x18"
"""Ends an escape sequence of which the rest will not come."""


class Outlet(Thread):
    """A thread that writes. It ends with the process even where the terminal takes nothing."""

    def __init__(self, fileno: int, free: Callable[[], None], lost: Callable[[], None]) -> None:
        """`free` is called in the thread whenever all is written, `lost` once when the
        terminal is gone."""
        super().__init__(daemon=True, name="terminal-outlet")
        self._fileno = fileno
        self._free = free
        self._lost = lost
        self._changed = Condition()
        self._texts: deque[str] = deque()
        self._writing = self._dropping = self._ended = False
        self.waiting = 0
        """Characters that are given and not yet written."""

    @property
    def busy(self) -> bool:
        """Whether something that was given is not yet written."""
        return bool(self.waiting)

    def write(self, text: str) -> None:
        """Give a text; what is given after the end is thrown away."""
        with self._changed:
            if text and not self._ended:
                self._texts.append(text)
                self.waiting += len(text)
                self._changed.notify_all()

    def settle(self, patience: float) -> None:
        """Wait so many seconds until all is written, and drop what is not written by then:
        what is given afterwards is the next thing that the terminal gets."""
        with self._changed:
            if self._changed.wait_for(lambda: not self.waiting, patience):
                return
            self._texts.clear()
            self._dropping = self._writing
            self.waiting = 0
        self.write(_CANCEL)
        with suppress(termios.error):
            termios.tcflush(self._fileno, termios.TCOFLUSH)

    def end(self, patience: float) -> None:
        """Write what is left, as far as it goes out in so many seconds."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self.join(patience)

    def run(self) -> None:
        try:
            while (text := self._next()) is not None:
                self._write(text)
                with self._changed:
                    self._writing = False
                    self.waiting = 0 if self._dropping else self.waiting - len(text)
                    if self._dropping:
                        self._dropping, self.waiting = False, sum(map(len, self._texts))
                    self._changed.notify_all()
                if not self.waiting:
                    self._free()
        except OSError:
            with self._changed:
                self._ended, self.waiting = True, 0
                self._texts.clear()
                self._changed.notify_all()
            self._lost()

    def _next(self) -> str | None:
        with self._changed:
            self._changed.wait_for(lambda: self._texts or self._ended)
            if not self._texts:
                return None
            self._writing = True
            return self._texts.popleft()

    def _write(self, text: str) -> None:
        data = memoryview(text.encode(errors="replace"))
        while data and not self._dropping:
            data = data[os.write(self._fileno, data[:_AT_ONCE]) :]
