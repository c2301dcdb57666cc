"""The connections of this process to a database file.

Closing any handle of a file releases every lock that the process holds on it (POSIX), including
SQLite's. Another process could then believe that nobody else has the file open and delete its WAL,
and later writes would be lost.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

BUSY_SECONDS = 10


class Connection(sqlite3.Connection):
    """A connection that is registered here while it is open."""

    file: tuple[int, int] | None = None
    """Device and inode of its file."""

    def close(self) -> None:
        """Close the connection; after that its file may be read by other means."""
        super().close()
        self.file = None


_open: WeakSet[Connection] = WeakSet()
_opening = threading.RLock()


def connect(path: Path, busy_seconds: float = BUSY_SECONDS) -> Connection:
    """A connection to the file, usable from any thread. Raises `sqlite3.Error`."""
    with _opening:
        connection = sqlite3.connect(
            path,
            timeout=busy_seconds,
            isolation_level=None,
            check_same_thread=False,
            factory=Connection,
        )
        connection.file = _file(path)
        _open.add(connection)
    return connection


@contextmanager
def kept_closed(path: Path) -> Iterator[bool]:
    """Yields whether this process has no connection to the file, and keeps it from opening one in
    the block. Raises `OSError` if the file cannot be examined."""
    with _opening:
        file = _file(path)
        yield all(connection.file != file for connection in _open)


def _file(path: Path) -> tuple[int, int]:
    status = os.stat(path)
    return status.st_dev, status.st_ino
