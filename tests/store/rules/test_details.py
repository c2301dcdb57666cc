"""What the cloud tells besides dates, and products that no rule covers."""

from __future__ import annotations

from datetime import datetime

import pytest

from store.models import DataError, Details, OtherItem
from store.rules import AccountFacts, as_missing, standing
from store.rules.standing import State
from tests.store import items
from tests.store.items import DAY, NOW, SECOND

FACTS = AccountFacts(items.balance())


def an_other(ends_at: datetime | None, **details) -> OtherItem:
    return OtherItem("x-1", "Something", "", ends_at, Details(**details))


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"status": "Expired"}, "status"),
        ({"sub_status": "BandwidthLimited"}, "sub_status"),
        ({"sub_status": "WaitForLimit"}, "sub_status"),
        ({"stopped_at": NOW}, "stopped_at"),
        ({"released_at": NOW}, "released_at"),
    ],
)
def test_states_that_contradict_the_dates_are_data_errors(details, field) -> None:
    for item in (items.enterprise(details=Details(**details)), an_other(NOW + DAY, **details)):
        assessed = standing(item, FACTS, NOW)
        assert [error.field for error in assessed.data_errors] == [field]
    assert standing(an_other(NOW, **details), FACTS, NOW).data_errors == ()


@pytest.mark.parametrize(
    "details",
    [{"status": "Creating"}, {"stopped_at": NOW + SECOND}, {"release_expected_at": NOW - DAY}],
)
def test_words_that_agree_with_the_dates_are_no_errors(details) -> None:
    assert standing(an_other(NOW + DAY, **details), FACTS, NOW).data_errors == ()


@pytest.mark.parametrize(
    ("details", "state"),
    [
        ({}, State.UNKNOWN),
        ({"status": "Creating"}, State.PENDING),
        ({"is_pay_as_you_go": True}, State.RUNNING),
        ({"is_pay_as_you_go": True, "errors": (DataError("ends_at", "17", "a time"),)},
         State.UNKNOWN),
    ],
)  # fmt: skip
def test_an_item_without_an_end(details, state) -> None:
    assert standing(an_other(None, **details), FACTS, NOW).state is state


def test_a_product_without_a_rule_loses_its_data_when_the_cloud_expects() -> None:
    assert standing(items.other(NOW), FACTS, NOW).data_lost_at is None
    item = an_other(NOW + DAY, release_expected_at=NOW + 9 * DAY)
    assert standing(item, FACTS, NOW).data_lost_at == NOW + 9 * DAY


def test_what_ended_on_purpose_and_is_gone_is_not_missing() -> None:
    ended, running = (an_other(ends_at, ends_on_purpose=True) for ends_at in (NOW, NOW + SECOND))
    assert as_missing(ended, standing(ended, FACTS, NOW)).state is State.EXPIRED
    assert as_missing(running, standing(running, FACTS, NOW)).state is State.MISSING
    plain = items.other(NOW)
    assert as_missing(plain, standing(plain, FACTS, NOW)).state is State.MISSING
