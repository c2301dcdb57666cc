"""VOD-1 to VOD-7."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

from store.rules import AccountFacts, as_missing
from store.rules.standing import Event, State
from store.rules.vod import plan_standing, remaining_of_type, used_up_at, vod_standing
from tests.store import items
from tests.store.items import DAY, NOW, SECOND


def standing(plan, *stack, now=NOW):
    return plan_standing(plan, (plan, *stack), now)


def test_a_plan_expires_at_its_end_used_up_or_not() -> None:
    plan = items.plan(NOW, used_per_day=Fraction(0))
    before = standing(plan, now=NOW - SECOND)
    assert (before.state, before.next) == (State.ACTIVE, Event(State.EXPIRED, NOW, "VOD-2"))
    after = standing(plan)
    assert (after.state, after.next, after.remedy) == (State.EXPIRED, None, "P-PLAN-BUY")
    assert standing(items.plan(NOW, remaining=Fraction(0))).state is State.EXPIRED


def test_a_plan_is_used_up_when_nothing_is_left() -> None:
    result = standing(items.plan(remaining=Fraction(0)))
    assert (result.state, result.next, result.remedy) == (State.USED_UP, None, "P-PLAN-BUY")


def test_the_next_of_a_plan_is_its_earlier_end() -> None:
    soon = items.plan(remaining=Fraction(10), used_per_day=Fraction(2))
    assert standing(soon).next == Event(State.USED_UP, NOW + 5 * DAY, "VOD-2")
    assert standing(items.plan(NOW + DAY)).next == Event(State.EXPIRED, NOW + DAY, "VOD-2")


def test_running_out_is_rounded_up_to_the_second() -> None:
    third = items.plan(remaining=Fraction(1, 3), used_per_day=Fraction(86_400))
    assert used_up_at(third, NOW) == NOW + SECOND
    exact = items.plan(remaining=Fraction(2), used_per_day=Fraction(86_400))
    assert used_up_at(exact, NOW) == NOW + 2 * SECOND


def test_a_plan_that_is_never_used_up() -> None:
    assert used_up_at(items.plan(used_per_day=Fraction(1, 10**9)), NOW) is None
    assert used_up_at(items.plan(used_per_day=None), NOW) is None


def test_a_bought_plan_is_pending_until_it_takes_effect() -> None:
    plan = items.plan(effective_at=NOW)
    before = standing(plan, now=NOW - SECOND)
    assert (before.state, before.remedy, before.clauses) == (State.PENDING, None, ("VOD-6",))
    assert before.next == Event(State.ACTIVE, NOW, "VOD-6")
    assert standing(plan).state is State.ACTIVE


def test_a_plan_that_ends_before_it_takes_effect() -> None:
    result = standing(items.plan(NOW + DAY, effective_at=NOW + 2 * DAY))
    assert result.next == Event(State.EXPIRED, NOW + DAY, "VOD-2")


WEEK = 7 * DAY


@pytest.mark.parametrize(
    ("other", "covers"),
    [
        ({}, True),
        ({"ends_at": NOW + WEEK}, False),
        ({"ends_at": NOW + WEEK + SECOND}, True),
        ({"effective_at": NOW + DAY}, True),
        ({"effective_at": NOW + DAY + SECOND}, False),
        ({"remaining": Fraction(0)}, False),
        ({"remaining": Fraction(7)}, False),
        ({"remaining": 7 + Fraction(1, 86_400)}, True),
        ({"used_per_day": Fraction(0), "remaining": Fraction(1, 100)}, True),
        ({"used_per_day": None, "remaining": Fraction(1024, 10)}, True),
        ({"used_per_day": None, "remaining": Fraction(1024, 10) - Fraction(1, 10**9)}, False),
        ({"region": "cn-shanghai"}, True),
    ],
)
def test_a_plan_is_covered_by_another_that_is_in_effect_and_lasts(other, covers) -> None:
    ending = items.plan(NOW + DAY)
    assert standing(ending, items.plan(id="plan-2", **other)).covered is covers


@pytest.mark.parametrize(
    ("region", "other", "covers"),
    [
        ("cn-shanghai", "cn-shanghai", True),
        ("cn-shanghai", "ap-southeast-1", False),
        ("cn-shanghai", None, True),
        (None, "ap-southeast-1", True),
    ],
)
def test_a_plan_covers_those_of_its_region(region, other, covers) -> None:
    ending, plan = items.plan(NOW + DAY, region=region), items.plan(id="plan-2", region=other)
    assert standing(ending, plan).covered is covers
    left = Fraction(1000) if covers else Fraction(500)
    assert remaining_of_type(ending, (ending, plan), NOW) == left


def test_the_last_tenth_of_a_plan_whose_use_is_not_known_is_a_warning() -> None:
    tenth = Fraction(1024, 10)
    low = items.plan(used_per_day=None, remaining=tenth - Fraction(1, 10**9))
    assert standing(low).runs_low
    assert not standing(items.plan(used_per_day=None, remaining=tenth)).runs_low
    assert not standing(items.plan(used_per_day=Fraction(1), remaining=tenth / 2)).runs_low
    assert not standing(low, items.plan(NOW + 101 * DAY, id="plan-2")).runs_low


def test_what_is_left_adds_up_in_one_unit() -> None:
    plans = (items.plan(), items.plan(id="p-2", unit="TB", remaining=Fraction(2)),
             items.plan(id="p-3", unit="times", remaining=Fraction(9)))  # fmt: skip
    assert remaining_of_type(plans[0], plans, NOW) == 500 + 2048
    assert remaining_of_type(plans[2], plans, NOW) == 9


def test_an_ended_plan_that_is_covered_needs_nothing() -> None:
    result = standing(items.plan(NOW), items.plan(id="plan-2"))
    assert (result.state, result.remedy, result.clauses) == (State.EXPIRED, None, ("VOD-5",))


def test_what_is_left_counts_over_all_plans_in_effect() -> None:
    stack = (
        items.plan(),
        items.plan(id="plan-2", remaining=Fraction(1, 2)),
        items.plan(NOW, id="plan-3"),
        items.plan(id="plan-4", effective_at=NOW + SECOND),
    )
    assert remaining_of_type(stack[0], stack, NOW) == Fraction(1001, 2)


@pytest.mark.parametrize(
    ("plans", "owed", "state"),
    [
        ((items.plan(),), "0.00", State.RUNNING),
        ((items.plan(),), "1.00", State.RUNNING),
        ((items.plan(NOW),), "1.00", State.AT_RISK),
        ((items.plan(NOW),), "0.00", State.RUNNING),
        ((items.plan(), items.plan(id="t", type="traffic", remaining=Fraction(0))), "1.00",
         State.AT_RISK),
        ((), "1.00", State.AT_RISK),
    ],
)  # fmt: skip
def test_vod_is_at_risk_while_something_is_owed_that_no_plan_covers(plans, owed, state) -> None:
    facts = AccountFacts.of(items.balance(owed=owed), plans)
    result = vod_standing(facts.plans_by_type, facts.balance, NOW)
    assert (result.state, result.remedy, result.next) == (state, "P-TOPUP", None)


def test_running_out_within_the_day() -> None:
    plan = items.plan(remaining=Fraction(1), used_per_day=Fraction(24))
    assert used_up_at(plan, NOW) == NOW + timedelta(hours=1)


def test_a_type_whose_last_plan_is_no_longer_listed_is_at_risk() -> None:
    owing = items.balance(owed="1.00")
    gone = items.plan(NOW, id="t", type="traffic")
    facts = AccountFacts.of(owing, [items.plan()], [gone])
    assert vod_standing(facts.plans_by_type, owing, NOW).state is State.AT_RISK


@pytest.mark.parametrize(
    ("plan", "state"),
    [
        (items.plan(NOW), State.EXPIRED),
        (items.plan(NOW + SECOND), State.MISSING),
        (items.plan(remaining=Fraction(0)), State.USED_UP),
        (items.plan(), State.MISSING),
    ],
)
def test_a_plan_that_is_no_longer_listed_is_judged_by_its_end_and_by_what_is_left(
    plan, state
) -> None:
    assert as_missing(plan, standing(plan)).state is state
