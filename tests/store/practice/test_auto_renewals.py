"""Auto-renewal: tried 9 days before the end, daily, last at the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from store.clouds.practice.cloud import PracticeCloud
from store.errors import Usage
from store.orders import OrderKind, OrderState
from tests.store.practice.accounts import at, enterprise, rows, scenario, sdk_license, wired
from tests.store.practice.conftest import Plant

SECOND = timedelta(seconds=1)
END = at("2026-12-20")


def auto(**more: Any) -> dict[str, Any]:
    return enterprise(ends="2026-12-20", auto_renewal_months=3, **more)


def tries(cloud: PracticeCloud) -> list[str]:
    listed = rows(cloud, "tries")
    return [each["at"] for each in listed]


def end(cloud: PracticeCloud, instance_id: str = "iot-1") -> datetime | None:
    return cloud.items_of(instance_id)[0].ends_at


def test_it_is_paid_nine_days_before_the_end_and_not_a_second_earlier(plant: Plant) -> None:
    cloud = plant(scenario(instances=[auto()]))
    cloud.set_clock(END - timedelta(days=9) - SECOND)
    assert end(cloud) == END
    cloud.set_clock(END - timedelta(days=9))
    assert end(cloud) == at("2027-03-20")
    assert cloud.balance().available == Decimal("100.00")
    [order] = cloud.orders("iot-1")
    assert (order.kind, order.state, order.months) == (
        OrderKind.AUTO_RENEWAL,
        OrderState.PAID,
        3,
    )
    assert tries(cloud) == []


def test_for_want_of_money_it_is_tried_ten_times_and_never_after_the_end(plant: Plant) -> None:
    cloud = plant(scenario("0.00", instances=[auto()]))
    cloud.set_clock(at("2027-01-01"))
    assert tries(cloud) == [(END - timedelta(days=days)).isoformat() for days in range(9, -1, -1)]
    assert cloud.orders("iot-1") == []
    cloud.top_up(Decimal("10000.00"))
    cloud.advance(timedelta(days=400))
    assert end(cloud) == END


def test_the_last_try_is_at_the_end_itself(plant: Plant) -> None:
    cloud = plant(scenario("0.00", instances=[auto()]))
    cloud.set_clock(END - SECOND)
    cloud.top_up(Decimal("900.00"))
    cloud.set_clock(END)
    assert end(cloud) == at("2027-03-20")
    assert len(tries(cloud)) == 9


def test_money_that_comes_between_two_tries_is_used_by_the_next(plant: Plant) -> None:
    cloud = plant(scenario("0.00", instances=[auto()]))
    cloud.set_clock(END - timedelta(days=8, hours=-1))
    cloud.top_up(Decimal("900.00"))
    cloud.set_clock(END - timedelta(days=7) - SECOND)
    assert end(cloud) == END
    cloud.set_clock(END - timedelta(days=7))
    assert end(cloud) == at("2027-03-20")


def test_a_refusal_leaves_a_cancelled_order_and_a_try_each_day(plant: Plant) -> None:
    failing = sdk_license(auto_renewal_months=12, renewal_error="no")
    cloud = plant(scenario("9999.00", licenses=[failing]))
    cloud.set_clock(at("2026-12-02"))
    assert tries(cloud) == [
        (at("2026-12-01") - timedelta(days=days)).isoformat() for days in range(8, -1, -1)
    ]
    assert {order.state for order in cloud.orders("vod-1")} == {OrderState.CANCELLED}
    assert len(cloud.orders("vod-1")) == 9
    assert rows(cloud, "charges") == []


def test_a_license_order_is_auto_renewed_once_for_all_its_licenses(plant: Plant) -> None:
    licenses = [sdk_license(auto_renewal_months=1), sdk_license("lic-2", auto_renewal_months=1)]
    cloud = plant(scenario("360.00", licenses=licenses))
    cloud.set_clock(at("2026-12-01"))
    assert [item.ends_at for item in cloud.items_of("vod-1")] == [at("2027-01-01")] * 2
    assert cloud.balance().available == 0


def test_a_license_without_a_known_order_is_not_auto_renewed(plant: Plant) -> None:
    cloud = plant(scenario(licenses=[sdk_license(instance_id="", auto_renewal_months=1)]))
    cloud.set_clock(at("2026-12-02"))
    assert rows(cloud, "orders") == []
    assert tries(cloud) == []


def test_at_one_instant_they_go_by_id(plant: Plant) -> None:
    cloud = plant(scenario("900.00", instances=[auto() | {"instance_id": "iot-b"}, auto()]))
    cloud.set_clock(END - timedelta(days=9))
    assert (end(cloud, "iot-1"), end(cloud, "iot-b")) == (at("2027-03-20"), END)


def test_each_renewal_brings_the_tries_of_the_next_end(plant: Plant) -> None:
    cloud = plant(scenario("2700.00", instances=[auto()]))
    cloud.set_clock(at("2027-12-31"))
    assert end(cloud) == at("2027-09-20")
    assert len(cloud.orders("iot-1")) == 3
    assert len(tries(cloud)) == 10


def test_tries_at_or_before_the_clock_are_not_made_up_for(plant: Plant) -> None:
    at_a_try = enterprise(ends="2026-11-24 09:00:00", auto_renewal_months=1)
    cloud = plant(scenario(instances=[at_a_try]))
    assert end(cloud) == at("2026-11-24 09:00:00")
    cloud.set_clock(at("2026-11-23 09:00:00") - SECOND)
    assert end(cloud) == at("2026-11-24 09:00:00")
    cloud.set_clock(at("2026-11-23 09:00:00"))
    assert end(cloud) == at("2026-12-24 09:00:00")


@pytest.mark.parametrize("months", [1, 2, 3, 6, 12])
def test_it_can_be_set_and_is_shown(plant: Plant, months: int) -> None:
    cloud = plant(scenario(instances=[enterprise(ends="2026-12-20")]))
    cloud.set_auto_renewal("iot-1", months)
    [item] = cloud.items_of("iot-1")
    assert getattr(item, "auto_renewal_months", None) == months
    assert cloud.next_event() == END - timedelta(days=9)


@pytest.mark.parametrize("months", [0, 4, 5, 9, 24, 36])
def test_other_months_cannot_be_set(plant: Plant, months: int) -> None:
    cloud = plant(scenario(instances=[enterprise()]))
    with pytest.raises(Usage):
        cloud.set_auto_renewal("iot-1", months)


def test_off_means_that_nothing_is_tried(plant: Plant) -> None:
    cloud = plant(scenario(instances=[auto()]))
    cloud.set_auto_renewal("iot-1", None)
    cloud.set_clock(at("2027-01-01"))
    assert end(cloud) == END


def test_it_is_set_for_all_licenses_of_the_order(plant: Plant) -> None:
    cloud = plant(scenario(licenses=[sdk_license(), sdk_license("lic-2")]))
    cloud.set_auto_renewal("vod-1", 6)
    licenses = rows(cloud, "licenses")
    assert [each["auto_renewal_months"] for each in licenses] == [6, 6]


def test_a_renewal_by_hand_comes_before_the_tries_of_the_new_end(plant: Plant) -> None:
    cloud = plant(scenario("1200.00", instances=[auto()]))
    cloud.renew("iot-1", 1, "t")
    assert end(cloud) == at("2027-01-20")
    cloud.set_clock(at("2027-01-11"))
    assert end(cloud) == at("2027-04-20")


def test_set_on_after_the_end_it_is_never_tried(plant: Plant) -> None:
    cloud = plant(scenario(instances=[enterprise(expires_at=wired("2026-11-21"))]))
    cloud.set_auto_renewal("iot-1", 1)
    cloud.advance(timedelta(days=10))
    assert end(cloud) == at("2026-11-21")
