"""The schema of a database file: its program, its version, its migrations."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations


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
