"""Commands in processes of their own that kill themselves at a chosen step.

A step is one line of the program's own code, from where a payment, a look at what is open
or a resend begins; `SIGKILL` leaves no chance to tidy up.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import store
from store.clouds.alibaba.sdk import build_request
from tui.cli import run

_STORE = Path(store.__file__).parent
_WATCHED = tuple(
    str(_STORE / name) for name in ("payments/", "clouds/", "database/", "items/sync.py")
)
SENT, ASKED, ANSWERED, WRITTEN = "sent", "asked", "answered", "written"
_BEGINNINGS = frozenset({"pay", "reconcile", "send_again", "buy", "close_unbought"})
_MARKS = (
    ("payments/", "mark_sent", SENT),
    ("clouds/alibaba/", build_request.__name__, ASKED),
    ("clouds/", "renew", ANSWERED),
    ("payments/", "settle", WRITTEN),
)
"""What it means that a function of this folder has come back, for the first time after what
stands before it here has; the practice cloud has no request of its own."""
_COMMANDS = (
    "pendulum",
    "psutil",
    "store.clouds.practice.cloud",
    "store.payments.batch",
    "tui.cli.payments",
    "tui.cli.renew",
    "tui.cli.status",
    "tui.cli.sync",
    "tui.streams.log",
    "ulid",
)
KILLED = -signal.SIGKILL

Act = Callable[[Path], int]
"""Something that is done with a home; its exit code."""


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code, or the negative number of the signal that killed
    it; and how many steps it made until then, where it lived to tell."""

    code: int
    steps: int
    marks: dict[str, int] = field(default_factory=dict)
    """The steps at which a renewal was written down as sent, its request was made, its
    answer was there, and what came of it was written down."""


def import_commands() -> None:
    """Import what the commands import, once, so that each process that is forked has it."""
    for name in _COMMANDS:
        import_module(name)


def nobody(_: int) -> None:
    """Ignores the process ID."""


def in_a_process(
    home: Path,
    what: Sequence[str] | Act,
    *,
    die_at: int = 0,
    since: str = "",
    counted: bool = False,
    alarm: float = 0.0,
    born: Callable[[int], None] = nobody,
) -> Ended:
    """Run a command in a process that dies at this step, counted from its beginning or since
    a mark, or after so many seconds; `born` gets its process ID. Steps are counted for a death, or
    where they are asked for."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        counter = _Counter(die_at, since, is_on=counted or die_at > 0)
        _live(home, what, writing, counter, alarm)
    born(pid)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        written = pipe.read()
    _, status = os.waitpid(pid, 0)
    steps, marks = json.loads(written or b"[0, {}]")
    return Ended(os.waitstatus_to_exitcode(status), steps, marks)


def must_do(home: Path, what: Sequence[str] | Act, *, counted: bool = False) -> Ended:
    """Run a command that has to work."""
    ended = in_a_process(home, what, counted=counted)
    assert ended.code == 0, (what, ended, (home / "said.txt").read_text())
    return ended


def _live(
    home: Path, what: Sequence[str] | Act, tell: int, counter: _Counter, alarm: float
) -> None:
    code = 70
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(home / "said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 2)
        if counter.is_on:
            sys.settrace(counter.trace)
        if alarm:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, alarm)
        code = what(home) if callable(what) else run(["--home", str(home), *what])
        sys.settrace(None)
        os.write(tell, json.dumps([counter.steps, counter.marks]).encode())
    finally:
        os._exit(code)


class _Counter:
    def __init__(self, die_at: int, since: str, *, is_on: bool) -> None:
        self.is_on = is_on
        self.steps = 0
        self.marks: dict[str, int] = {}
        self._die_at = 0 if since else die_at
        self._die_after = {since: die_at}
        self._has_begun = False

    def trace(self, frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(_WATCHED):
            return None
        if code.co_name in _BEGINNINGS and code.co_filename.startswith(_WATCHED[0]):
            self._has_begun = True
        return self._line

    def _line(self, frame: FrameType, event: str, __: Any) -> Callable[..., Any]:
        if self._has_begun and event == "line":
            self.steps += 1
            if self.steps == self._die_at:
                os.kill(os.getpid(), signal.SIGKILL)
        if event == "return":
            self._mark(frame)
        return self._line

    def _mark(self, frame: FrameType) -> None:
        code = frame.f_code
        for folder, name, mark in _MARKS:
            came_back = code.co_name == name and code.co_filename.startswith(str(_STORE / folder))
            if came_back and mark not in self.marks and (mark == SENT or SENT in self.marks):
                self.marks[mark] = self.steps
                if mark in self._die_after:
                    self._die_at = self.steps + self._die_after.pop(mark)
