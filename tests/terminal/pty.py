"""The program in a pseudo-terminal, with the screen that a person would see."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pyte

ROOT = Path(__file__).parent.parent.parent
QUIET = 0.1
"""Seconds without a byte, after which a frame is whole."""
PATIENCE = 30.0
"""Seconds until a screen that never comes is called a failure."""

KEPT = ("PATH", "HOME", "LANG", "LC_ALL")
ENTER = "\r"
BACKSPACE = "\x7f"
ESCAPE = "\x1b"

_HEX = re.compile("[0-9a-f]{6}")

MODES = {
    "alternate screen": (b"\x1b[?1049h", b"\x1b[?1049l"),
    "mouse": (b"\x1b[?1000h", b"\x1b[?1000l"),
    "mouse movement": (b"\x1b[?1003h", b"\x1b[?1003l"),
    "mouse encoding": (b"\x1b[?1006h", b"\x1b[?1006l"),
    "bracketed paste": (b"\x1b[?2004h", b"\x1b[?2004l"),
    "hidden cursor": (b"\x1b[?25l", b"\x1b[?25h"),
}
"""What a full-screen program turns on, and what turns it off again."""


def environment(**more: str) -> dict[str, str]:
    """What a person's terminal gives to the program, and nothing else of ours."""
    variables = {name: os.environ[name] for name in KEPT if name in os.environ}
    ours = {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    return {**variables, **ours, **more}


def command(home: Path, *arguments: str) -> list[str]:
    """The program as this tree has it."""
    return [sys.executable, "-m", "tui", "--home", str(home), *arguments]


def _is_light(colour: str) -> bool:
    parts = [int(colour[n : n + 2], 16) for n in (0, 2, 4)] if _HEX.fullmatch(colour) else [0]
    return sum(parts) > 330


class Terminal:
    """One run of the program. Everything that it writes is kept, and shown on a screen."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        columns: int = 120,
        lines: int = 36,
        more: Mapping[str, str] | None = None,
        instead: Sequence[str] = (),
    ) -> None:
        """`instead`: another command line than the program's own."""
        program, *rest = instead or command(home, *arguments)
        self.child = pexpect.spawn(
            program,
            rest,
            dimensions=(lines, columns),
            env=environment(**more or {}),
            timeout=PATIENCE,
            use_poll=True,
        )
        self.child.delaybeforesend = None
        self.raw = b""
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.child.close(force=True)

    @property
    def lines(self) -> list[str]:
        """The lines of the screen, as wide as it is.

        pyte's own `display` fails where the first half of a wide character was written over.
        """
        width, height = self.screen.columns, self.screen.lines
        rows = (self.screen.buffer[y] for y in range(height))
        return ["".join(row[x].data for x in range(width)) for row in rows]

    @property
    def text(self) -> str:
        """The screen, without the spaces at the lines' ends."""
        return "\n".join(line.rstrip() for line in self.lines)

    def _read(self, until: float) -> bool:
        """Take what was written; False where nothing more can come."""
        try:
            written = self.child.read_nonblocking(65536, max(0.01, until - time.monotonic()))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += written
        self._stream.feed(written)
        return True

    @property
    def has_cursor(self) -> bool:
        """Whether something stands on a light ground, as the choice with the focus does."""
        rows = self.screen.buffer.values()
        return any(_is_light(cell.bg) for row in rows for cell in row.values())

    def see_dialog(self, *texts: str) -> None:
        """Wait until a dialog with these texts hears keys: those before it was seen are lost."""
        self.see(*texts, cursor=True)

    def see(self, *texts: str, cursor: bool = False) -> None:
        """Wait until all the texts stand on the screen."""
        until = time.monotonic() + PATIENCE
        while not all(text in self.text for text in texts) or (cursor and not self.has_cursor):
            goes_on = self._read(until)
            assert goes_on, f"it ended with {self.end()} before {texts} was seen:\n{self.text}"
            assert time.monotonic() < until, f"{texts} never came:\n{self.text}"

    def see_gone(self, text: str) -> None:
        """Wait until the text stands nowhere on the screen."""
        until = time.monotonic() + PATIENCE
        while text in self.text:
            assert self._read(until), f"it ended with {text} on the screen:\n{self.text}"
            assert time.monotonic() < until, f"{text} stayed:\n{self.text}"

    def press(self, keys: str) -> None:
        """Type these characters."""
        self.child.send(keys)

    def ground_of(self, text: str) -> str:
        """The background behind the last place of the text, which tells what has the focus."""
        y, line = next((y, line) for y, line in enumerate(self.lines) if text in line)
        return str(self.screen.buffer[y][line.rindex(text) + 1].bg)

    def type_until_shown(self, keys: str, text: str) -> None:
        """Type the keys, again where a dialog that was not ready has thrown them away."""
        self.press(keys)
        typed = time.monotonic()

        def is_shown() -> bool:
            nonlocal typed
            if (
                text not in self.text
                and keys[0] not in self._field
                and time.monotonic() > typed + 1
            ):
                self.press(keys)
                typed = time.monotonic()
            return text in self.text

        self.until(is_shown)

    @property
    def _field(self) -> str:
        """What stands in the box that is typed into."""
        return next(
            (line.partition("›")[2].partition("│")[0] for line in self.lines if "›" in line), ""
        )

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it is so, and take what is written meanwhile."""
        until = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < until, f"it never came:\n{self.text}"
            self._read(time.monotonic() + 0.02)

    def settle(self) -> None:
        """Wait for the rest of a frame of which a part was seen."""
        read = -1
        while read != len(self.raw):
            read = len(self.raw)
            self._read(time.monotonic() + QUIET)

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        self.screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)

    def kill(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.child.pid, number)

    def end(self) -> int:
        """Wait until the program has ended; its exit code, or minus the signal's number."""
        until = time.monotonic() + PATIENCE
        while self._read(until):
            assert time.monotonic() < until, f"it goes on:\n{self.text}"
        self.child.wait()
        if self.child.signalstatus is not None:
            return -int(self.child.signalstatus)
        return int(self.child.exitstatus or 0)

    def end_unread(self) -> int:
        """Wait until the program has ended, and take nothing that it writes; its exit code."""
        until = time.monotonic() + PATIENCE
        pid, status = 0, 0
        while not pid:
            assert time.monotonic() < until, f"it goes on:\n{self.text}"
            time.sleep(0.01)
            pid, status = os.waitpid(self.child.pid, os.WNOHANG)
        self.child.terminated = self.child.ptyproc.terminated = True
        return os.waitstatus_to_exitcode(status)

    def take_rest(self) -> None:
        """Take what an ended program has left in the line."""
        poll = select.poll()  # takes any number, where select ends at 1,023
        poll.register(self.child.child_fd, select.POLLIN)
        while poll.poll(0) and self._read(time.monotonic()):
            continue

    def hang_up(self) -> int:
        """Close the line, as a lost connection does; the exit code that comes of it."""
        self.child.ptyproc.fileobj.close()
        code = self.end_unread()
        self.child.closed = self.child.ptyproc.closed = True
        return code

    @property
    def left_on(self) -> list[str]:
        """The modes that the program turned on last and did not turn off."""
        return [
            name for name, (on, off) in MODES.items() if self.raw.rfind(on) > self.raw.rfind(off)
        ]

    @property
    def is_cooked(self) -> bool:
        """Whether the line echoes and waits for whole lines, as a shell needs it."""
        modes = termios.tcgetattr(self.child.child_fd)[3]
        return bool(modes & termios.ECHO and modes & termios.ICANON)
