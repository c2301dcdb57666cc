"""stdin, stdout and stderr, and the only way by which anything is written to them.

What they cannot encode, do not take or do not have changes nothing that a command does or comes
to: a letter that the encoding lacks becomes a mark; a full pipe is waited for, though it was left
non-blocking; what a closed pipe or a full disk does not take is dropped, and kept as `failure`.
click, rich, logging and warnings write to `sys.stdout` and `sys.stderr`, which are these.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from select import select
from typing import TYPE_CHECKING, TextIO

from tui.streams.encodings import MARKS

if TYPE_CHECKING:
    from typing_extensions import Buffer


class StandardOutput(io.FileIO):
    """A descriptor that always takes everything. After a failure the rest is dropped."""

    def __init__(self, fileno: int) -> None:
        super().__init__(fileno, "w", closefd=False)
        self.failure: OSError | None = None
        """Why it takes nothing more."""

    def write(self, data: Buffer) -> int:
        """Write all of it, as slowly as the other end takes it."""
        whole = memoryview(data).cast("B")
        left = whole
        while left and self.failure is None:
            try:
                taken = super().write(left)
            except OSError as error:
                self.failure = error
            else:
                if taken is None:
                    select([], [self], [])
                left = left[taken or 0 :]
        return len(whole)

    @property
    def is_unread(self) -> bool:
        """Whether the reader has gone away."""
        return self.failure is not None and self.failure.errno == errno.EPIPE


class StandardInput(io.FileIO):
    """A descriptor that is waited for, though it was left non-blocking."""

    def __init__(self) -> None:
        super().__init__(0, "r", closefd=False)

    def readinto(self, buffer: Buffer) -> int:
        """Read what there is; 0 at the end."""
        while (taken := super().readinto(buffer)) is None:
            select([self], [], [])
        return taken


def use_terminal_size() -> None:
    """Forget `COLUMNS` and `LINES` where the terminal tells its own size: exported, they would
    hold whatever size it had once."""
    with suppress(OSError):
        if all(os.get_terminal_size(1)):
            for name in ("COLUMNS", "LINES"):
                os.environ.pop(name, None)


def use_standard_streams() -> StandardOutput:
    """Put them in the place of Python's own; returns the one that carries the data.

    The number of a stream that was closed before the start would be taken by the next file
    that is opened, so it is given to /dev/null.
    """
    for fileno in range(3):
        _fill(fileno)
    encoding = getattr(sys.stdin, "encoding", None) or "utf-8"
    sys.stdin = io.TextIOWrapper(io.BufferedReader(StandardInput()), encoding, "replace")
    stdout = StandardOutput(1)
    sys.stdout = _text(sys.stdout, stdout, line_buffering=stdout.isatty())
    sys.stderr = _text(sys.stderr, StandardOutput(2), line_buffering=True)
    return stdout


def _fill(fileno: int) -> None:
    try:
        os.fstat(fileno)
    except OSError:
        opened = os.open(os.devnull, os.O_RDWR)
        if opened != fileno:
            os.dup2(opened, fileno)
            os.close(opened)


def _text(stream: TextIO | None, raw: StandardOutput, *, line_buffering: bool) -> io.TextIOWrapper:
    with suppress(OSError, AttributeError):
        stream.flush()  # type: ignore[union-attr]
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, MARKS, line_buffering=line_buffering)


def write_words(text: str = "", *, err: bool = False, end: str = "\n") -> None:
    """Text for people, in the encoding of the terminal."""
    stream = sys.stderr if err else sys.stdout
    stream.write(text + end)
    stream.flush()


def write_data(data: str | bytes) -> None:
    """A document for programs on stdout: UTF-8, whatever the locale is."""
    sys.stdout.flush()
    out = sys.stdout.buffer
    out.write(data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data)
    out.flush()


def reader_has_gone() -> bool:
    """Whether nobody reads stdout any more."""
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return isinstance(raw, StandardOutput) and raw.is_unread


def output_encoding() -> str:
    """The encoding of what is written for people."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"
