"""Writes to the terminal in a thread, so that a stalled terminal never blocks the event loop."""

from __future__ import annotations

import os
import termios
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from select import select
from threading import Condition, Thread

_CHUNK = 4096
"""Bytes in one write; pending output can be dropped between two writes."""
_CANCEL = "\x18"
"""Ends an escape sequence whose rest was dropped."""


class OutputThread(Thread):
    """Writes queued text. A daemon thread: it ends with the process even if the terminal is
    stalled."""

    def __init__(
        self,
        fileno: int,
        encoding: str,
        on_idle: Callable[[], None],
        on_lost: Callable[[], None],
    ) -> None:
        """`on_idle` is called in the thread whenever everything is written, `on_lost` once if the
        terminal is gone."""
        super().__init__(daemon=True, name="terminal-output")
        self._fileno = fileno
        self._encoding = encoding
        self._on_idle = on_idle
        self._on_lost = on_lost
        self._changed = Condition()
        self._queue: deque[bytes] = deque()
        self._writing = self._dropping = self._ended = False
        self._nonblocking = _reopen_nonblocking(fileno)
        self.pending = 0
        """Bytes queued or being written."""

    @property
    def busy(self) -> bool:
        """Whether some output has not been written yet."""
        return bool(self.pending)

    def write(self, text: str) -> None:
        """Write as much as the terminal takes at once, and queue the rest. Ignored after `end`."""
        data = text.encode(self._encoding, "replace")
        with self._changed:
            if self._ended:
                return
            if self._nonblocking is not None and not (self.pending or self._writing):
                with suppress(OSError):  # full, or gone: the thread finds out which
                    data = data[os.write(self._nonblocking, data) :]
            if data:
                self._queue.append(data)
                self.pending += len(data)
                self._changed.notify_all()

    def drain(self, timeout: float) -> None:
        """Wait up to `timeout` seconds until everything is written, then drop the rest, so that the
        next text reaches the terminal next."""
        with self._changed:
            if self._changed.wait_for(lambda: not self.pending, timeout):
                return
            self._queue.clear()
            self._dropping = self._writing
            self.pending = 0
        with suppress(termios.error):
            termios.tcflush(self._fileno, termios.TCOFLUSH)
        self.write(_CANCEL)

    def end(self, timeout: float) -> None:
        """Accept no more text, and wait up to `timeout` seconds for the queue."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
            if self._nonblocking is not None:
                os.close(self._nonblocking)
                self._nonblocking = None
        self.join(timeout)

    def run(self) -> None:
        try:
            while (data := self._next()) is not None:
                self._write(data)
                with self._changed:
                    self._writing = False
                    self.pending = 0 if self._dropping else self.pending - len(data)
                    if self._dropping:
                        self._dropping, self.pending = False, sum(map(len, self._queue))
                    self._changed.notify_all()
                if not self.pending:
                    self._on_idle()
        except OSError:
            with self._changed:
                self._ended, self.pending = True, 0
                self._queue.clear()
                self._changed.notify_all()
            self._on_lost()

    def _next(self) -> bytes | None:
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._ended)
            if not self._queue:
                return None
            self._writing = True
            return self._queue.popleft()

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest and not self._dropping:
            try:
                rest = rest[os.write(self._fileno, rest[:_CHUNK]) :]
            except BlockingIOError:  # the descriptor was left non-blocking by another program
                select([], [self._fileno], [])


def _reopen_nonblocking(fileno: int) -> int | None:
    """A second, non-blocking descriptor of the same terminal; None: it cannot be opened.

    The flag cannot be set on `fileno`, whose file description is shared with the shell.
    """
    try:
        return os.open(os.ttyname(fileno), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return None
