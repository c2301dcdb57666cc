"""LIC-1 to LIC-6."""

from __future__ import annotations

import pytest

from store.rules.licenses import license_standing
from store.rules.standing import Event, State
from tests.store import items
from tests.store.items import DAY, NOW, SECOND

END = NOW


def standing(item, *siblings, now=NOW):
    return license_standing(item, (item, *siblings), now)


def test_a_license_is_active_until_the_instant_before_its_end() -> None:
    item = items.a_license(END)
    before = standing(item, now=END - SECOND)
    assert (before.state, before.next) == (State.ACTIVE, Event(State.EXPIRED, END, "LIC-6"))
    after = standing(item, now=END)
    assert (after.state, after.next, after.remedy) == (State.EXPIRED, None, "P-LIC-RENEW")
    assert after.clauses == ("LIC-1", "LIC-3", "LIC-4", "LIC-5", "LIC-6")


@pytest.mark.parametrize("broken", [{"instance_id": ""}, {"renewal_refused": True}])
def test_method_2_where_the_instance_id_is_empty_or_a_renewal_was_refused(broken) -> None:
    result = standing(items.a_license(**broken))
    assert (result.remedy, result.clauses) == ("P-LIC-REPLACE", ("LIC-2", "LIC-6"))


def test_a_license_that_is_not_bound_covers_nothing() -> None:
    item = items.a_license(application="")
    result = standing(item)
    assert (result.state, result.remedy, result.clauses) == (
        State.UNBOUND,
        "P-LIC-REPLACE",
        ("LIC-6",),
    )
    assert not standing(items.a_license(id="lic-2"), item).covered


@pytest.mark.parametrize(
    ("other", "covers"),
    [
        ({"ends_at": NOW + 10 * DAY + SECOND}, True),
        ({"ends_at": NOW + 10 * DAY}, False),
        ({"ends_at": NOW + 20 * DAY, "sdks": ("Player SDK",)}, False),
        ({"ends_at": NOW + 20 * DAY, "sdks": ("Short Video SDK", "Player SDK", "Queen")}, True),
        ({"ends_at": NOW + 20 * DAY, "application": "Another app"}, False),
    ],
)
def test_another_license_covers_when_it_ends_later_with_every_sdk(other, covers) -> None:
    item = items.a_license(NOW + 10 * DAY)
    assert standing(item, items.a_license(id="lic-2", **other)).covered is covers


def test_an_expired_license_that_is_covered_needs_nothing() -> None:
    old, new = items.a_license(NOW), items.a_license(NOW + DAY, id="lic-2")
    assert standing(old, new).remedy is None
    assert standing(old, new, now=NOW + DAY).remedy == "P-LIC-RENEW"
