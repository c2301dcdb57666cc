"""Moving through the steps of a walk: forward, back, saving values, and ending it."""

from __future__ import annotations

from store import formats
from store.errors import Usage
from store.i18n import _
from store.items.names import item_name
from store.items.overview import Overview
from store.models import Item, Kind
from store.session import Session
from store.walkthroughs import progress, rows
from store.walkthroughs.context import Context
from store.walkthroughs.procedures import Action, load_procedure
from store.walkthroughs.proof import Proof, in_full
from store.walkthroughs.status import first_needed, step_statuses
from store.walkthroughs.walk import Walk


def go_to_next_step(session: Session, walk: Walk, overview: Overview | None = None) -> Walk:
    """Move to the next needed step; at the last step the walk stays, since it is finished there.

    `overview`: the account, if the caller has read it already.
    """
    context = Context.of(session, rows.current_walk(session.db, walk), overview=overview)
    position = context.procedure.position(context.walk.step)
    passed = first_needed(step_statuses(context), after=position)
    return progress.move_to_step(session.db, walk, passed, session.now())


def shown_goal(session: Session, walk: Walk, overview: Overview | None = None) -> Proof | None:
    """The proof of a walk at whose current step nothing is left but to check the result, if the
    stored data shows the goal.

    `overview`: the account, if the caller has read it already.
    """
    context = Context.of(session, rows.current_walk(session.db, walk), overview=overview)
    is_last = context.procedure.step(context.walk.step).action is Action.SEE
    return context.goal if is_last and context.goal.is_shown else None


def go_to_previous_step(session: Session, walk: Walk) -> Walk:
    """Move to the previous step, needed or not; at the first step the walk stays."""
    walk = rows.current_walk(session.db, walk)
    procedure = load_procedure(walk.procedure, charged_to=session.account.charged_to)
    before = procedure.steps[max(0, procedure.position(walk.step) - 1)]
    return progress.move_to_step(session.db, walk, before.id, session.now())


def save_instance_id(session: Session, walk: Walk, instance_id: str) -> Walk:
    """Save the Instance ID shown in the console; it may be empty (LIC-2).

    Raises `Usage` as `check_instance_id` does.
    """
    context = Context.of(session, rows.current_walk(session.db, walk))
    checked = check_instance_id(context.item, context.overview, instance_id)
    return progress.save_value(session.db, walk, "instance_id", checked, session.now())


def check_instance_id(
    item: Item | None, overview: Overview, instance_id: str, *, renews: bool = False
) -> str:
    """The Instance ID that a person typed, stripped; it may be empty (LIC-2).

    Raises `Usage` for an invalid ID, and for one that contradicts the data: the item has another
    ID, or the ID belongs to another item. If the program itself `renews` the item, the data has to
    have the ID.
    """
    instance_id = progress.check_id_format(instance_id.strip())
    known, name = (item.instance_id, item_name(item)) if item else ("", "")
    if renews and instance_id and not known:
        raise Usage(
            _(
                "The data shows no Instance ID for {name}, so it cannot be renewed by {id!r}. "
                "Leave it empty, or correct the license first."
            ).format(id=instance_id, name=name)
        )
    if known and instance_id not in {"", known}:
        raise Usage(
            _(
                "{id!r} is not the Instance ID of {name}: the data shows {known!r}. "
                "Compare it with the console; if the console is right, correct the "
                "license first."
            ).format(id=instance_id, name=name, known=known)
        )
    others = overview.of_instance(instance_id) if instance_id and not known else ()
    if others:
        raise Usage(
            _("{id!r} is the Instance ID of {other}, not of {name}.").format(
                id=instance_id,
                other=item_name(others[0].item),
                name=name,
            )
        )
    return instance_id


def save_new_instance_id(session: Session, walk: Walk, instance_id: str) -> Walk:
    """Save the Instance ID of the separately bought Enterprise instance. Raises `Usage` as
    `check_new_instance_id` does."""
    checked = check_new_instance_id(session.overview(), instance_id)
    return progress.save_value(session.db, walk, "new_instance_id", checked, session.now())


def check_new_instance_id(overview: Overview, instance_id: str) -> str:
    """The Instance ID that a person typed, stripped. Raises `Usage` if it is empty, invalid, or
    that of another kind of item."""
    instance_id = progress.check_id_format(instance_id.strip())
    if not instance_id:
        raise Usage(_("Enter the Instance ID of the new instance."))
    instance = overview.of_id(instance_id)
    if instance is not None and instance.item.kind is not Kind.ENTERPRISE:
        raise Usage(
            _("{id!r} is {name}, which is not an Enterprise Edition instance.").format(
                id=instance_id, name=item_name(instance.item)
            )
        )
    ends_at = None if instance is None else instance.item.ends_at
    if instance is not None and ends_at and overview.now and ends_at <= overview.now:
        words = _("{id!r} is {name}, which ended on {day}: it is not the new instance.")
        raise Usage(words.format(id=instance_id, name=instance.item.name, day=formats.day(ends_at)))
    return instance_id


def save_ticket_draft(session: Session, walk: Walk, text: str) -> Walk:
    """Save the person's edited draft of the ticket; if it is empty, the ticket is drafted from the
    data again. Raises `Usage` if it is too long."""
    return progress.save_value(session.db, walk, progress.TICKET, text, session.now())


def finish_walk(session: Session, walk: Walk, proof: Proof) -> Walk | None:
    """End the walk by its proof; returns the walk that was waiting for it, if any."""
    outer = progress.waiting_walk(session.db, rows.current_walk(session.db, walk))
    progress.finish_walk(session.db, walk, in_full(proof), session.now())
    return outer
