"""stdin, stdout and stderr, and the only functions that write to them.

Their state never changes what a command does or its exit code: a character that the encoding lacks
is replaced; a full pipe is waited for, even if it was left non-blocking; after a closed pipe or a
full disk, output is dropped and the reason kept as `failure`. click, rich, logging and warnings
write to `sys.stdout` and `sys.stderr`, which are replaced by these.
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
    """A descriptor that accepts all output. After a failure it drops the rest."""

    def __init__(self, fileno: int) -> None:
        super().__init__(fileno, "w", closefd=False)
        self.failure: OSError | None = None
        """Why output is dropped; None: it is written."""

    def write(self, data: Buffer) -> int:
        """Write everything, waiting for a slow reader."""
        data_view = memoryview(data).cast("B")
        rest = data_view
        while rest and self.failure is None:
            try:
                taken = super().write(rest)
            except OSError as error:
                self.failure = error
            else:
                if taken is None:
                    select([], [self], [])
                rest = rest[taken or 0 :]
        return len(data_view)

    @property
    def is_unread(self) -> bool:
        """Whether the reader has gone away."""
        return self.failure is not None and self.failure.errno == errno.EPIPE


class StandardInput(io.FileIO):
    """A descriptor that waits for input, even if it was left non-blocking."""

    def __init__(self) -> None:
        super().__init__(0, "r", closefd=False)

    def readinto(self, buffer: Buffer) -> int:
        """Read what is available; 0 at the end of input."""
        while (taken := super().readinto(buffer)) is None:
            select([self], [], [])
        return taken


def ignore_exported_size() -> None:
    """Ignore `COLUMNS` and `LINES` if the terminal reports its size: exported values can be
    outdated."""
    with suppress(OSError):
        if all(os.get_terminal_size(1)):
            for name in ("COLUMNS", "LINES"):
                os.environ.pop(name, None)


def use_standard_streams() -> StandardOutput:
    """Replace Python's standard streams; returns the new stdout.

    The next file opened would get the number of a stream that was closed before the start, so that
    number is opened on /dev/null.
    """
    for fileno in range(3):
        _open_on_null(fileno)
    encoding = getattr(sys.stdin, "encoding", None) or "utf-8"
    sys.stdin = io.TextIOWrapper(io.BufferedReader(StandardInput()), encoding, "replace")
    stdout = StandardOutput(1)
    sys.stdout = _wrap_stream(sys.stdout, stdout, line_buffering=stdout.isatty())
    sys.stderr = _wrap_stream(sys.stderr, StandardOutput(2), line_buffering=True)
    return stdout


def _open_on_null(fileno: int) -> None:
    try:
        os.fstat(fileno)
    except OSError:
        opened = os.open(os.devnull, os.O_RDWR)
        if opened != fileno:
            os.dup2(opened, fileno)
            os.close(opened)


def _wrap_stream(
    stream: TextIO | None, raw: StandardOutput, *, line_buffering: bool
) -> io.TextIOWrapper:
    with suppress(OSError, AttributeError):
        stream.flush()  # type: ignore[union-attr]
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, MARKS, line_buffering=line_buffering)


def write_words(text: str = "", *, err: bool = False, end: str = "\n") -> None:
    """Write text for people, in the encoding of the terminal."""
    stream = sys.stderr if err else sys.stdout
    stream.write(text + end)
    stream.flush()


def write_data(data: str | bytes) -> None:
    """Write a document for programs to stdout, in UTF-8 whatever the locale is."""
    sys.stdout.flush()
    out = sys.stdout.buffer
    out.write(data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data)
    out.flush()


def reader_has_gone() -> bool:
    """Whether nobody reads stdout any more."""
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return isinstance(raw, StandardOutput) and raw.is_unread


def output_encoding() -> str:
    """The encoding of text for people."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"
