"""Opening a walk: a new one, the open one of its item, or one inside another.

A new walk is a draft until its first step, so that looking at it stores nothing. A walk whose goal
has been reached since it started is ended as done when it is opened again, so that it never leads
to a second payment.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from store import formats
from store.errors import Usage
from store.i18n import _
from store.items.overview import Overview
from store.items.queries import last_sync
from store.items.top_up_need import Need, encode_need
from store.models import Item
from store.payments.payment import PaymentState
from store.session import Session
from store.walkthroughs import progress, rows
from store.walkthroughs.context import NEED, Context, current_snapshot, reason_for
from store.walkthroughs.procedures import load_procedure
from store.walkthroughs.proof import Proof, in_full
from store.walkthroughs.status import first_needed, step_statuses
from store.walkthroughs.walk import Subject, Walk, WalkStart, read_open_walks


def open_walk(
    session: Session,
    procedure: str,
    item_id: str = "",
    need: Need | None = None,
) -> Walk:
    """The open walk of the item for this procedure, else a draft of a new one. An open walk whose
    goal is reached is ended and returned.

    `need` is the money that a top-up is for, if not the walk's own. Raises `Usage` for an unknown
    item, or one of a kind that the procedure does not apply to.
    """
    load_procedure(procedure)
    overview = session.overview()
    item = _find_item(overview, item_id) if item_id else None
    subject = Subject(
        session.account.name,
        _identity(session),
        None if item is None else item.kind.value,
        item.id if item else item_id,
    )
    existing = rows.find_open_walk(session.db, subject, procedure)
    if existing is not None:
        return resume(session, _with_need(session, existing, need), overview)
    if item_id and item is None:
        raise Usage(
            _("this account has no item {item_id!r}; `renewal status` lists its items").format(
                item_id=item_id
            )
        )
    _check_kind(procedure, item)
    start = WalkStart(
        procedure,
        current_snapshot(session, overview, subject.item_id),
        reason_for(procedure, item),
        {NEED: text} if (text := encode_need(need)) else {},
    )
    draft = rows.draft_walk(subject, start, session.now())
    first = first_needed(step_statuses(Context.of(session, draft, overview=overview)))
    return replace(draft, step=first)


def _with_need(session: Session, walk: Walk, need: Need | None) -> Walk:
    """The open walk; if it is a top-up, with this need in place of an earlier one."""
    text = encode_need(need)
    if walk.procedure != "P-TOPUP" or walk.saved.get(NEED, "") == text:
        return walk
    return progress.save_value(session.db, walk, NEED, text, session.now())


def open_inside(session: Session, outer: Walk, procedure: str, need: Need | None = None) -> Walk:
    """Start a procedure inside another walk of the same item, which waits for it. `need` is as in
    `open_walk`."""
    before = current_snapshot(session, session.overview(), outer.subject.item_id)
    inner = progress.start_inside(session.db, outer, WalkStart(procedure, before), session.now())
    return _move_to_first_needed(session, _with_need(session, inner, need))


def switch_procedure(session: Session, walk: Walk, procedure: str, because: str) -> Walk:
    """Switch to another procedure for the same item: from method 1 to method 2."""
    start = WalkStart(procedure, because=because)
    return _move_to_first_needed(
        session, progress.switch_procedure(session.db, walk, start, session.now())
    )


def resume(session: Session, walk: Walk, overview: Overview | None = None) -> Walk:
    """The stored walk, ended as done if its goal has been reached since it started; its reason then
    says what was reached, and when."""
    walk = rows.current_walk(session.db, walk)
    if walk.ended is not None or not walk.is_stored:
        return walk
    context = Context.of(session, walk, overview=overview)
    if not context.goal.is_shown:
        return walk
    return progress.finish_walk(session.db, walk, _date_proof(context), session.now())


def open_walks(session: Session, item_id: str | None = None) -> list[Walk]:
    """The open walks of the account or of one item, oldest first."""
    synced = last_sync(session.db, session.account.name)
    walks = read_open_walks(session.db, session.account.name, synced.identity) if synced else []
    return [walk for walk in walks if item_id in {None, walk.subject.item_id}]


def _date_proof(context: Context) -> Proof:
    """The proof with its time: that of a payment in the journal, else of the sync that shows it, or
    a later one from which on it is true."""
    began = context.walk.started_at
    paid = [
        row.settled_at
        for row in context.attempts
        if row.state is PaymentState.PAID and row.settled_at and row.settled_at >= began
    ]
    shown = context.overview.as_of
    instants = [*(paid or ([shown] if shown else [])), *_effect_times(context.goal)]
    known_at = formats.fill(_("Checked at {at}."), at=max(instants, default=None))
    dated = formats.sentences([in_full(context.goal).sentence, known_at])
    return replace(context.goal, sentence=dated)


def _effect_times(goal: Proof) -> Iterator[datetime]:
    """The instants at which the instance was available again, or a new plan took effect."""
    before, after = goal.before or {}, goal.after or {}
    known = {plan["id"] for plan in before.get("plans", ())}
    new = [plan for plan in after.get("plans", ()) if plan["id"] not in known]
    texts = [plan["effective_at"] for plan in new if plan["in_effect"]]
    if after.get("restored_at"):
        texts.append(after["restored_at"])
    yield from map(datetime.fromisoformat, texts)


def _move_to_first_needed(session: Session, walk: Walk) -> Walk:
    """The newly stored walk, moved to the first step that is needed."""
    if walk.step != load_procedure(walk.procedure).steps[0].id:
        return walk
    step = first_needed(step_statuses(Context.of(session, walk)))
    return progress.move_to_step(session.db, walk, step, session.now())


def _check_kind(procedure: str, item: Item | None) -> None:
    kinds = load_procedure(procedure).kinds
    if item is None and procedure != "P-TOPUP":
        raise Usage(_("{procedure} needs an item").format(procedure=procedure))
    if item is not None and item.kind not in kinds:
        fitting = ", ".join(kind.value for kind in kinds)
        raise Usage(
            _("{procedure} is not for {id} ({value}); it is for {fitting}").format(
                procedure=procedure, id=item.id, value=item.kind.value, fitting=fitting
            )
        )


def _identity(session: Session) -> str:
    synced = last_sync(session.db, session.account.name)
    if synced is None:
        raise Usage(_("no data for this account yet; sync first"))
    return synced.identity


def _find_item(overview: Overview, name: str) -> Item | None:
    """The item with that id, else the first one with that Instance ID; None if there is none."""
    assessment = overview.of_id(name) or next(iter(overview.of_instance(name)), None)
    return None if assessment is None else assessment.item
