"""Tables without STRICT, which SQLite supports only since 3.37."""

from __future__ import annotations

import re
import sqlite3
from contextlib import suppress

_STRICT = re.compile(r"\)\s*STRICT\s*(?:,\s*(WITHOUT\s+ROWID))?\s*$", re.I)


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
