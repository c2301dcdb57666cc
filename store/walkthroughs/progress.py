"""Moving a walk: each change is one committed transaction, so that a kill loses no step.

Every function takes an open connection of the store (rows answer to names) and `now`
by the account's clock. All raise `Usage` for a walk that there is not or that has ended.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime

from store.database.open import immediate
from store.errors import Usage
from store.i18n import _
from store.times import to_epoch
from store.walkthroughs.procedures import load
from store.walkthroughs.proof import Proof
from store.walkthroughs.rows import find, insert, open_one, still_open, storable, typed, update
from store.walkthroughs.walk import Entry, Subject, Walk, from_row

_INSTANCE_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}", re.ASCII)


def start(connection: sqlite3.Connection, subject: Subject, entry: Entry, now: datetime) -> Walk:
    """Begin a procedure for an item, or take up the walk that is already open for it."""
    with immediate(connection):
        return _open_or_insert(connection, subject, entry, now)


def by_id(connection: sqlite3.Connection, walk_id: str) -> Walk:
    """The walk of that id, open or ended."""
    return find(connection, walk_id)


def open_walks(connection: sqlite3.Connection, account: str, identity: str) -> list[Walk]:
    """The open walks of an account, in the order in which they were started."""
    rows = connection.execute(
        "SELECT * FROM walks WHERE account = ? AND identity = ? AND ended_at IS NULL"
        " ORDER BY started_at, rowid",
        (account, identity),
    )
    return [from_row(row) for row in rows]


def of_item(connection: sqlite3.Connection, subject: Subject) -> list[Walk]:
    """Every walk of this item, open and ended, in the order in which they were started."""
    rows = connection.execute(
        "SELECT * FROM walks WHERE account = ? AND identity = ? AND item_id = ?"
        " ORDER BY started_at, rowid",
        (subject.account, subject.identity, subject.item_id),
    )
    return [from_row(row) for row in rows]


def go_on(connection: sqlite3.Connection, walk_id: str, now: datetime) -> Walk:
    """To the next step. The last one stays: from there a walk is finished or closed."""
    return _step_by(connection, walk_id, 1, now)


def back(connection: sqlite3.Connection, walk_id: str, now: datetime) -> Walk:
    """To the step before; the first one stays."""
    return _step_by(connection, walk_id, -1, now)


def go_to(connection: sqlite3.Connection, walk_id: str, step_id: str, now: datetime) -> Walk:
    """To that step; raises `Usage` for one that the procedure does not have."""
    with immediate(connection):
        walk = still_open(connection, walk_id)
        known = [step.id for step in load(walk.procedure).steps]
        if step_id not in known:
            raise Usage(
                _("{step_id!r} is no step of {procedure}: expected {value}").format(
                    step_id=step_id, procedure=walk.procedure, value=", ".join(known)
                )
            )
        return update(connection, walk_id, now, step=step_id)


def save(
    connection: sqlite3.Connection, walk_id: str, name: str, value: str, now: datetime
) -> Walk:
    """Keep a value with the walk. An `instance_id` is checked, and may be empty (LIC-2)."""
    value = typed(value, name)
    if name == "instance_id" and value and not _INSTANCE_ID.fullmatch(value):
        raise Usage(
            _(
                "{value!r} is no Instance ID: expected 1 to 64 letters, digits, or any of _ . : -"
            ).format(value=value)
        )
    with immediate(connection):
        walk = still_open(connection, walk_id)
        saved = json.dumps({**walk.saved, typed(name, "name"): value})
        return update(connection, walk_id, now, saved=saved)


def branch(connection: sqlite3.Connection, walk_id: str, entry: Entry, now: datetime) -> Walk:
    """Leave this procedure for another one of the same item: method 1 for method 2.

    This walk is closed with `entry.because`, which the new one remembers. What was saved,
    the state at the beginning and whoever waits for it go along.
    """
    if not entry.because:
        raise Usage(_("To go over to another method, say why; the reason is kept."))
    with immediate(connection):
        left = still_open(connection, walk_id)
        if entry.procedure == left.procedure:
            raise Usage(
                _("This walk-through is {procedure} already.").format(procedure=left.procedure)
            )
        entry = Entry(
            procedure=entry.procedure,
            before=entry.before or left.before,
            because=entry.because,
            saved={**left.saved, **entry.saved},
        )
        new = _open_or_insert(connection, left.subject, entry, now)
        inside = any(above.id == new.id for above in _above(connection, left))
        connection.execute(
            "UPDATE walks SET parent = ? WHERE parent = ? AND ended_at IS NULL AND id <> ?",
            (new.id, left.id, new.id),
        )
        because = storable(entry.because or "")
        _end(connection, left.id, "closed", now, reason=because)
        return update(
            connection,
            new.id,
            now,
            parent=new.parent if inside else left.parent,
            entered_because=because,
            saved=json.dumps({**new.saved, **entry.saved}),
        )


def nest(connection: sqlite3.Connection, walk_id: str, entry: Entry, now: datetime) -> Walk:
    """Go through another procedure first (P-TOPUP before a purchase) and then come back.

    The walk that waits stays at its step; `waiting` finds it from the nested one.
    """
    with immediate(connection):
        outer = still_open(connection, walk_id)
        if entry.procedure == outer.procedure:
            raise Usage(
                _("This walk-through is {procedure} already.").format(procedure=outer.procedure)
            )
        if any(above.procedure == entry.procedure for above in _above(connection, outer)):
            raise Usage(
                _("{procedure} already waits for this walk-through.").format(
                    procedure=entry.procedure
                )
            )
        inner = _open_or_insert(connection, outer.subject, entry, now)
        return update(connection, inner.id, now, parent=outer.id)


def waiting(connection: sqlite3.Connection, walk_id: str) -> Walk | None:
    """The open walk that waits for this one, at the step to come back to."""
    parent = find(connection, walk_id).parent
    outer = None if parent is None else find(connection, parent)
    return outer if outer is not None and outer.ended is None else None


def close(connection: sqlite3.Connection, walk_id: str, reason: str, now: datetime) -> Walk:
    """End a walk unfinished; raises `Usage` without a reason."""
    reason = typed(reason, "reason")
    if not reason:
        raise Usage(_("To close a walk-through unfinished, say why; the reason is kept."))
    with immediate(connection):
        still_open(connection, walk_id)
        return _end(connection, walk_id, "closed", now, reason=reason)


def finish(connection: sqlite3.Connection, walk_id: str, proof: Proof, now: datetime) -> Walk:
    """End a walk whose new state is shown, with before and after.

    Raises `Usage` when it is not shown, or when the proof is another walk's.
    """
    if not proof.shown:
        raise Usage(
            _("{sentence} Until then this walk-through can only be left or closed.").format(
                sentence=proof.sentence
            )
        )
    with immediate(connection):
        walk = still_open(connection, walk_id)
        if (walk.procedure, walk.subject.item_id) != (proof.procedure, proof.item_id):
            raise Usage(
                _(
                    "What is shown proves {procedure} of {item_id!r}, not {wanted} of "
                    "{wanted_id!r}."
                ).format(
                    procedure=proof.procedure,
                    item_id=proof.item_id,
                    wanted=walk.procedure,
                    wanted_id=walk.subject.item_id,
                )
            )
        after = None if proof.after is None else json.dumps(dict(proof.after))
        return _end(connection, walk_id, "done", now, reason=proof.sentence, after=after)


def _open_or_insert(
    connection: sqlite3.Connection, subject: Subject, entry: Entry, now: datetime
) -> Walk:
    load(entry.procedure)
    return open_one(connection, subject, entry.procedure) or insert(connection, subject, entry, now)


def _above(connection: sqlite3.Connection, walk: Walk) -> Iterator[Walk]:
    while walk.parent is not None:
        walk = find(connection, walk.parent)
        yield walk


def _step_by(connection: sqlite3.Connection, walk_id: str, by: int, now: datetime) -> Walk:
    with immediate(connection):
        walk = still_open(connection, walk_id)
        procedure = load(walk.procedure)
        index = procedure.position(walk.step) + by
        index = max(0, min(index, len(procedure.steps) - 1))
        return update(connection, walk_id, now, step=procedure.steps[index].id)


def _end(
    connection: sqlite3.Connection, walk_id: str, how: str, now: datetime, **columns: str | None
) -> Walk:
    walk = update(connection, walk_id, now, ended=how, ended_at=to_epoch(now), **columns)
    if walk.parent is not None:
        connection.execute(
            "UPDATE walks SET touched_at = ? WHERE id = ? AND ended_at IS NULL",
            (to_epoch(now), walk.parent),
        )
    return walk
