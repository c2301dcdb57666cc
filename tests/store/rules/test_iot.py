"""IOT-1 to IOT-10, each boundary on both of its sides, to the second."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.rules.iot import enterprise, new_public, previous_public
from store.rules.standing import Event, State
from tests.store import items
from tests.store.items import DAY, NOW, SECOND

ENDS = NOW
RELEASED = NOW + 15 * DAY


@pytest.mark.parametrize(
    ("now", "state", "coming", "remedy"),
    [
        (ENDS - SECOND, State.RUNNING, Event(State.STOPPED, ENDS, "IOT-3"), "P-IOT-RENEW"),
        (ENDS, State.STOPPED, Event(State.RELEASED, RELEASED, "IOT-4"), "P-IOT-RENEW"),
        (RELEASED - SECOND, State.STOPPED, Event(State.RELEASED, RELEASED, "IOT-4"), "P-IOT-RENEW"),
        (RELEASED, State.RELEASED, None, None),
    ],
)
def test_an_enterprise_instance_stops_at_its_end_and_is_released_15_days_later(
    now, state, coming, remedy
) -> None:
    found = enterprise(items.enterprise(ENDS), now)
    assert (found.state, found.next, found.remedy) == (state, coming, remedy)
    assert found.data_lost_at == RELEASED


def test_the_clauses_of_an_enterprise_instance() -> None:
    assert enterprise(items.enterprise(), NOW).clauses == ("IOT-3", "IOT-4", "IOT-5")
    assert enterprise(items.enterprise(ENDS), RELEASED).clauses == ("IOT-4",)


def test_a_public_instance_that_owes_nothing_runs() -> None:
    found = previous_public(items.previous_public(), NOW)
    assert (found.state, found.next, found.remedy) == (State.RUNNING, None, "P-TOPUP")
    assert found.clauses == ("IOT-1", "IOT-6")


@pytest.mark.parametrize(
    ("age", "state", "has_next"),
    [
        (timedelta(0), State.GRACE, True),
        (timedelta(hours=24) - SECOND, State.GRACE, True),
        (timedelta(hours=24), State.STOPPED, False),
        (timedelta(days=400), State.STOPPED, False),
    ],
)
def test_an_overdue_public_instance_stops_after_24_hours(age, state, has_next) -> None:
    found = previous_public(items.previous_public(overdue_since=NOW - age), NOW)
    assert found.state is state
    expected = Event(State.STOPPED, NOW - age + timedelta(hours=24), "IOT-8") if has_next else None
    assert found.next == expected
    assert found.remedy == "P-IOT-SETTLE"
    assert found.clauses == ("IOT-2", "IOT-7", "IOT-8")


def test_a_settled_public_instance_is_back_at_the_half_hour() -> None:
    item = items.previous_public(restored_at=NOW + timedelta(minutes=30))
    before = previous_public(item, NOW + timedelta(minutes=30) - SECOND)
    assert (before.state, before.remedy) == (State.RESTORING, None)
    assert before.next == Event(State.RUNNING, NOW + timedelta(minutes=30), "IOT-2")
    assert previous_public(item, NOW + timedelta(minutes=30)).state is State.RUNNING


def test_a_new_public_instance_elsewhere_than_in_shanghai_is_a_data_error() -> None:
    here, there = new_public(items.new_public()), new_public(items.new_public("eu-central-1"))
    assert here.data_errors == ()
    assert here.remedy == there.remedy == "P-IOT-UPGRADE"
    (error,) = there.data_errors
    assert (error.field, error.found, error.expected, error.clause) == (
        "region",
        "eu-central-1",
        "cn-shanghai",
        "IOT-9",
    )
