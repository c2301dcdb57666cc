"""How badly an item needs a person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.models import DataError
from store.rules import AccountFacts, standing
from store.rules.severity import Severity, severity, worst_severity
from store.rules.standing import Event, Standing, State
from tests.store import items
from tests.store.items import DAY, NOW, SECOND

MONTH = timedelta(days=30)


def judged(state, next_in=None, into=State.STOPPED, *, renews_itself=False, **more) -> Severity:
    coming = None if next_in is None else Event(into, NOW + next_in, "IOT-3")
    result = Standing(state, (), None, coming, **more)
    return severity(result, NOW, MONTH, renews_itself=renews_itself)


@pytest.mark.parametrize(
    ("next_in", "expected"),
    [
        (7 * DAY, Severity.CRITICAL),
        (7 * DAY + SECOND, Severity.WARNING),
        (30 * DAY, Severity.WARNING),
        (30 * DAY + SECOND, Severity.OK),
    ],
)
def test_within_includes_its_end(next_in, expected) -> None:
    assert judged(State.RUNNING, next_in) is expected


@pytest.mark.parametrize(
    "state",
    [
        State.STOPPED,
        State.RESTORING,
        State.EXPIRED,
        State.USED_UP,
        State.GRACE,
        State.OVERDUE,
        State.AT_RISK,
    ],
)
def test_what_does_not_serve_is_critical(state) -> None:
    assert judged(state) is Severity.CRITICAL
    assert judged(state, DAY, State.RUNNING) is Severity.CRITICAL


@pytest.mark.parametrize("state", [State.MISSING, State.UNKNOWN])
def test_unknown_is_never_green(state) -> None:
    assert judged(state, renews_itself=True) is Severity.UNKNOWN


def test_what_is_gone_for_good_is_critical_for_30_days() -> None:
    for item in (items.enterprise(NOW - 15 * DAY), items.other(NOW)):
        facts = AccountFacts(items.balance())

        def after(age: timedelta, item=item, facts=facts) -> Severity:
            result = standing(item, facts, NOW + age)
            return severity(result, NOW + age, MONTH, renews_itself=False)

        assert after(30 * DAY - SECOND) is Severity.CRITICAL
        assert after(30 * DAY) is Severity.OK


def test_a_plan_that_runs_low_is_a_warning() -> None:
    assert judged(State.ACTIVE, 100 * DAY, State.EXPIRED, runs_low=True) is Severity.WARNING
    assert judged(State.ACTIVE, DAY, State.EXPIRED, runs_low=True) is Severity.CRITICAL


def test_auto_renewal_that_is_paid_for_makes_it_ok() -> None:
    assert judged(State.RUNNING, DAY, renews_itself=True) is Severity.OK


def test_what_takes_effect_or_is_covered_is_ok() -> None:
    assert judged(State.PENDING, DAY, State.ACTIVE) is Severity.OK
    assert judged(State.USED_UP, covered=True) is Severity.OK


def test_what_is_not_bound_or_has_a_data_error_is_at_least_a_warning() -> None:
    error = DataError("region", "a", "b", "IOT-9")
    assert judged(State.UNBOUND, 100 * DAY, State.EXPIRED) is Severity.WARNING
    assert judged(State.UNBOUND, DAY, State.EXPIRED) is Severity.CRITICAL
    assert judged(State.RUNNING, data_errors=(error,)) is Severity.WARNING
    assert judged(State.RUNNING, DAY, renews_itself=True, data_errors=(error,)) is Severity.WARNING


def test_the_worst_is_taken_in_order() -> None:
    assert worst_severity([Severity.OK, Severity.WARNING, Severity.UNKNOWN]) is Severity.UNKNOWN
    assert worst_severity([Severity.UNKNOWN, Severity.CRITICAL]) is Severity.CRITICAL
    assert worst_severity([]) is Severity.OK


def test_what_ends_on_purpose_raises_an_alarm_for_data_errors_only() -> None:
    error = DataError("status", "Expired", "Normal")
    assert judged(State.RUNNING, DAY, ends_on_purpose=True) is Severity.OK
    assert judged(State.STOPPED, ends_on_purpose=True) is Severity.OK
    assert judged(State.MISSING, ends_on_purpose=True) is Severity.UNKNOWN
    assert judged(State.RUNNING, ends_on_purpose=True, data_errors=(error,)) is Severity.WARNING
