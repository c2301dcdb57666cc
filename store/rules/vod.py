"""ApsaraVideo VOD and its resource plans: VOD-1 to VOD-7."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil

from store.models import Balance, ResourcePlan
from store.money import convert_unit
from store.rules.standing import Event, Standing, State

DAY = 86_400

COVERS_BEYOND = timedelta(days=7)
"""How long a plan has to last from now on to cover another one."""

LOW = Fraction(1, 10)
"""The share of its total below which a plan with an unknown rate of use runs low: it is a warning
and covers no other plan (VOD-7)."""

_CLAUSES = ("VOD-2", "VOD-4", "VOD-5", "VOD-7")


def plan_standing(plan: ResourcePlan, plans: Iterable[ResourcePlan], now: datetime) -> Standing:
    """The standing of a plan. `plans` are those of its type, which may include the plan itself."""
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
    """The end of a plan in effect: used up at its own rate, or expired, whichever is first."""
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
    """Whether `other` can be used in the plan's region; a plan without a region is valid in any."""
    return None in {other.region, plan.region} or other.region == plan.region


def _covers(other: ResourcePlan, plan: ResourcePlan, at: datetime, now: datetime) -> bool:
    """Whether `other` takes over at that instant: it is in effect then, has something left, and
    neither ends nor is used up soon."""
    earliest_end = now + COVERS_BEYOND
    runs_out = used_up_at(other, now)
    return (
        other.id != plan.id
        and is_for_region_of(other, plan)
        and _has_left(other, at)
        and other.ends_at > earliest_end
        and (runs_out is None or runs_out > earliest_end)
        and not is_low(other)
    )


def _has_left(plan: ResourcePlan, at: datetime) -> bool:
    return plan.effective_at <= at < plan.ends_at and plan.remaining > 0


def remaining_of_type(plan: ResourcePlan, plans: Iterable[ResourcePlan], now: datetime) -> Fraction:
    """The remaining amount of all plans in effect of this plan's type and region (VOD-5), in this
    plan's unit. `plans` are those of its type; amounts in units that cannot be converted are left
    out."""
    amounts = [
        convert_unit(other.remaining, other.unit, plan.unit)
        for other in plans
        if is_for_region_of(other, plan) and _has_left(other, now)
    ]
    return sum((amount for amount in amounts if amount is not None), Fraction(0))


def vod_standing(
    plans_by_type: Mapping[str, Sequence[ResourcePlan]], balance: Balance, now: datetime
) -> Standing:
    """The standing of ApsaraVideo VOD itself: at risk while something is owed and some type of plan
    has none in effect, or there are no plans at all."""
    uncovered = not plans_by_type or any(
        not any(_has_left(plan, now) for plan in plans) for plans in plans_by_type.values()
    )
    state = State.AT_RISK if balance.owed and uncovered else State.RUNNING
    return Standing(state, ("VOD-1", "VOD-2", "VOD-3"), "P-TOPUP")
