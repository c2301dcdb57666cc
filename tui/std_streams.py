"""stdout and stderr that may be full, closed, or on a disk without room.

Words that nobody can read change nothing that a command does or comes to. Data that could
not be written are told at its end.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from typing_extensions import Buffer


class Patient(io.FileIO):
    """Takes what cannot be written, and keeps why."""

    def __init__(self, fileno: int, *, told_when_unread: bool) -> None:
        """`told_when_unread`: whether a reader that has gone is raised as it is."""
        super().__init__(fileno, "w", closefd=False)
        self.told_when_unread = told_when_unread
        self.trouble: OSError | None = None

    def write(self, data: Buffer) -> int:
        """How much was taken: all of it, where none can be written."""
        try:
            return super().write(data)
        except BrokenPipeError as error:
            if self.told_when_unread:
                raise
            self.trouble = error
        except OSError as error:
            self.trouble = error
        return memoryview(data).nbytes


def use_patient_streams() -> Patient:
    """Put them in the place of Python's own; the one that carries the data.

    The number of a stream that was closed before the start would be taken by the next file
    that is opened, so it is given to /dev/null.
    """
    _fill(1)
    _fill(2)
    data = Patient(1, told_when_unread=True)
    sys.stdout = _like(sys.stdout, data)
    sys.stderr = _like(sys.stderr, Patient(2, told_when_unread=False))
    return data


def _fill(fileno: int) -> None:
    try:
        os.fstat(fileno)
    except OSError:
        opened = os.open(os.devnull, os.O_WRONLY)
        if opened != fileno:
            os.dup2(opened, fileno)
            os.close(opened)


def _like(stream: TextIO | None, raw: Patient) -> io.TextIOWrapper:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    errors = getattr(stream, "errors", None) or "backslashreplace"
    with suppress(OSError, AttributeError):
        stream.flush()  # type: ignore[union-attr]
    lines = raw.isatty() or not raw.told_when_unread
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, errors, line_buffering=lines)
