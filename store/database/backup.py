"""Backups of a database: made before each migration, checked, restored.

A copy is `store.db.before-<schema version>.bak` in the same folder, readable by its owner only. A
replaced file is set aside, never deleted.
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
from store.files.writing import draft_file, flush_folder, link_or_copy
from store.i18n import _

_SQLITE_FILES = ("-wal", "-shm")
_MOST_PROBLEMS = 20


def copy_before_migration(path: Path, version: int) -> Path:
    """Copy the database to `<name>.before-<version>.bak`; returns the path.

    The copy includes what other processes have committed. Raises `sqlite3.Error` and `OSError`.
    """
    target = path.with_name(f"{path.name}.before-{version}.bak")
    _copy(path, target)
    return target


def backups(path: Path) -> list[Path]:
    """The copies of the database, newest first."""
    copies = path.parent.glob(f"{path.name}.before-*.bak")
    return sorted(copies, key=lambda copy: (copy.stat().st_mtime_ns, copy.name), reverse=True)


def find_problems(path: Path, schema: Schema) -> tuple[str, ...]:
    """The problem with the database or a copy of it, as text; empty if it is intact.

    Reads every page, so the time depends on the size. Raises `FileTrouble` if another process keeps
    it locked, or if this SQLite is too old to read it.
    """
    try:
        check_header(path, schema.application_id)
        with closing(connect(path)) as connection:
            version = version_of(connection)
            if version > schema.version:
                return (f"it is of schema {version}, and this program knows {schema.version}",)
            return _integrity_problems(connection)
    except FileTrouble as error:
        return (error.message,)
    except (sqlite3.DatabaseError, OSError) as error:
        if "locked" in str(error) or needs_newer_sqlite(error):
            raise file_error(error, path) from error
        return (str(error),)


def _integrity_problems(connection: sqlite3.Connection) -> tuple[str, ...]:
    rows = connection.execute(f"PRAGMA integrity_check({_MOST_PROBLEMS})").fetchall()
    faults = [str(row[0]) for row in rows if row[0] != "ok"]
    loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    faults += [f"a row of {row[0]} refers to one of {row[2]} that is missing" for row in loose]
    return tuple(faults)


def restore(path: Path, copy: Path, schema: Schema) -> Path | None:
    """Restore a copy; returns the path of the replaced file, if there was one.

    Payments made after the copy are in the replaced file only. Raises `Usage` for a damaged copy,
    `FileTrouble` while another process has the database open.
    """
    try:
        wrong = find_problems(copy, schema)
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
    """A complete, private copy, synced to disk before it gets its name."""
    with draft_file(target) as draft:
        with closing(connect(source)) as reading, closing(connect(draft)) as writing:
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode = DELETE")
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(target)
        flush_folder(target.parent)


def _set_aside(path: Path) -> Path:
    """Give the file a second name, `<name>.aside-<number>`.

    It keeps its first name until the copy replaces it, so that no process finds the file missing
    and creates a new one. Its WAL is renamed as well: it would be replayed into the copy.
    """
    _check_not_open(path)
    number = 1
    while (aside := path.with_name(f"{path.name}.aside-{number}")).exists():
        number += 1
    for ending in _SQLITE_FILES:
        companion = Path(f"{path}{ending}")
        if companion.exists():
            companion.rename(f"{aside}{ending}")
    link_or_copy(path, aside)
    return aside


def _check_not_open(path: Path) -> None:
    """Raises `sqlite3.OperationalError` while another process has the database open: only its
    single user may leave WAL mode. A file that is not a database is open nowhere."""
    with closing(connect(path, busy_seconds=2)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return
