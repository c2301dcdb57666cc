"""Opening a database: private, durable, of a known schema.

A file that is damaged, empty, of a newer schema or of another program stays unchanged: it is never
replaced by a new one, and nothing is written before it is recognised.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from store.database.connections import BUSY_SECONDS, connect
from store.database.errors import check_locks, check_sqlite, database_errors, file_error
from store.database.schema import Schema, version_of
from store.errors import FileTrouble
from store.files.writing import draft_file, publish
from store.i18n import _


def open_database(path: Path, schema: Schema) -> sqlite3.Connection:
    """Open the database at `path`; it is created if missing, and migrated if older.

    Rows allow access by name. Raises `FileTrouble` for anything that prevents its use.
    """
    check_sqlite()
    try:
        if not path.exists():
            _create(path, schema)
        return _open(path, schema)
    except (sqlite3.Error, OSError) as error:
        raise file_error(error, path) from error


def _create(path: Path, schema: Schema) -> None:
    """Create the file under a temporary name and rename it once it is complete.

    Processes that start together then share one file, and a kill leaves no empty database that
    looks like a truncated one.
    """
    check_locks(path)
    with draft_file(path) as draft:
        with closing(_connect(draft)) as connection:
            connection.execute(f"PRAGMA application_id = {schema.application_id}")
            with immediate(connection):  # one commit: each waits for the disk
                _migrate(connection, schema)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        publish(draft, path)


def _open(path: Path, schema: Schema) -> sqlite3.Connection:
    from store.database.file_header import check_header

    check_header(path, schema.application_id)
    with ExitStack() as unless_ready:
        connection = unless_ready.enter_context(closing(_connect(path)))
        version = version_of(connection)
        _refuse_newer(path, version, schema)
        if version < schema.version:
            _bring_up_to_date(connection, path, schema)
        unless_ready.pop_all()
    return connection


def _refuse_newer(path: Path, version: int, schema: Schema) -> None:
    if version > schema.version:
        raise FileTrouble(
            _(
                "{path} was written by a newer version of this program (schema "
                "{version}; this version supports {known}). It was left unchanged; "
                "update the program."
            ).format(path=path, version=version, known=schema.version)
        )


def _connect(path: Path) -> sqlite3.Connection:
    with ExitStack() as unless_ready:
        connection = unless_ready.enter_context(closing(connect(path, busy_seconds=BUSY_SECONDS)))
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        unless_ready.pop_all()
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    """Migrate under the write lock, once, however many processes start together; a copy of the file
    is kept."""
    from store.database.backup import copy_before_migration

    with immediate(connection):
        if version_of(connection) < schema.version:
            copy_before_migration(path, schema.version)
            _migrate(connection, schema)


def _migrate(connection: sqlite3.Connection, schema: Schema) -> None:
    from sqlite_utils import Database

    schema.migrations().apply(Database(connection))
    connection.execute(f"PRAGMA user_version = {schema.version}")


@contextmanager
def immediate(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A transaction that holds the write lock from its start, so that what it reads is still true
    when it writes.

    Raises `FileTrouble` for database errors, except for violated constraints, which the caller
    handles.
    """
    with database_errors(connection):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
