"""SQLite and file system errors of a database, as errors that say what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import FileTrouble
from store.files.writing import locks_work
from store.i18n import N_, _

OLDEST = (3, 34)
"""The oldest SQLite that the tables and queries of this program need."""
_STRICT_SINCE = (3, 37)
"""An older SQLite calls STRICT tables, which earlier versions of this program made, malformed."""
NO_LOCKS = N_(
    "its folder does not support file locks, as on a network share without "
    "a lock service; choose a folder on a local disk with --home"
)
_NO_ROOM = {errno.EFBIG, errno.ENOSPC, errno.EDQUOT}


def check_sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Raises `FileTrouble` for an SQLite that is too old."""
    if version < OLDEST:
        raise FileTrouble(
            _(
                "this Python has SQLite {found}, and the program needs {needed} or "
                "newer. Use a newer Python, or one built with a newer SQLite."
            ).format(found=_dotted(version), needed=_dotted(OLDEST))
        )


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


@contextmanager
def database_errors(connection: sqlite3.Connection) -> Iterator[None]:
    """Converts database errors in the block to `FileTrouble`, except for violated constraints."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.Error as error:
        raise file_error(error, _path(connection)) from error


def _path(connection: sqlite3.Connection) -> Path | None:
    try:
        name = connection.execute("PRAGMA database_list").fetchone()[2]
    except sqlite3.Error:
        return None
    return Path(name) if name else None


def file_error(error: sqlite3.Error | OSError, path: Path | None = None) -> FileTrouble:
    """The error of a database or file, with its cause and what to do."""
    words = _detail(error)
    where = str(path) if path else _("a database of this program")
    return FileTrouble(f"{where}: {_advice(error, words, path)} ({words})")


def needs_newer_sqlite(error: BaseException) -> bool:
    """Whether an intact file cannot be read because this SQLite is older than its tables."""
    is_old = sqlite3.sqlite_version_info < _STRICT_SINCE
    return is_old and "malformed database schema" in str(error)


def _advice(error: sqlite3.Error | OSError, words: str, path: Path | None) -> str:
    if "locked" in words or "busy" in words:
        return _advice_on_locks(path)
    if "full" in words or getattr(error, "errno", None) in _NO_ROOM:
        return _("the disk is full, so nothing more was written; free some space and try again")
    if "readonly" in words or "unable to open" in words or isinstance(error, PermissionError):
        return _("it cannot be opened or written; check its permissions and its owner")
    if "disk I/O" in words:
        return _("the disk is full or failing; free some space, check the disk, and try again")
    return _advice_on_contents(error, words)


def _advice_on_contents(error: sqlite3.Error | OSError, words: str) -> str:
    if needs_newer_sqlite(error):
        return _(
            "its tables need SQLite {needed}, and this Python has {found}. The file "
            "is intact. Open it once with this program on a Python with SQLite "
            "{needed} or newer; after that {found} can read it too"
        ).format(needed=_dotted(_STRICT_SINCE), found=sqlite3.sqlite_version)
    if any(part in words for part in ("malformed", "not a database", "disk image")):
        return _(
            "it is damaged and was left unchanged; restore a backup, or move it away to start over"
        )
    return _("it cannot be used in its present state")


def check_locks(path: Path) -> None:
    """Raises `FileTrouble` if a database at `path` could never be locked."""
    if not locks_work(path.parent):
        raise FileTrouble(f"{path}: {_(NO_LOCKS)}")


def _advice_on_locks(path: Path | None) -> str:
    if path is None or locks_work(path.parent):
        return _("another process has locked it; try again when that process is done")
    return _(NO_LOCKS)


def _detail(error: sqlite3.Error | OSError) -> str:
    """The source of the message, and the message, for debugging."""
    if isinstance(error, sqlite3.Error):
        return f"SQLite: {error}"
    return error.strerror or str(error)
