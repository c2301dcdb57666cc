"""One walk, as a row of the database and as the program sees it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from store.times import from_epoch

Snapshot = Mapping[str, Any]
"""The state of an item as `snapshot` keeps it: plain JSON values."""


class Subject(Struct, frozen=True):
    """What a walk is about."""

    account: str
    """The account's name in the configuration."""
    identity: str
    """The account's identity in its cloud."""
    kind: str | None
    """The item's kind; None for the account itself."""
    item_id: str
    """The item's id; empty for the account itself."""


class Entry(Struct, frozen=True):
    """How a walk begins."""

    procedure: str
    before: Snapshot | None = None
    """The state to begin with; without it the walk can be closed, but not proven."""
    because: str | None = None
    """Why this procedure and not another: the Instance ID is empty, the cloud's refusal."""
    saved: Mapping[str, str] = field(default_factory=dict)
    step: str | None = None
    """The id of the step to begin at; None: the procedure's first."""


class Walk(Struct, frozen=True):
    """Where a person is in a procedure."""

    id: str
    subject: Subject
    procedure: str
    step: str
    """The id of the step; `Procedure.step` finds it."""
    saved: Mapping[str, str]
    """What the person saved in its steps, by name: `instance_id` above all."""
    entered_because: str | None
    parent: str | None
    """The id of the walk that waits for this one."""
    started_at: datetime
    touched_at: datetime
    ended_at: datetime | None
    ended: str | None
    """`done` (proven), `closed` (unfinished, with a reason), None while it is open."""
    reason: str | None
    before: Snapshot | None
    after: Snapshot | None
    is_stored: bool = True
    """False for a walk that was only looked at: its first step stores it."""


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
        ended_at=None if row["ended_at"] is None else from_epoch(row["ended_at"]),
        ended=row["ended"],
        reason=row["reason"],
        before=None if row["before"] is None else json.loads(row["before"]),
        after=None if row["after"] is None else json.loads(row["after"]),
    )
