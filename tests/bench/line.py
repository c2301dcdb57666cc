"""A program on a pseudo-terminal, seen from outside: bytes, cells, seconds and CPU seconds."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import psutil

from tests.display.terminal import Terminal

ROOT = Path(__file__).parents[2]
QUIET = 0.25
"""Seconds without a byte after which a change counts as over."""
PATIENCE = 60.0
BETWEEN = 0.004
"""Seconds within which the parts of one change follow one another."""
KEPT = ("PATH", "HOME")


class Line:
    """One run. `speed`: bytes a second that the line takes; 0: as many as come."""

    def __init__(
        self, command: list[str], *, speed: int = 0, width: int = 120, height: int = 40, **env: str
    ) -> None:
        variables = {name: os.environ[name] for name in KEPT if name in os.environ}
        variables |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **env}
        self.speed = speed
        self.started = time.monotonic()
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
            os.execvpe(command[0], command, variables)
        self.terminal = Terminal(width, height)
        self.received = 0
        self.last = self.started
        """When the last byte came."""
        self._unseen = b""

    def __enter__(self) -> Line:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._file)

    def read_for(self, seconds: float) -> bool:
        """Take what comes in that time; whether anything came."""
        came, end = False, time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self.speed:
                time.sleep(min(left, 0.02))
            elif not select.select([self._file], [], [], left)[0]:
                break
            came = self._read() or came
        return came

    def _comes(self, seconds: float) -> bool:
        """Take the next that comes within that time; whether anything came."""
        return bool(select.select([self._file], [], [], max(seconds, 0))[0]) and self._read()

    def _read(self) -> bool:
        if not select.select([self._file], [], [], 0)[0]:
            return False
        try:
            data = os.read(self._file, int(self.speed * 0.02) or 65536)
        except OSError as error:
            raise RuntimeError(f"the program has ended: {self._unseen[-800:]!r}") from error
        self._unseen += data
        self.received += len(data)
        self.last = time.monotonic()
        return True

    def settle(self, quiet: float = QUIET) -> int:
        """Wait until nothing comes for that long; the bytes since the start."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and (
            self.read_for(quiet / 5) or time.monotonic() - self.last < quiet
        ):
            continue
        self.terminal.feed(self._unseen.decode(errors="replace"))
        self._unseen = b""
        return self.received

    def until(self, text: str) -> float:
        """Wait for the text, and for the change that it is part of; seconds from the start."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.settle()
            if text in self.terminal.text:
                return self.last - self.started
        raise TimeoutError(f"{text!r} never came:\n{self.terminal.text}")

    def send(self, keys: str) -> None:
        """Type that, and do not wait."""
        os.write(self._file, keys.encode())

    def shows(self, text: str, *, shown: bool = True) -> float:
        """Wait until the text is on the screen, or no longer; when the bytes came that did it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self._comes(0.1):
                while self._comes(BETWEEN):
                    continue
            self.terminal.feed(self._unseen.decode(errors="replace"))
            self._unseen = b""
            if (text in self.terminal.text) is shown:
                return self.last
        raise TimeoutError(f"{text!r} never came:\n{self.terminal.text}")

    def answers(self, keys: str, *, whole: bool = False) -> float:
        """Type that: seconds to the first bytes that it leads to, or to the last."""
        self.settle()
        sent = time.monotonic()
        self.send(keys)
        if not self._comes(PATIENCE):
            raise TimeoutError(f"{keys!r} led to nothing")
        first = self.last
        self.settle()
        return (self.last if whole else first) - sent

    def leave(self, keys: str) -> None:
        """Type that, and wait until the program has ended."""
        self.send(keys)
        with suppress(RuntimeError, OSError):
            while True:
                self.settle()

    def press(self, keys: str) -> tuple[int, int]:
        """Type that: the bytes that it led to, and the cells that look different then."""
        before, bytes_before = self.terminal.visible, self.received
        self.send(keys)
        self.read_for(QUIET)
        count = self.settle() - bytes_before
        pairs = zip(before, self.terminal.visible, strict=True)
        cells = sum(a != b for old, new in pairs for a, b in zip(old, new, strict=True))
        return count, cells

    @property
    def cpu(self) -> float:
        """CPU seconds so far; on Linux by the process's own clock, since counts of hundredths
        are too coarse for a start."""
        if sys.platform == "linux":
            return time.clock_gettime(~self.pid << 3 | 2)  # MAKE_PROCESS_CPUCLOCK of its kernel
        times = psutil.Process(self.pid).cpu_times()
        return times.user + times.system
