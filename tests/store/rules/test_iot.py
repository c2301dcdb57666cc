"""IOT-1 to IOT-10, each boundary on both of its sides, to the second."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.models import DataError, Details
from store.rules.iot import (
    NEWER_PUBLIC_REGIONS,
    enterprise_standing,
    new_public_standing,
    previous_public_standing,
)
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
    result = enterprise_standing(items.enterprise(ENDS), now)
    assert (result.state, result.next, result.remedy) == (state, coming, remedy)
    assert result.data_lost_at == RELEASED


def test_the_clauses_of_an_enterprise_instance() -> None:
    assert enterprise_standing(items.enterprise(), NOW).clauses == ("IOT-3", "IOT-4", "IOT-5")
    assert enterprise_standing(items.enterprise(ENDS), RELEASED).clauses == ("IOT-4",)


def test_a_public_instance_that_owes_nothing_runs() -> None:
    result = previous_public_standing(items.previous_public(), items.balance(), NOW)
    assert (result.state, result.next, result.remedy) == (State.RUNNING, None, "P-TOPUP")
    assert result.clauses == ("IOT-1", "IOT-6")


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
    result = previous_public_standing(
        items.previous_public(overdue_since=NOW - age), items.balance(owed="1.00"), NOW
    )
    assert result.state is state
    expected = Event(State.STOPPED, NOW - age + timedelta(hours=24), "IOT-8") if has_next else None
    assert result.next == expected
    assert result.remedy == "P-IOT-SETTLE"
    assert result.clauses == ("IOT-2", "IOT-7", "IOT-8")


def test_a_settled_public_instance_is_back_at_the_half_hour() -> None:
    item = items.previous_public(restored_at=NOW + timedelta(minutes=30))
    before = previous_public_standing(item, items.balance(), NOW + timedelta(minutes=30) - SECOND)
    assert (before.state, before.remedy) == (State.RESTORING, None)
    assert before.next == Event(State.RUNNING, NOW + timedelta(minutes=30), "IOT-2")
    assert (
        previous_public_standing(item, items.balance(), NOW + timedelta(minutes=30)).state
        is State.RUNNING
    )


def test_something_owed_since_an_unknown_time_makes_a_public_instance_overdue() -> None:
    unknown = items.balance(owed="11.19", overdue_since=None)
    result = previous_public_standing(items.previous_public(), unknown, NOW)
    assert (result.state, result.next, result.remedy) == (State.OVERDUE, None, "P-IOT-SETTLE")
    assert result.clauses == ("IOT-2", "IOT-7", "IOT-8")
    known = items.balance(owed="11.19", overdue_since=NOW)
    assert previous_public_standing(items.previous_public(), known, NOW).state is State.RUNNING
    item = items.previous_public(overdue_since=NOW - timedelta(hours=1))
    assert previous_public_standing(item, unknown, NOW).state is State.GRACE


@pytest.mark.parametrize("word", ["WaitForLimit", "BandwidthLimited"])
def test_a_public_instance_that_the_cloud_limits_is_overdue(word) -> None:
    limited = items.previous_public(details=Details(sub_status=word))
    assert previous_public_standing(limited, items.balance(), NOW).state is State.OVERDUE


@pytest.mark.parametrize(
    ("now", "state", "coming"),
    [
        (ENDS - SECOND, State.RUNNING, Event(State.RELEASED, ENDS, "IOT-4")),
        (ENDS, State.RELEASED, None),
    ],
)
def test_a_trial_is_released_at_its_end(now, state, coming) -> None:
    result = enterprise_standing(items.enterprise(ENDS, details=Details(is_trial=True)), now)
    assert (result.state, result.next, result.data_lost_at) == (state, coming, ENDS)


@pytest.mark.parametrize(
    ("details", "lost"),
    [
        (Details(release_expected_at=ENDS + 3 * DAY), ENDS + 3 * DAY),
        (Details(release_expected_at=ENDS + 30 * DAY), RELEASED),
        (Details(release_expected_at=ENDS - DAY), RELEASED),
        (Details(released_at=ENDS + 3 * DAY), ENDS + 3 * DAY),
    ],
)
def test_a_release_that_the_cloud_expects_sooner_goes_before_the_rule(details, lost) -> None:
    item = items.enterprise(ENDS, details=details)
    assert enterprise_standing(item, ENDS - DAY).data_lost_at == lost
    assert enterprise_standing(item, ENDS + DAY).next == Event(State.RELEASED, lost, "IOT-4")


def test_a_release_that_is_expected_and_over_leaves_the_15_days() -> None:
    item = items.enterprise(ENDS, details=Details(release_expected_at=ENDS + DAY))
    assert enterprise_standing(item, ENDS + DAY - SECOND).data_lost_at == ENDS + DAY
    result = enterprise_standing(item, ENDS + DAY)
    assert (result.state, result.data_lost_at) == (State.STOPPED, RELEASED)
    released = items.enterprise(ENDS, details=Details(released_at=ENDS + DAY))
    assert enterprise_standing(released, ENDS + DAY).state is State.RELEASED


@pytest.mark.parametrize(
    ("region", "is_error"),
    [("cn-shanghai", False), ("eu-west-1", True), ("", True)]
    + [(region, False) for region in sorted(NEWER_PUBLIC_REGIONS)],
)
def test_a_new_public_instance_in_no_documented_region_is_a_data_error(region, is_error) -> None:
    result = new_public_standing(items.new_public(region))
    expected = (DataError("region", region, "cn-shanghai", "IOT-9"),) if is_error else ()
    assert (result.data_errors, result.remedy) == (expected, "P-IOT-UPGRADE")
