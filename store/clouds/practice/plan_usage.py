"""The exact, continuous use of the resource plans of one type and region, without a database.

At any instant one plan of a type is used: of those in effect with something left, the one that
expires first. If there is none, usage is billed pay-as-you-go at the rate and price of the plan
that ended last (VOD-2, VOD-5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct, field
from msgspec.structs import replace

DAY = 86400
_TO_BEIJING = 8 * 3600
NOTHING = Fraction(0)


class PlanInUse(Struct):
    """A plan in use. Instants are seconds since 1970, quantities are exact."""

    id: str
    in_effect_at: int
    expires_at: int
    remaining: Fraction
    used_per_day: Fraction
    payg_price: Fraction | None
    used_up_at: Fraction | None = None
    """The instant at which it was used up, if known."""
    unbilled: Fraction = field(default=NOTHING)
    """The pay-as-you-go cost since the last midnight."""

    def ended_at(self) -> Fraction:
        """The earlier of its expiry and the instant at which it was used up."""
        expires = Fraction(self.expires_at)
        return expires if self.used_up_at is None else min(expires, self.used_up_at)

    def is_in_effect(self, instant: Fraction) -> bool:
        """Whether it is in effect and has something left."""
        return self.in_effect_at <= instant < self.expires_at and self.remaining > 0

    @property
    def payg_per_second(self) -> Fraction:
        """The cost per second of pay-as-you-go usage of its type; nothing if the price is
        unknown."""
        return NOTHING if self.payg_price is None else self.payg_price * self.used_per_day / DAY


class UsageSpan(Struct, frozen=True):
    """A period in which one plan determines the usage of its type."""

    plan: PlanInUse | None
    is_used: bool
    """Whether the plan is used; if not, usage is billed at its rate and price."""
    start: Fraction
    end: Fraction | None
    runs_out: bool = False
    """Whether the plan is used up at the end of the span."""


def usage_spans(
    plans: Sequence[PlanInUse], start: int, end: int | None = None
) -> Iterator[UsageSpan]:
    """The usage from `start` to `end`, in order, without changing the plans."""
    plans = [replace(plan) for plan in plans]
    instant = Fraction(start)
    while end is None or instant < end:
        span = _span_from(plans, instant, end)
        yield span
        if span.end is None:
            return
        if span.plan is not None and span.is_used:
            _use(span.plan, span)
        instant = span.end


def _span_from(plans: Sequence[PlanInUse], instant: Fraction, end: int | None) -> UsageSpan:
    changes = [
        Fraction(change)
        for plan in plans
        for change in (plan.in_effect_at, plan.expires_at)
        if change > instant
    ]
    if end is not None:
        changes.append(Fraction(end))
    until = min(changes, default=None)
    running = [plan for plan in plans if plan.is_in_effect(instant)]
    if not running:
        return UsageSpan(_ended_last(plans, instant), is_used=False, start=instant, end=until)
    used = min(running, key=lambda plan: (plan.expires_at, plan.id))
    if used.used_per_day:
        empty_at = instant + used.remaining * DAY / used.used_per_day
        if until is None or empty_at <= until:
            return UsageSpan(used, is_used=True, start=instant, end=empty_at, runs_out=True)
    return UsageSpan(used, is_used=True, start=instant, end=until)


def _ended_last(plans: Sequence[PlanInUse], instant: Fraction) -> PlanInUse | None:
    ended = [plan for plan in plans if plan.ended_at() <= instant]
    return min(ended, key=lambda plan: (-plan.ended_at(), plan.id), default=None)


def _use(plan: PlanInUse, span: UsageSpan) -> None:
    if span.end is None:
        return
    if span.runs_out:
        plan.remaining = NOTHING
        plan.used_up_at = span.end
    else:
        plan.remaining -= plan.used_per_day * (span.end - span.start) / DAY


def use_plans(plans: Sequence[PlanInUse], start: int, end: int) -> None:
    """Update the plans of one type from `start` to `end`."""
    by_id = {plan.id: plan for plan in plans}
    for span in list(usage_spans(plans, start, end)):
        if span.plan is None or span.end is None:
            continue
        plan = by_id[span.plan.id]
        if span.is_used:
            _use(plan, span)
        else:
            plan.unbilled += plan.payg_per_second * (span.end - span.start)


def next_usage_bill(plans: Sequence[PlanInUse], now: int) -> int | None:
    """The next midnight (UTC+8) with pay-as-you-go usage to bill."""
    if any(plan.unbilled for plan in plans):
        return next_midnight(Fraction(now))
    for span in usage_spans(plans, now):
        if span.plan is not None and not span.is_used and span.plan.payg_per_second:
            return next_midnight(span.start)
    return None


def next_used_up(plans: Sequence[PlanInUse], now: int) -> int | None:
    """The next whole second at which a plan is used up."""
    for span in usage_spans(plans, now):
        if span.runs_out and span.end is not None:
            return -(-span.end.numerator // span.end.denominator)
    return None


def next_midnight(instant: Fraction) -> int:
    """The first midnight in UTC+8 after the instant."""
    return ((instant + _TO_BEIJING) // DAY + 1) * DAY - _TO_BEIJING


def to_cents(amount: Fraction) -> int:
    """Whole cents, rounded half up."""
    return int((amount * 100 + Fraction(1, 2)) // 1)
