"""Reading and writing rows of the table `walks`. Callers hold the transaction."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import Any

from store.errors import Usage
from store.i18n import _
from store.times import to_epoch
from store.walkthroughs.procedures import load
from store.walkthroughs.walk import Entry, Subject, Walk, from_row

_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LONGEST_TEXT = 1000
"""Characters of a value or a reason that a person gives."""


def find(connection: sqlite3.Connection, walk_id: str) -> Walk:
    """The walk of that id, open or ended; raises `Usage` when there is none."""
    row = connection.execute("SELECT * FROM walks WHERE id = ?", (walk_id,)).fetchone()
    if row is None:
        raise Usage(
            _("There is no walk-through {walk_id!r}; `renewal guide` lists the open ones.").format(
                walk_id=walk_id
            )
        )
    return from_row(row)


def still_open(connection: sqlite3.Connection, walk_id: str) -> Walk:
    """The walk of that id; raises `Usage` when it has ended."""
    walk = find(connection, walk_id)
    if walk.ended is not None:
        raise Usage(
            _(
                "The walk-through {procedure} has already ended ({ended}); nothing in it "
                "can be changed. Start it again from its item."
            ).format(procedure=walk.procedure, ended=walk.ended)
        )
    return walk


def open_one(connection: sqlite3.Connection, subject: Subject, procedure: str) -> Walk | None:
    """The open walk through that procedure for that item, if there is one."""
    row = connection.execute(
        "SELECT * FROM walks WHERE account = ? AND identity = ? AND procedure = ?"
        " AND item_id = ? AND ended_at IS NULL",
        (subject.account, subject.identity, procedure, subject.item_id),
    ).fetchone()
    return None if row is None else from_row(row)


def insert(connection: sqlite3.Connection, subject: Subject, entry: Entry, now: datetime) -> Walk:
    """A new walk at the first step of its procedure."""
    walk_id = _new_id(now)
    connection.execute(
        "INSERT INTO walks (id, account, identity, procedure, kind, item_id, step, saved,"
        ' entered_because, started_at, touched_at, "before")'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            walk_id,
            subject.account,
            subject.identity,
            entry.procedure,
            subject.kind,
            subject.item_id,
            load(entry.procedure).steps[0].id,
            json.dumps(dict(entry.saved)),
            None if entry.because is None else storable(entry.because),
            to_epoch(now),
            to_epoch(now),
            None if entry.before is None else json.dumps(dict(entry.before)),
        ),
    )
    return find(connection, walk_id)


def update(connection: sqlite3.Connection, walk_id: str, now: datetime, **columns: Any) -> Walk:
    """The walk with these columns changed; the names are the code's own, never a person's."""
    columns["touched_at"] = to_epoch(now)
    places = ", ".join(f'"{name}" = ?' for name in columns)
    connection.execute(
        f"UPDATE walks SET {places} WHERE id = ?",  # noqa: S608
        (*columns.values(), walk_id),
    )
    return find(connection, walk_id)


def typed(text: str, what: str) -> str:
    """A text that a person gave, without the space around it; raises `Usage` if it cannot be."""
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise Usage(
            _("{what}: found {value} characters, expected at most {longest_text}").format(
                what=what, value=len(text), longest_text=LONGEST_TEXT
            )
        )
    if storable(text) != text:
        raise Usage(_("{what}: found a broken character, expected plain text").format(what=what))
    return text


def storable(text: str) -> str:
    """The text with lone surrogates made visible, since no database file can hold them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _new_id(now: datetime) -> str:
    """26 characters that sort by time: 48 bits of milliseconds and 80 of chance (ULID)."""
    from secrets import randbits

    number = (to_epoch(now) * 1000) << 80 | randbits(80)
    return "".join(_BASE32[number >> shift & 31] for shift in range(125, -1, -5))
