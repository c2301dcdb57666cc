"""Commands in processes of their own that kill themselves at a chosen step.

A step is one line of the program's own code, from where a payment, a look at what is open
or a resend begins; `SIGKILL` leaves no chance to tidy up.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import store
from tui.cli import run

_STORE = Path(store.__file__).parent
_WATCHED = tuple(
    str(_STORE / name) for name in ("payments/", "clouds/practice/", "db.py", "sync.py")
)
_BEGINNINGS = frozenset({"pay", "reconcile", "ask_again", "buy"})
KILLED = -signal.SIGKILL


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code, or the negative number of the signal that killed
    it; and how many steps it made until then, where it lived to tell."""

    code: int
    steps: int


def in_a_process(
    home: Path, arguments: Sequence[str], *, die_at: int = 0, alarm: float = 0.0
) -> Ended:
    """Run a command in a process that dies at this step, or after so many seconds."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _live(home, arguments, writing, die_at, alarm)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        said = told.read()
    _, status = os.waitpid(pid, 0)
    return Ended(os.waitstatus_to_exitcode(status), int(said or b"0"))


def must_do(home: Path, arguments: Sequence[str]) -> Ended:
    """Run a command that has to work."""
    ended = in_a_process(home, arguments)
    assert ended.code == 0, (arguments, ended, (home / "said.txt").read_text())
    return ended


def _live(home: Path, arguments: Sequence[str], tell: int, die_at: int, alarm: float) -> None:
    code = 70
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(home / "said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 2)
        counter = _Counter(die_at)
        sys.settrace(counter.trace)
        if alarm:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, alarm)
        code = run(["--home", str(home), *arguments])
        sys.settrace(None)
        os.write(tell, str(counter.steps).encode())
    finally:
        os._exit(code)


class _Counter:
    def __init__(self, die_at: int) -> None:
        self.steps = 0
        self._die_at = die_at
        self._has_begun = False

    def trace(self, frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(_WATCHED):
            return None
        if code.co_name in _BEGINNINGS and code.co_filename.startswith(_WATCHED[0]):
            self._has_begun = True
        return self._line

    def _line(self, _: FrameType, event: str, __: Any) -> Callable[..., Any]:
        if self._has_begun and event == "line":
            self.steps += 1
            if self.steps == self._die_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return self._line
