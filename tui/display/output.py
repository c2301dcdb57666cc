"""The way out to the terminal: what is given to it never makes the giver wait."""

from __future__ import annotations

import os
import termios
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from select import select
from threading import Condition, Thread

_AT_A_TIME = 4096
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
        self._given: deque[bytes] = deque()
        self._writing = self._dropping = self._ended = False
        self._at_once = _opened_anew(fileno)
        self.waiting = 0
        """Bytes that are given and not yet written."""

    @property
    def busy(self) -> bool:
        """Whether something that was given is not yet written."""
        return bool(self.waiting)

    def write(self, text: str) -> None:
        """Give a text; what is given after the end is thrown away. What the terminal takes
        without waiting goes to it at once, the rest by way of the thread."""
        data = text.encode(errors="replace")
        with self._changed:
            if self._ended:
                return
            if self._at_once is not None and not (self.waiting or self._writing):
                with suppress(OSError):  # it takes nothing, or is gone: the thread will know
                    data = data[os.write(self._at_once, data) :]
            if data:
                self._given.append(data)
                self.waiting += len(data)
                self._changed.notify_all()

    def settle(self, patience: float) -> None:
        """Wait so many seconds until all is written, and drop what is not written by then:
        what is given afterwards is the next thing that the terminal gets."""
        with self._changed:
            if self._changed.wait_for(lambda: not self.waiting, patience):
                return
            self._given.clear()
            self._dropping = self._writing
            self.waiting = 0
        with suppress(termios.error):
            termios.tcflush(self._fileno, termios.TCOFLUSH)
        self.write(_CANCEL)

    def end(self, patience: float) -> None:
        """Write what is left, as far as it goes out in so many seconds."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
            if self._at_once is not None:
                os.close(self._at_once)
                self._at_once = None
        self.join(patience)

    def run(self) -> None:
        try:
            while (data := self._next()) is not None:
                self._write(data)
                with self._changed:
                    self._writing = False
                    self.waiting = 0 if self._dropping else self.waiting - len(data)
                    if self._dropping:
                        self._dropping, self.waiting = False, sum(map(len, self._given))
                    self._changed.notify_all()
                if not self.waiting:
                    self._free()
        except OSError:
            with self._changed:
                self._ended, self.waiting = True, 0
                self._given.clear()
                self._changed.notify_all()
            self._lost()

    def _next(self) -> bytes | None:
        with self._changed:
            self._changed.wait_for(lambda: self._given or self._ended)
            if not self._given:
                return None
            self._writing = True
            return self._given.popleft()

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        while left and not self._dropping:
            try:
                left = left[os.write(self._fileno, left[:_AT_A_TIME]) :]
            except BlockingIOError:  # so it was left by a program that had it before
                select([], [self._fileno], [])


def _opened_anew(fileno: int) -> int | None:
    """The same terminal, for writing without waiting; None where that cannot be had.

    The one at hand is shared with the shell: that it never waits would be the shell's, too.
    """
    try:
        return os.open(os.ttyname(fileno), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return None
