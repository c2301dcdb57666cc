"""A walk: a person's position in a procedure, and its row in the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from store.times import from_epoch, instant_or_none

Snapshot = Mapping[str, Any]
"""The facts about an item at an instant, from `snapshot`: plain JSON values."""


class Subject(Struct, frozen=True):
    """The item that a walk is for, or the account itself."""

    account: str
    """The account's name in the configuration."""
    identity: str
    """The account's identity in its cloud."""
    kind: str | None
    """The item's kind; None for the account itself."""
    item_id: str
    """The item's id; empty for the account itself."""


class WalkStart(Struct, frozen=True):
    """The values of a new walk."""

    procedure: str
    before: Snapshot | None = None
    """The snapshot at the start; without it the walk can be closed, but its goal is never
    proved."""
    because: str | None = None
    """The reason for this procedure instead of another: an empty Instance ID, or the cloud's
    refusal."""
    saved: Mapping[str, str] = field(default_factory=dict)
    """Values saved with the walk from the start, by name."""


class Walk(Struct, frozen=True):
    """A person's position in a procedure."""

    id: str
    subject: Subject
    procedure: str
    step: str
    """The id of the step; `Procedure.step` finds it."""
    saved: Mapping[str, str]
    """The values that the person saved in its steps, by name, such as `instance_id`."""
    entered_because: str | None
    """The reason for this procedure instead of another."""
    parent: str | None
    """The id of the walk that is waiting for this one."""
    started_at: datetime
    touched_at: datetime
    ended_at: datetime | None
    ended: str | None
    """`done` (proven), `closed` (unfinished, with a reason), None while it is open."""
    reason: str | None
    before: Snapshot | None
    after: Snapshot | None
    is_stored: bool = True
    """False for a draft, which is stored with its first step."""


def from_row(row: sqlite3.Row) -> Walk:
    """The walk of a row of the table `walks`."""
    return Walk(
        id=row["id"],
        subject=Subject(row["account"], row["identity"], row["kind"], row["item_id"]),
        procedure=row["procedure"],
        step=row["step"],
        saved=json.loads(row["saved"]),
        entered_because=row["entered_because"],
        parent=row["parent"],
        started_at=from_epoch(row["started_at"]),
        touched_at=from_epoch(row["touched_at"]),
        ended_at=instant_or_none(row["ended_at"]),
        ended=row["ended"],
        reason=row["reason"],
        before=None if row["before"] is None else json.loads(row["before"]),
        after=None if row["after"] is None else json.loads(row["after"]),
    )


def read_open_walks(connection: sqlite3.Connection, account: str, identity: str) -> list[Walk]:
    """The open walks of an account, oldest first."""
    rows = connection.execute(
        "SELECT * FROM walks WHERE account = ? AND identity = ? AND ended_at IS NULL"
        " ORDER BY started_at, rowid",
        (account, identity),
    )
    return [from_row(row) for row in rows]
