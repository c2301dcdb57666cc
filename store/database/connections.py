"""The connections that this process has to a database file.

Closing any handle of a file takes from the process every lock that it has on it (POSIX).
SQLite reckons with its own handles only: after one of ours was closed, another process could
believe itself alone with the file and delete the WAL, and what is written later is lost.
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
    """A connection that is known here for as long as it is open."""

    file: tuple[int, int] | None = None
    """Device and number of its file."""

    def close(self) -> None:
        """Close it; its file may then be read by other means."""
        super().close()
        self.file = None


_open: WeakSet[Connection] = WeakSet()
_opening = threading.RLock()


def connect(path: Path, busy_seconds: float = BUSY_SECONDS) -> Connection:
    """A connection to the file, for any thread. Raises `sqlite3.Error`."""
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
    """Whether this process has no connection to the file; nobody opens one meanwhile.
    Raises `OSError` where the file cannot be asked for."""
    with _opening:
        file = _file(path)
        yield all(connection.file != file for connection in _open)


def _file(path: Path) -> tuple[int, int]:
    status = os.stat(path)
    return status.st_dev, status.st_ino
