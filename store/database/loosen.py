"""Tables without STRICT, which SQLite knows since 3.37 only."""

from __future__ import annotations

import re
import sqlite3
from contextlib import suppress

_STRICT = re.compile(r"\)\s*STRICT\s*(?:,\s*(WITHOUT\s+ROWID))?\s*$", re.I)


def drop_strict(connection: sqlite3.Connection) -> None:
    """Take STRICT from the text of every table; the rows are stored alike without it.

    It is the way that SQLite documents for changes that leave the rows as they are. Belongs in
    a transaction. Where the library forbids it (Apple's does) the tables stay as they are.
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
