"""A walk-through as it is shown: its steps, the current one filled in, and the checks.

Reads the store only; sync first for the newest data.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from store import formats
from store.i18n import _
from store.items.assessment import Assessment
from store.items.overview import Overview
from store.items.top_up_need import Need
from store.models import Balance, DataError, Item, License
from store.orders import Quote
from store.payments.payment import PaymentState
from store.rules.standing import State
from store.session import Session
from store.walkthroughs import progress, rows
from store.walkthroughs.checks import Check, CheckFacts, run_checks
from store.walkthroughs.context import Context, sdk_order
from store.walkthroughs.goals import is_overdue
from store.walkthroughs.procedures import Action, Procedure
from store.walkthroughs.proof import Proof
from store.walkthroughs.status import Status, StepStatus, first_needed, step_statuses
from store.walkthroughs.step import FilledStep, StepFacts, fill_step, step_values
from store.walkthroughs.ticket import Attempt, TicketFacts, draft_ticket
from store.walkthroughs.walk import Walk

_BUYS = frozenset({Action.BUY_PLAN, Action.BUY_LICENSE, Action.UPGRADE, Action.RENEW})


class Walkthrough(Struct, frozen=True):
    """A walk with all data for its screen."""

    walk: Walk
    procedure: Procedure
    """With the steps for this account."""
    steps: tuple[StepStatus, ...]
    """Each step with its status and the reason."""
    step: FilledStep
    """The current step."""
    position: int
    """The index of the current step, from 0."""
    assessment: Assessment | None
    """The item; None for the account itself, and for an item that is no longer stored."""
    checks: tuple[Check, ...]
    """The checks; empty once the first needed step is passed."""
    outer: Walk | None
    """The walk that is waiting for this one."""
    need: Need | None
    """The money that it, or the walk that waits for it, needs; None if the balance is unknown."""
    balance: Balance | None
    quote: Quote | None
    """The cost of it, or of the walk that waits for it, by stored prices; None if nothing is paid
    for."""
    now: datetime | None
    """The instant at which it was read; None: no data yet."""
    bindable: tuple[License, ...]
    """The licenses that can be bound, the best first."""

    @property
    def item(self) -> Item | None:
        return None if self.assessment is None else self.assessment.item

    @property
    def missing(self) -> Decimal | None:
        """The amount that the balance lacks; 0 if it is enough, None if it is unknown."""
        return self.need.missing if self.need else None

    @property
    def data_errors(self) -> tuple[DataError, ...]:
        """The data errors of the item; empty once the walk has ended."""
        if self.assessment is None or self.walk.ended:
            return ()
        return tuple(self.assessment.standing.data_errors)

    @property
    def has_draft(self) -> bool:
        """Whether the current step shows the draft of a ticket."""
        return self.procedure.steps[self.position].carry == progress.TICKET and bool(
            self.step.carry
        )

    @property
    def status(self) -> StepStatus:
        """The status of the current step, and the effect of enter."""
        return self.steps[self.position]

    @property
    def instance_id(self) -> str:
        """The Instance ID that the person saved, else the listed one."""
        known = getattr(self.item, "instance_id", "")
        return self.walk.saved.get("instance_id") or known


def read_walkthrough(session: Session, walk: Walk, overview: Overview | None = None) -> Walkthrough:
    """The walk, with its current step filled in with the item's current values.

    `overview`: the account, if the caller has read it already.
    """
    context = Context.of(session, rows.current_walk(session.db, walk), overview)
    steps, procedure = step_statuses(context), context.procedure
    position = procedure.position(context.walk.step)
    return Walkthrough(
        walk=context.walk,
        procedure=procedure,
        steps=steps,
        step=fill_step(procedure.steps[position], _values(context, position)),
        position=position,
        assessment=context.assessment,
        checks=_checks(context, steps, position),
        outer=context.outer,
        need=context.need,
        balance=context.overview.balance,
        quote=context.quote,
        now=context.overview.now,
        bindable=context.bindable,
    )


def check_goal(session: Session, walk: Walk) -> Proof:
    """Whether the stored data shows the goal, compared with the snapshot at the start."""
    return Context.of(session, rows.current_walk(session.db, walk)).goal


def _values(context: Context, position: int) -> dict[str, str | None]:
    item, saved = context.item, context.walk.saved
    texts = step_values(item, _facts(context))
    if saved.get("instance_id"):
        texts["instance_id"] = saved["instance_id"]
    texts["new_instance_id"] = saved.get("new_instance_id") or None
    if context.walk.procedure == "P-IOT-UPGRADE" and not texts["price"]:
        texts["price"] = _price_of_upgrade(context)
    if isinstance(item, License):
        if context.walk.procedure == "P-LIC-RENEW":
            order = sdk_order(context.overview, item)
            texts["sdks"] = formats.joined(
                dict.fromkeys(sdk for license_ in order for sdk in license_.sdks)
            )
        texts["new_license"] = _new_license(context)
    if context.procedure.steps[position].carry == progress.TICKET:
        texts["ticket"] = saved.get(progress.TICKET) or _ticket(context)
    return texts


def _price_of_upgrade(context: Context) -> str:
    """Where the price of an upgrade is told: no API quotes it."""
    if Action.UPGRADE in context.program_actions:
        return _("as the console quotes it; you enter it here")
    return _("as the console quotes it")


def _new_license(context: Context) -> str | None:
    """The license to bind, if it has been bought."""
    if context.walk.saved.get("bought"):
        return context.walk.saved["bought"]
    item = context.item
    if isinstance(item, License) and not item.application:
        return item.id
    return context.spare.id if context.spare else None


def _facts(context: Context) -> StepFacts:
    standing = context.assessment.standing if context.assessment else None
    before = (context.walk.before or {}).get("ends_at")
    return StepFacts(
        context.session.account.name,
        context.overview.site,
        context.overview.balance,
        context.quote,
        context.months,
        released_at=standing.data_lost_at if standing else None,
        is_overdue=is_overdue(context.snapshot),
        has_stopped=standing is not None and standing.state is State.STOPPED,
        ends_before=datetime.fromisoformat(before) if before else None,
        need=context.need,
        now=context.overview.now,
    )


def _checks(context: Context, steps: tuple[StepStatus, ...], position: int) -> tuple[Check, ...]:
    """The checks, which are shown before any action: up to the first needed step."""
    needed = context.procedure.position(first_needed(steps))
    item, now = context.item, context.overview.now
    is_over = context.walk.ended is not None or context.goal.is_shown
    if item is None or now is None or is_over or position > needed:
        return ()
    needed_actions = {
        step.action
        for step, status in zip(context.procedure.steps, steps, strict=True)
        if status.status is Status.NEEDED
    }
    facts = CheckFacts(
        now=now,
        balance=context.overview.balance,
        quote=context.quote,
        open_payment=any(payment.is_open for payment in context.attempts),
        refused=_refusal(context, item),
        released_at=context.assessment.standing.data_lost_at if context.assessment else None,
        pays=bool(needed_actions & _BUYS),
        charged_to=context.session.account.charged_to,
    )
    return run_checks(context.walk.procedure, item, facts)


def _refusal(context: Context, item: Item) -> str | None:
    """The cloud's message, if it refused a renewal for the current end date."""
    for payment in reversed(context.attempts):
        if payment.state is PaymentState.REFUSED and payment.ends_before == item.ends_at:
            return payment.error_message
    return None


def _ticket(context: Context) -> str | None:
    """The draft of a ticket about the walk's item; None without an item."""
    if context.item is None:
        return None
    attempts = [
        Attempt(
            payment.created_at,
            _("{operation}, {months} months").format(
                operation=payment.operation.value, months=payment.months
            ),
            payment.state.value,
            payment.error_message,
        )
        for payment in context.attempts
    ]
    walks = progress.walks_of_item(context.session.db, context.walk.subject)
    tried = TicketFacts(context.session.account.name, context.overview.site, walks, attempts)
    return draft_ticket(context.item, tried)
