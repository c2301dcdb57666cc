"""A database file with the table of walks, opened as the store opens its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.schema.walks import create_walks


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "store.db"
    connection = connect(file)
    create_walks(Database(connection))
    connection.close()
    return file


@pytest.fixture
def reopen(path: Path) -> Iterator[Callable[[], sqlite3.Connection]]:
    """Open the file once more, as a program that was started again does."""
    opened: list[sqlite3.Connection] = []

    def again() -> sqlite3.Connection:
        while opened:
            opened.pop().close()
        opened.append(connect(path))
        return opened[0]

    yield again
    for connection in opened:
        connection.close()


@pytest.fixture
def db(reopen: Callable[[], sqlite3.Connection]) -> sqlite3.Connection:
    return reopen()
