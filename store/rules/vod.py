"""ApsaraVideo VOD and its resource plans: VOD-1 to VOD-7."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil

from store.models import Balance, ResourcePlan
from store.rules.standing import Event, Standing, State
from store.rules.units import convert_unit

DAY = 86_400

COVERS_BEYOND = timedelta(days=7)
"""How long a plan has to last, from now, to cover another one."""

LOW = Fraction(1, 10)
"""The share of a plan's total below which it covers no other plan and is a warning, if its rate of
use is unknown (VOD-7)."""

_CLAUSES = ("VOD-2", "VOD-4", "VOD-5", "VOD-7")


def plan_standing(plan: ResourcePlan, plans: Iterable[ResourcePlan], now: datetime) -> Standing:
    """A plan among the plans of its type (itself may be among them)."""
    state = plan_state(plan, now)
    if state is State.PENDING:
        return Standing(state, ("VOD-6",), None, _takes_effect(plan))
    event = _ends(plan, now) if state is State.ACTIVE else None
    at = event.at if event else now
    covered = any(_covers(other, plan, at, now) for other in plans)
    if event is None and covered:
        return Standing(state, ("VOD-5",), None, covered=True)
    low = event is not None and not covered and is_low(plan)
    return Standing(state, _CLAUSES, "P-PLAN-BUY", event, covered=covered, runs_low=low)


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
    """The instant at which the amount left at `now` is used up at this plan's own rate, rounded up
    to the second. None if its use is unknown or zero, or if the instant is beyond the calendar."""
    if not plan.used_per_day:
        return None
    seconds = ceil(plan.remaining / plan.used_per_day * DAY)
    try:
        return now + timedelta(seconds=seconds)
    except OverflowError:
        return None


def is_low(plan: ResourcePlan) -> bool:
    """Whether less than a tenth is left of a plan whose rate of use is unknown."""
    return plan.used_per_day is None and plan.remaining < plan.total * LOW


def is_for_region_of(other: ResourcePlan, plan: ResourcePlan) -> bool:
    """Whether both are for one region; a plan without a region is valid in any."""
    return None in {other.region, plan.region} or other.region == plan.region


def _covers(other: ResourcePlan, plan: ResourcePlan, at: datetime, now: datetime) -> bool:
    """Whether `other` takes over at that instant: it is in effect then, has something left, and
    neither ends nor runs out soon."""
    lasting = now + COVERS_BEYOND
    runs_out = used_up_at(other, now)
    return (
        other.id != plan.id
        and is_for_region_of(other, plan)
        and _has_left(other, at)
        and other.ends_at > lasting
        and (runs_out is None or runs_out > lasting)
        and not is_low(other)
    )


def _has_left(plan: ResourcePlan, at: datetime) -> bool:
    return plan.effective_at <= at < plan.ends_at and plan.remaining > 0


def remaining_of_type(plan: ResourcePlan, plans: Iterable[ResourcePlan], now: datetime) -> Fraction:
    """The remaining amount of all plans of this one's type and region that are in effect (VOD-5),
    in this one's unit; amounts in units that are not convertible are left out. `plans` are those of
    its type."""
    amounts = [
        convert_unit(other.remaining, other.unit, plan.unit)
        for other in plans
        if is_for_region_of(other, plan) and _has_left(other, now)
    ]
    return sum((amount for amount in amounts if amount is not None), Fraction(0))


def vod_standing(
    plans_by_type: Mapping[str, Sequence[ResourcePlan]], balance: Balance, now: datetime
) -> Standing:
    """ApsaraVideo VOD itself: at risk while something is owed and no plan of some type is in
    effect, or there are no plans at all."""
    uncovered = not plans_by_type or any(
        not any(_has_left(plan, now) for plan in plans) for plans in plans_by_type.values()
    )
    state = State.AT_RISK if balance.owed and uncovered else State.RUNNING
    return Standing(state, ("VOD-1", "VOD-2", "VOD-3"), "P-TOPUP")
