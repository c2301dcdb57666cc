"""Reading and writing rows of the table `walks`. Callers hold the transaction."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import Any

from store.errors import Usage
from store.i18n import _
from store.inputs import LONGEST_TEXT
from store.times import to_epoch
from store.walkthroughs.procedures import load_procedure
from store.walkthroughs.walk import Subject, Walk, WalkStart, from_row


def read_walk(connection: sqlite3.Connection, walk_id: str) -> Walk:
    """The walk of that id, open or ended. Raises `Usage` if there is none."""
    stored = _by_id(connection, walk_id)
    if stored is None:
        raise Usage(
            _("There is no walk-through {walk_id!r}; `renewal guide` lists the open ones.").format(
                walk_id=walk_id
            )
        )
    return stored


def current_walk(connection: sqlite3.Connection, walk: Walk) -> Walk:
    """The stored walk; a draft is replaced by the open walk of its item, if any."""
    if walk.is_stored:
        return read_walk(connection, walk.id)
    stored = _by_id(connection, walk.id)
    return stored or find_open_walk(connection, walk.subject, walk.procedure) or walk


def require_open(connection: sqlite3.Connection, walk: Walk) -> Walk:
    """The stored walk; a draft is stored first. Raises `Usage` if the walk has ended."""
    stored = current_walk(connection, walk)
    if stored.ended is not None:
        raise Usage(
            _(
                "The walk-through {procedure} has already ended ({ended}); nothing in it "
                "can be changed. Start it again from its item."
            ).format(procedure=stored.procedure, ended=stored.ended)
        )
    return stored if stored.is_stored else insert_walk(connection, stored)


def find_open_walk(connection: sqlite3.Connection, subject: Subject, procedure: str) -> Walk | None:
    """The open walk of that item for that procedure, if there is one."""
    row = connection.execute(
        "SELECT * FROM walks WHERE account = ? AND identity = ? AND procedure = ?"
        " AND item_id = ? AND ended_at IS NULL",
        (subject.account, subject.identity, procedure, subject.item_id),
    ).fetchone()
    return None if row is None else from_row(row)


def _by_id(connection: sqlite3.Connection, walk_id: str) -> Walk | None:
    row = connection.execute("SELECT * FROM walks WHERE id = ?", (walk_id,)).fetchone()
    return None if row is None else from_row(row)


def draft_walk(subject: Subject, start: WalkStart, now: datetime) -> Walk:
    """A walk that is not stored yet. Raises `Usage` for an unknown procedure."""
    from ulid import ULID

    return Walk(
        id=str(ULID.from_datetime(now)),
        subject=subject,
        procedure=start.procedure,
        step=load_procedure(start.procedure).steps[0].id,
        saved=dict(start.saved),
        entered_because=None if start.because is None else storable(start.because),
        parent=None,
        started_at=now,
        touched_at=now,
        ended_at=None,
        ended=None,
        reason=None,
        before=start.before,
        after=None,
        is_stored=False,
    )


def insert_walk(connection: sqlite3.Connection, walk: Walk) -> Walk:
    """Store a draft."""
    connection.execute(
        "INSERT INTO walks (id, account, identity, procedure, kind, item_id, step, saved,"
        ' entered_because, started_at, touched_at, "before")'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            walk.id,
            walk.subject.account,
            walk.subject.identity,
            walk.procedure,
            walk.subject.kind,
            walk.subject.item_id,
            walk.step,
            json.dumps(dict(walk.saved)),
            walk.entered_because,
            to_epoch(walk.started_at),
            to_epoch(walk.touched_at),
            None if walk.before is None else json.dumps(dict(walk.before)),
        ),
    )
    return read_walk(connection, walk.id)


def update_walk(
    connection: sqlite3.Connection, walk_id: str, now: datetime, **columns: Any
) -> Walk:
    """Update columns of the walk, and return it. Column names come from the code, never from a
    person."""
    columns["touched_at"] = to_epoch(now)
    places = ", ".join(f'"{name}" = ?' for name in columns)
    connection.execute(
        f"UPDATE walks SET {places} WHERE id = ?",  # noqa: S608
        (*columns.values(), walk_id),
    )
    return read_walk(connection, walk_id)


def check_text(text: str, what: str, longest: int = LONGEST_TEXT) -> str:
    """A text from a person, stripped. Raises `Usage` if it is invalid."""
    text = text.strip()
    if len(text) > longest:
        raise Usage(
            _("{what}: found {value} characters, expected at most {longest_text}").format(
                what=what, value=len(text), longest_text=longest
            )
        )
    if storable(text) != text:
        raise Usage(_("{what}: found a broken character, expected plain text").format(what=what))
    return text


def storable(text: str) -> str:
    """The text with lone surrogates made visible, since no database file can hold them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
