"""Failing on purpose, before and after a call took effect."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from store.clouds.practice.cloud import PracticeCloud
from store.clouds.practice.injected_faults import HOWS
from store.errors import CloudError, Denied, Refused, Unreachable, Usage
from store.models import EnterpriseInstance
from store.orders import OrderState
from tests.store.practice.accounts import at, enterprise, scenario
from tests.store.practice.conftest import Plant

Call = Callable[[PracticeCloud], object]
READS: dict[str, list[Call]] = {
    "quote": [lambda cloud: cloud.quote("iot-1", 1)],
    "balance": [lambda cloud: cloud.balance()],
    "items": [lambda cloud: cloud.pages(), lambda cloud: cloud.items_of("iot-1")],
    "orders": [lambda cloud: cloud.orders("iot-1")],
}
EXPECTED = {"denied": Denied, "refuse": Refused}


@pytest.fixture
def cloud(plant: Plant) -> PracticeCloud:
    return plant(scenario(instances=[enterprise()]))


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("operation", READS)
def test_reads_fail_as_often_as_asked(
    cloud: PracticeCloud, operation: str, when: str, how: str
) -> None:
    cloud.fail(operation, when, how, 2)
    for call in (READS[operation] * 2)[:2]:
        with pytest.raises(Denied if how == "denied" else Unreachable):
            call(cloud)
    for call in READS[operation]:
        call(cloud)


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_renewal_takes_effect_only_after_and_never_when_refused_or_denied(
    cloud: PracticeCloud, when: str, how: str
) -> None:
    cloud.fail("renew", when, how)
    with pytest.raises(EXPECTED.get(how, Unreachable)):
        cloud.renew("iot-1", 1, "t")
    paid = when == "after" and how not in EXPECTED
    assert cloud.items_of("iot-1")[0].ends_at == at("2026-12-24" if paid else "2026-11-24")
    left = [OrderState.PAID] if paid else []
    if (when, how) == ("after", "refuse"):
        left = [OrderState.CANCELLED]
    assert [order.state for order in cloud.orders("iot-1")] == left
    if how not in EXPECTED:
        cloud.renew("iot-1", 1, "t")
        assert cloud.items_of("iot-1")[0].ends_at == at("2026-12-24")


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_auto_renewal_is_set_only_after_and_never_when_refused_or_denied(
    cloud: PracticeCloud, when: str, how: str
) -> None:
    cloud.fail("auto-renew", when, how)
    with pytest.raises(EXPECTED.get(how, Unreachable)):
        cloud.set_auto_renewal("iot-1", 3)
    [item] = cloud.items_of("iot-1")
    assert isinstance(item, EnterpriseInstance)
    is_set = when == "after" and how not in EXPECTED
    assert item.auto_renewal_months == (3 if is_set else None)


def test_each_failure_has_its_own_message(cloud: PracticeCloud) -> None:
    messages = set()
    for how in HOWS:
        cloud.fail("balance", how=how)
        with pytest.raises(CloudError) as caught:
            cloud.balance()
        messages.add(caught.value.message)
    assert len(messages) == len(HOWS)


def test_a_missing_permission_is_named(cloud: PracticeCloud) -> None:
    cloud.fail("renew", how="denied")
    with pytest.raises(Denied, match="bssapi:RenewInstance"):
        cloud.renew("iot-1", 1, "t")


def test_other_operations_go_on(cloud: PracticeCloud) -> None:
    cloud.fail("renew", times=9)
    cloud.balance()
    cloud.quote("iot-1", 1)
    with pytest.raises(Unreachable):
        cloud.renew("iot-1", 1, "t")


def test_it_ends_with_off_and_with_a_reset(cloud: PracticeCloud) -> None:
    cloud.fail("balance", times=1000)
    cloud.fail_off()
    cloud.balance()
    cloud.fail("balance", times=1000)
    cloud.reset("calm")
    cloud.balance()


def test_it_is_kept_in_the_file_and_counted_across_openings(
    cloud: PracticeCloud, tmp_path: Path
) -> None:
    cloud.fail("balance", times=2)
    with PracticeCloud.open(tmp_path / "practice.db") as other, pytest.raises(Unreachable):
        other.balance()
    with pytest.raises(Unreachable):
        cloud.balance()
    cloud.balance()


def test_an_unknown_failure_is_refused(cloud: PracticeCloud) -> None:
    for arguments in (("pay",), ("renew", "during"), ("renew", "before", "magic")):
        with pytest.raises(Usage):
            cloud.fail(*arguments)
    with pytest.raises(Usage):
        cloud.fail("renew", times=0)
