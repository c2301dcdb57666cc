"""Changes of a walk, each in a committed transaction of its own, so that a kill loses no step.

Every function takes a connection to the store, the walk, and `now` by the account's clock. The
first change stores a draft. All raise `Usage` for a walk that does not exist or has ended.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime

from store.database.open import immediate
from store.errors import Usage
from store.i18n import _
from store.inputs import EXPECTED_ID, LONGEST_TEXT, is_id
from store.times import to_epoch
from store.walkthroughs.procedures import load_procedure
from store.walkthroughs.proof import Proof
from store.walkthroughs.rows import (
    check_text,
    current_walk,
    draft_walk,
    find_open_walk,
    insert_walk,
    read_walk,
    require_open,
    storable,
    update_walk,
)
from store.walkthroughs.walk import Subject, Walk, WalkStart, from_row

TICKET = "ticket"
"""The name under which an edited draft of a ticket is saved."""
LONGEST_DRAFT = 20_000
"""The largest number of characters of that draft."""
_INSTANCE_IDS = frozenset({"instance_id", "new_instance_id"})
"""The names under which Instance IDs are saved."""


def walks_of_item(connection: sqlite3.Connection, subject: Subject) -> list[Walk]:
    """Every walk of this item, open and ended, oldest first."""
    rows = connection.execute(
        "SELECT * FROM walks WHERE account = ? AND identity = ? AND item_id = ?"
        " ORDER BY started_at, rowid",
        (subject.account, subject.identity, subject.item_id),
    )
    return [from_row(row) for row in rows]


def store_walk(connection: sqlite3.Connection, walk: Walk, now: datetime) -> Walk:
    """Store the walk at its step, with the time of this visit."""
    with immediate(connection):
        return update_walk(connection, require_open(connection, walk).id, now)


def move_to_step(connection: sqlite3.Connection, walk: Walk, step_id: str, now: datetime) -> Walk:
    """Move the walk to a step. Raises `Usage` for a step that the procedure lacks."""
    known = [step.id for step in load_procedure(walk.procedure).steps]
    if step_id not in known:
        raise Usage(
            _("{procedure} has no step {step_id!r}: use {value}").format(
                step_id=step_id, procedure=walk.procedure, value=", ".join(known)
            )
        )
    with immediate(connection):
        return update_walk(connection, require_open(connection, walk).id, now, step=step_id)


def save_value(
    connection: sqlite3.Connection, walk: Walk, name: str, value: str, now: datetime
) -> Walk:
    """Save a value with the walk, by name. An Instance ID is checked; it may be empty (LIC-2)."""
    value = check_text(value, name, LONGEST_DRAFT if name == TICKET else LONGEST_TEXT)
    if name in _INSTANCE_IDS:
        check_id_format(value)
    with immediate(connection):
        stored = require_open(connection, walk)
        saved = json.dumps({**stored.saved, check_text(name, "name"): value})
        return update_walk(connection, stored.id, now, saved=saved)


def check_id_format(instance_id: str) -> str:
    """The Instance ID, which may be empty. Raises `Usage` if it is invalid."""
    if instance_id and not is_id(instance_id):
        raise Usage(
            _("{value!r} is not an Instance ID: use {expected}").format(
                value=instance_id, expected=_(EXPECTED_ID)
            )
        )
    return instance_id


def switch_procedure(
    connection: sqlite3.Connection, walk: Walk, start: WalkStart, now: datetime
) -> Walk:
    """Switch to another procedure for the same item: from method 1 to method 2.

    This walk is closed with the reason `start.because`, which the new one stores as well. The new
    one takes over the saved values, the snapshot at the start, and the walk that is waiting.
    """
    if not start.because:
        raise Usage(_("A reason is required to switch to another method."))
    with immediate(connection):
        left = require_open(connection, walk)
        _refuse_same(left, start)
        start = WalkStart(
            procedure=start.procedure,
            before=start.before or left.before,
            because=start.because,
            saved={**left.saved, **start.saved},
        )
        new = _open_or_insert(connection, left.subject, start, now)
        inside = any(above.id == new.id for above in _above(connection, left))
        connection.execute(
            "UPDATE walks SET parent = ? WHERE parent = ? AND ended_at IS NULL AND id <> ?",
            (new.id, left.id, new.id),
        )
        because = storable(start.because or "")
        _end(connection, left.id, "closed", now, reason=because)
        return update_walk(
            connection,
            new.id,
            now,
            parent=new.parent if inside else left.parent,
            entered_because=because,
            saved=json.dumps({**new.saved, **start.saved}),
        )


def start_inside(
    connection: sqlite3.Connection, walk: Walk, start: WalkStart, now: datetime
) -> Walk:
    """Start another procedure inside this walk, such as P-TOPUP before a purchase.

    This walk waits at its step; `waiting_walk` finds it from the inner one.
    """
    with immediate(connection):
        outer = require_open(connection, walk)
        _refuse_same(outer, start)
        if any(above.procedure == start.procedure for above in _above(connection, outer)):
            raise Usage(
                _("{procedure} is already waiting for this walk-through.").format(
                    procedure=start.procedure
                )
            )
        inner = _open_or_insert(connection, outer.subject, start, now)
        return update_walk(connection, inner.id, now, parent=outer.id)


def waiting_walk(connection: sqlite3.Connection, walk: Walk) -> Walk | None:
    """The open walk that is waiting for this one, at the step to return to."""
    parent = current_walk(connection, walk).parent
    outer = None if parent is None else read_walk(connection, parent)
    return outer if outer is not None and outer.ended is None else None


def close_walk(connection: sqlite3.Connection, walk: Walk, reason: str, now: datetime) -> Walk:
    """End a walk unfinished. Raises `Usage` if there is no reason."""
    reason = check_text(reason, "reason")
    if not reason:
        raise Usage(_("A reason is required to close a walk-through unfinished."))
    with immediate(connection):
        return _end(connection, require_open(connection, walk).id, "closed", now, reason=reason)


def finish_walk(connection: sqlite3.Connection, walk: Walk, proof: Proof, now: datetime) -> Walk:
    """End a walk whose goal is reached, and store the snapshot after it. Raises `Usage` if it is
    not reached, or if the proof is for another walk."""
    if not proof.is_shown:
        raise Usage(
            _("{sentence} Until then this walk-through can only be left or closed.").format(
                sentence=proof.sentence
            )
        )
    with immediate(connection):
        stored = require_open(connection, walk)
        if (stored.procedure, stored.subject.item_id) != (proof.procedure, proof.item_id):
            raise Usage(
                _(
                    "The evidence is for {procedure} of {item_id!r}, not {wanted} of {wanted_id!r}."
                ).format(
                    procedure=proof.procedure,
                    item_id=proof.item_id,
                    wanted=stored.procedure,
                    wanted_id=stored.subject.item_id,
                )
            )
        after = None if proof.after is None else json.dumps(dict(proof.after))
        return _end(connection, stored.id, "done", now, reason=proof.sentence, after=after)


def _refuse_same(walk: Walk, start: WalkStart) -> None:
    if start.procedure == walk.procedure:
        raise Usage(_("This walk-through is already {procedure}.").format(procedure=walk.procedure))


def _open_or_insert(
    connection: sqlite3.Connection, subject: Subject, start: WalkStart, now: datetime
) -> Walk:
    existing = find_open_walk(connection, subject, start.procedure)
    return existing or insert_walk(connection, draft_walk(subject, start, now))


def _above(connection: sqlite3.Connection, walk: Walk) -> Iterator[Walk]:
    while walk.parent is not None:
        walk = read_walk(connection, walk.parent)
        yield walk


def _end(
    connection: sqlite3.Connection, walk_id: str, how: str, now: datetime, **columns: str | None
) -> Walk:
    walk = update_walk(connection, walk_id, now, ended=how, ended_at=to_epoch(now), **columns)
    if walk.parent is not None:
        connection.execute(
            "UPDATE walks SET touched_at = ? WHERE id = ? AND ended_at IS NULL",
            (to_epoch(now), walk.parent),
        )
    return walk
