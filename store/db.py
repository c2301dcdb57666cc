"""Opening a database of ours: private, durable, of a schema that we know.

A file that is damaged, empty, of a newer schema or of another program is left as it
is: nothing is ever started afresh in its place.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import FileTrouble

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations

BUSY_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Schema:
    """Which program and which version of it a database file belongs to."""

    application_id: int
    version: int
    """How many migrations there are; kept in `user_version`, so that a file that is up
    to date is opened without importing the migrations."""
    module: str
    """The module whose `migrations` bring a file to this version."""

    def migrations(self) -> Migrations:
        from importlib import import_module

        migrations: Migrations = import_module(self.module).migrations
        return migrations


def open_database(path: Path, schema: Schema) -> sqlite3.Connection:
    """The open database at `path`, made when there is none, migrated when it is older.

    Rows answer to names. Raises `FileTrouble` for whatever keeps it from being used.
    """
    try:
        if not path.exists():
            _create(path, schema)
        return _open(path, schema)
    except (sqlite3.Error, OSError) as error:
        raise trouble(error, path) from error


def _create(path: Path, schema: Schema) -> None:
    """Build the file under another name and link it in whole.

    Two processes that start together then agree on one file, and a kill half-way
    leaves no empty database behind that would have to be told from a truncated one.
    """
    building = path.with_name(f"{path.name}.new-{os.getpid()}")
    os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        connection = _connect(building)
        connection.execute(f"PRAGMA application_id = {schema.application_id}")
        _migrate(connection, schema)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        with suppress(FileExistsError):
            os.link(building, path)
    finally:
        for leftover in building.parent.glob(building.name + "*"):
            leftover.unlink(missing_ok=True)


def _open(path: Path, schema: Schema) -> sqlite3.Connection:
    if path.stat().st_size == 0:
        raise FileTrouble(
            f"{path} is empty: it was cut off, or emptied by something else. "
            "Put a backup in its place, or move it away to start afresh."
        )
    connection = _connect(path)
    found = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if found != schema.application_id:
        connection.close()
        raise FileTrouble(
            f"{path} belongs to another program. It was left as it is; move it away, "
            "or choose another folder with --home."
        )
    if version > schema.version:
        connection.close()
        raise FileTrouble(
            f"{path} was written by a newer version of this program (schema {version}, "
            f"this one knows {schema.version}). It was left as it is; update the program."
        )
    if version < schema.version:
        _migrate(connection, schema)
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _migrate(connection: sqlite3.Connection, schema: Schema) -> None:
    from sqlite_utils import Database

    schema.migrations().apply(Database(connection))
    connection.execute(f"PRAGMA user_version = {schema.version}")


@contextmanager
def immediate(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction that holds the write lock from its start, so that what it reads
    is still true when it writes."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def trouble(error: sqlite3.Error | OSError, path: Path | None = None) -> FileTrouble:
    """What a database or file error means, and what to do about it."""
    words = str(error)
    where = str(path) if path else "a database of this program"
    if "locked" in words or "busy" in words:
        advice = "another process keeps it locked; try again when that one is done"
    elif "full" in words or getattr(error, "errno", None) == 28:
        advice = "the disk is full; make room and try again"
    elif "readonly" in words or "unable to open" in words or isinstance(error, PermissionError):
        advice = "it cannot be opened or written; check its permissions and its owner"
    elif "malformed" in words or "not a database" in words or "disk image" in words:
        advice = "it is damaged and was left as it is; put a backup in its place or move it away"
    else:
        advice = "it cannot be used as it is"
    return FileTrouble(f"{where}: {advice} ({words})")
