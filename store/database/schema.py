"""Which tables a database file of ours has: its program, its version, its migrations."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations


class Schema(Struct, frozen=True):
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


def version_of(connection: sqlite3.Connection) -> int:
    """The number of migrations that the file has had."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
