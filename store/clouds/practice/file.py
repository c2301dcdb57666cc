"""The practice cloud's file: one transaction for each call, shared by threads and processes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TypeVar

from store.clouds import Glance
from store.clouds.practice import account
from store.database.errors import file_error
from store.database.open import immediate, open_database
from store.database.schema import Schema

T = TypeVar("T")
SCHEMA = Schema(application_id=0x52505243, version=4, module="store.clouds.practice.schema")


class PracticeFile:
    """An open practice.db. Its errors are `FileTrouble`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_database(path, SCHEMA)
        self._lock = RLock()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that changes everything or, on failure, nothing."""
        try:
            with self._lock, immediate(self._connection) as connection:
                yield connection
        except sqlite3.Error as error:
            raise file_error(error, self.path) from error

    def read(self, read: Callable[[sqlite3.Connection], T]) -> T:
        """A consistent read in one transaction."""
        try:
            with self._lock:
                self._connection.execute("BEGIN")
                try:
                    return read(self._connection)
                finally:
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise file_error(error, self.path) from error

    def stream(self, read: Callable[[sqlite3.Connection], Iterator[T]]) -> Iterator[T]:
        """A consistent read of data that is yielded piece by piece, on its own connection."""
        connection = open_database(self.path, SCHEMA)
        try:
            connection.execute("BEGIN")
            yield from read(connection)
        except sqlite3.Error as error:
            raise file_error(error, self.path) from error
        finally:
            connection.close()


def has_no_scenario(connection: sqlite3.Connection) -> bool:
    """Whether the file has no scenario yet."""
    return connection.execute("SELECT 1 FROM cloud").fetchone() is None


def read_glance(path: Path) -> Glance | None:
    """Identity and clock from the file, without opening the cloud; None if there is no cloud
    yet."""
    if not path.exists():
        return None
    file = PracticeFile(path)
    try:
        return file.read(_glance)
    finally:
        file.close()


def _glance(connection: sqlite3.Connection) -> Glance | None:
    if has_no_scenario(connection):
        return None
    return Glance(account.identity(connection), account.now(connection))
