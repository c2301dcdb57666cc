"""Generated accounts: the same for the same seed, mixed, and large."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.clouds.practice.cloud import PracticeCloud
from store.errors import Usage
from store.models import EnterpriseInstance, Item
from tests.store.practice.accounts import at


def items(cloud: PracticeCloud) -> list[Item]:
    return [item for page, _ in cloud.pages() for item in page]


def test_the_same_for_the_same_seed_and_another_for_another(cloud: PracticeCloud) -> None:
    cloud.reset_generated(500, 7)
    first, identity = items(cloud), cloud.identity
    cloud.reset_generated(500, 7)
    assert items(cloud) == first
    assert cloud.identity != identity
    cloud.reset_generated(500, 8)
    assert items(cloud) != first


def test_as_many_as_asked_for_at_a_fixed_clock(cloud: PracticeCloud) -> None:
    cloud.reset_generated(3001, 0)
    assert len({item.id for item in items(cloud)}) == 3001
    assert {total for _, total in cloud.pages()} == {3001}
    assert cloud.now() == at("2026-11-22 09:00:00")


def test_it_is_a_mix(cloud: PracticeCloud) -> None:
    cloud.reset_generated(2000, 1)
    made = [item for item in items(cloud) if isinstance(item, EnterpriseInstance)]
    assert 1000 < len(made) < 2000
    assert any(item.auto_renewal_months for item in made)
    assert any(item.monthly_price is None for item in made)
    assert any(not item.name.isascii() for item in made)
    assert any(item.name.isascii() for item in made)
    past = [item for item in made if item.ends_at <= cloud.now()]
    assert 0 < len(past) < len(made) / 10


def test_time_passes_in_it(cloud: PracticeCloud) -> None:
    cloud.reset_generated(1000, 1)
    cloud.advance(timedelta(days=30))
    assert cloud.show()["orders"]
    assert cloud.balance().available >= 0


@pytest.mark.parametrize("instances", [-1, 0, 1_000_001])
def test_a_number_that_cannot_be_made(cloud: PracticeCloud, instances: int) -> None:
    before = cloud.show()
    with pytest.raises(Usage):
        cloud.reset_generated(instances)
    assert cloud.show() == before


def test_a_scenario_after_it_leaves_nothing_of_it(cloud: PracticeCloud) -> None:
    cloud.reset_generated(100, 1)
    cloud.reset("calm")
    assert len(items(cloud)) == 9
