"""The schema of a database file: its program, version and migrations, and tables without STRICT."""

from __future__ import annotations

import re
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations

_STRICT = re.compile(r"\)\s*STRICT\s*(?:,\s*(WITHOUT\s+ROWID))?\s*$", re.I)
"""The end of a definition with STRICT, which SQLite supports only since 3.37."""


class Schema(Struct, frozen=True):
    """The program and version of a database file."""

    application_id: int
    version: int
    """The number of migrations; stored in `user_version`, so that a current file is opened without
    importing the migrations."""
    module: str
    """The module whose `migrations` update a file to this version."""

    def migrations(self) -> Migrations:
        from importlib import import_module

        migrations: Migrations = import_module(self.module).migrations
        return migrations


def version_of(connection: sqlite3.Connection) -> int:
    """The number of migrations that the file has had."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def drop_strict(connection: sqlite3.Connection) -> None:
    """Remove STRICT from the definition of every table; the rows are stored the same way without
    it.

    This is SQLite's documented procedure for changes that do not affect rows. Call it in a
    transaction. If the library forbids it (Apple's does), the tables stay unchanged.
    """
    rows = connection.execute("SELECT rowid, sql FROM sqlite_schema WHERE type = 'table'")
    loose = [(_STRICT.sub(_ending, sql), rowid) for rowid, sql in rows if _STRICT.search(sql)]
    if not loose:
        return
    version = connection.execute("PRAGMA schema_version").fetchone()[0]
    if hasattr(connection, "setconfig"):  # from Python 3.12 on
        allow = connection.setconfig
        allow(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, False)  # type: ignore[attr-defined]  # noqa: FBT003
    connection.execute("PRAGMA writable_schema = ON")
    try:
        with suppress(sqlite3.OperationalError):
            connection.executemany("UPDATE sqlite_schema SET sql = ? WHERE rowid = ?", loose)
            connection.execute(f"PRAGMA schema_version = {version + 1}")
    finally:
        connection.execute("PRAGMA writable_schema = RESET")


def _ending(matched: re.Match[str]) -> str:
    return ") WITHOUT ROWID" if matched.group(1) else ")"
