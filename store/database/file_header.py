"""The first hundred bytes of a database file, read before SQLite opens it.

SQLite itself would already write: a change to WAL mode, or the rollback of another program's
unfinished transaction.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from struct import unpack_from

from store.database.connections import BUSY_SECONDS, kept_closed
from store.errors import FileTrouble
from store.i18n import _

_LENGTH = 100
_MAGIC = b"SQLite format 3\0"


def check_header(path: Path, application_id: int) -> None:
    """Raises `FileTrouble` for a file that is empty, damaged, truncated, or another program's;
    `OSError` for one that cannot be read.

    A file that this process has open was checked when it was opened, and is skipped.
    """
    with kept_closed(path) as is_ours_to_read:
        if is_ours_to_read:
            _check(path, application_id)


def _check(path: Path, application_id: int) -> None:
    with path.open("rb") as file:
        header = file.read(_LENGTH)
    if not header:
        raise FileTrouble(
            _(
                "{path} is empty: it was truncated, or emptied by another program. "
                "Restore a backup, or move it away to start over."
            ).format(path=path)
        )
    if len(header) < _LENGTH or not header.startswith(_MAGIC):
        raise FileTrouble(
            _(
                "{path} is damaged: it is not a database, or was truncated or "
                "overwritten. It was left unchanged; restore a backup, or move it away "
                "to start over."
            ).format(path=path)
        )
    if unpack_from(">I", header, 68)[0] != application_id:
        raise FileTrouble(
            _(
                "{path} belongs to another program. It was left unchanged; move it "
                "away, or choose another folder with --home."
            ).format(path=path)
        )
    if _looks_cut_off(path, header) and _is_cut_off(path):
        raise FileTrouble(
            _(
                "{path} is damaged: its end is missing. It was left unchanged; restore "
                "a backup, or move it away to start over."
            ).format(path=path)
        )


def _looks_cut_off(path: Path, header: bytes) -> bool:
    """Whether the file is shorter than its header says; briefly true also while another process
    checkpoints its WAL."""
    page_size = unpack_from(">H", header, 16)[0]
    pages = unpack_from(">I", header, 28)[0]
    says_its_size = header[24:28] == header[92:96]
    length = (65536 if page_size == 1 else page_size) * pages
    return says_its_size and path.stat().st_size < length and not _has_wal(path)


def _has_wal(path: Path) -> bool:
    try:
        return os.stat(f"{os.path.realpath(path)}-wal").st_size > 0
    except FileNotFoundError:
        return False


def _is_cut_off(path: Path) -> bool:
    """Whether the file is still too short while nobody can write: with the write lock held and no
    WAL, every page is in the file."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        header = path.read_bytes()[:_LENGTH]
        return _looks_cut_off(path, header)
    finally:
        connection.close()
