"""ApsaraVideo VOD and its resource plans: VOD-1 to VOD-7."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil

from store.models import Balance, ResourcePlan
from store.rules.standing import Event, Standing, State

DAY = 86_400


def plan_standing(plan: ResourcePlan, stack: Iterable[ResourcePlan], now: datetime) -> Standing:
    """A plan among the plans of its type (itself may be among them)."""
    state = plan_state(plan, now)
    if state is State.PENDING:
        return Standing(state, ("VOD-6",), None, _takes_effect(plan))
    coming = _ends(plan, now) if state is State.ACTIVE else None
    at = coming.at if coming else now
    covered = any(_has_left(other, at) for other in stack if other.id != plan.id)
    if coming is None and covered:
        return Standing(state, ("VOD-5",), None, covered=True)
    clauses = ("VOD-2", "VOD-4", "VOD-5", "VOD-7")
    return Standing(state, clauses, "P-PLAN-BUY", coming, covered=covered)


def plan_state(plan: ResourcePlan, now: datetime) -> State:
    """Whether a plan has ended, is used up, takes effect later, or is in effect."""
    if now >= plan.ends_at:
        return State.EXPIRED
    if now < plan.effective_at:
        return State.PENDING
    return State.ACTIVE if plan.remaining else State.USED_UP


def _takes_effect(plan: ResourcePlan) -> Event:
    if plan.ends_at <= plan.effective_at:
        return Event(State.EXPIRED, plan.ends_at, "VOD-2")
    return Event(State.ACTIVE, plan.effective_at, "VOD-6")


def _ends(plan: ResourcePlan, now: datetime) -> Event:
    """The end of a plan in effect: its last day, or sooner, at its own rate, used up."""
    runs_out = used_up_at(plan, now)
    if runs_out is not None and runs_out < plan.ends_at:
        return Event(State.USED_UP, runs_out, "VOD-2")
    return Event(State.EXPIRED, plan.ends_at, "VOD-2")


def used_up_at(plan: ResourcePlan, now: datetime) -> datetime | None:
    """When what is left is gone at this plan's own rate, rounded up to the second.

    None where it is not used, or where that lies beyond the calendar.
    """
    if not plan.used_per_day:
        return None
    seconds = ceil(plan.remaining / plan.used_per_day * DAY)
    try:
        return now + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _has_left(plan: ResourcePlan, at: datetime) -> bool:
    return plan.effective_at <= at < plan.ends_at and plan.remaining > 0


def remaining_of_type(stack: Iterable[ResourcePlan], now: datetime) -> Fraction:
    """What is left over all plans of one type that are in effect (VOD-5)."""
    return sum((plan.remaining for plan in stack if _has_left(plan, now)), Fraction(0))


def vod(plans: Sequence[ResourcePlan], balance: Balance, now: datetime) -> Standing:
    """ApsaraVideo VOD itself: at risk while something is owed that no plan would cover."""
    in_effect = {plan.type for plan in plans if _has_left(plan, now)}
    uncovered = not plans or any(plan.type not in in_effect for plan in plans)
    state = State.AT_RISK if balance.owed and uncovered else State.RUNNING
    return Standing(state, ("VOD-1", "VOD-2", "VOD-3"), "P-TOPUP")
