"""Copies of a database of ours: made before each migration, checked, put back.

A copy is `store.db.before-<schema version>.bak` beside the file, readable by its owner
only. What is replaced is set aside, never deleted.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from store.database.connections import connect
from store.database.errors import file_error, needs_newer_sqlite
from store.database.file_header import check_header
from store.database.schema import Schema, version_of
from store.errors import FileTrouble, Usage
from store.files import draft_of, flush_folder, second_name
from store.i18n import _

_SQLITE_FILES = ("-wal", "-shm")
_MOST_PROBLEMS = 20


def before_migration(path: Path, version: int) -> Path:
    """Copy the database as it is to `<name>.before-<version>.bak`; the copy's path.

    What other processes have committed is in it. Raises `sqlite3.Error` and `OSError`.
    """
    target = path.with_name(f"{path.name}.before-{version}.bak")
    _copy(path, target)
    return target


def backups(path: Path) -> list[Path]:
    """The copies that there are of the database, newest first."""
    copies = path.parent.glob(f"{path.name}.before-*.bak")
    return sorted(copies, key=lambda copy: (copy.stat().st_mtime_ns, copy.name), reverse=True)


def problems(path: Path, schema: Schema) -> tuple[str, ...]:
    """What is wrong with the database or with a copy of it, in words; nothing: it is whole.

    Reads every page, so it takes as long as the file is large. Raises `FileTrouble` where
    another process keeps it locked, or where this SQLite is too old to read it.
    """
    try:
        check_header(path, schema.application_id)
        with closing(connect(path)) as connection:
            version = version_of(connection)
            if version > schema.version:
                return (f"it is of schema {version}, and this program knows {schema.version}",)
            return _unsound(connection)
    except FileTrouble as error:
        return (error.message,)
    except (sqlite3.DatabaseError, OSError) as error:
        if "locked" in str(error) or needs_newer_sqlite(error):
            raise file_error(error, path) from error
        return (str(error),)


def _unsound(connection: sqlite3.Connection) -> tuple[str, ...]:
    rows = connection.execute(f"PRAGMA integrity_check({_MOST_PROBLEMS})").fetchall()
    faults = [str(row[0]) for row in rows if row[0] != "ok"]
    loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    faults += [f"a row of {row[0]} refers to one of {row[2]} that is missing" for row in loose]
    return tuple(faults)


def restore(path: Path, copy: Path, schema: Schema) -> Path | None:
    """Put a copy in the database's place; where the replaced file was set aside, if any.

    Payments since the copy was made are in the replaced file only. Raises `Usage` for a
    copy that is not whole, `FileTrouble` while another process has the database open.
    """
    try:
        wrong = problems(copy, schema)
        if wrong:
            raise Usage(
                _("{copy} cannot be restored: {value}. Nothing was changed.").format(
                    copy=copy, value=wrong[0]
                )
            )
        whole = path.with_name(f"{path.name}.restored")
        _copy(copy, whole)
        try:
            aside = _set_aside(path) if path.exists() else None
            os.replace(whole, path)
        finally:
            whole.unlink(missing_ok=True)
        flush_folder(path.parent)
    except (sqlite3.Error, OSError) as error:
        raise file_error(error, path) from error
    return aside


def _copy(source: Path, target: Path) -> None:
    """A whole and private copy, on the disk before it has its name."""
    with draft_of(target) as draft:
        with closing(connect(source)) as reading, closing(connect(draft)) as writing:
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode = DELETE")
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(target)
        flush_folder(target.parent)


def _set_aside(path: Path) -> Path:
    """Give the file a second name. It keeps the first until the copy takes it, so that
    nobody finds it missing and starts afresh; a WAL would be replayed into the copy."""
    _need_alone(path)
    number = 1
    while (aside := path.with_name(f"{path.name}.aside-{number}")).exists():
        number += 1
    for ending in _SQLITE_FILES:
        companion = Path(f"{path}{ending}")
        if companion.exists():
            companion.rename(f"{aside}{ending}")
    second_name(path, aside)
    return aside


def _need_alone(path: Path) -> None:
    """Raises `sqlite3.OperationalError` while another process has the database open: only
    one that is alone may leave WAL. A file that is no database nobody has open."""
    with closing(connect(path, busy_seconds=2)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return
