"""Renewals: price, end, order, refusal, and one payment for each token."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from store.clouds.practice.cloud import PracticeCloud
from store.errors import Refused, Usage
from store.models import License
from store.orders import OrderState
from tests.store.practice.accounts import (
    at,
    enterprise,
    previous,
    rows,
    scenario,
    sdk_license,
    wired,
)
from tests.store.practice.conftest import Plant

SECOND = timedelta(seconds=1)


def refusal(cloud: PracticeCloud, instance_id: str, months: int, token: str = "t") -> Refused:
    with pytest.raises(Refused) as caught:
        cloud.renew(instance_id, months, token)
    return caught.value


def test_it_costs_the_months_and_starts_at_the_end(plant: Plant) -> None:
    cloud = plant(scenario("3600.00", instances=[enterprise()]))
    quoted = cloud.quote("iot-1", 12)
    assert (quoted.amount, quoted.currency) == (Decimal("3600.00"), "CNY")
    order_id = cloud.renew("iot-1", 12, "t")
    [item] = cloud.items_of("iot-1")
    assert item.ends_at == quoted.ends_at == at("2027-11-24")
    assert cloud.balance().available == 0
    [order] = cloud.orders("iot-1")
    assert (order.id, order.state, order.amount, order.ends_at) == (
        order_id,
        OrderState.PAID,
        Decimal("3600.00"),
        at("2027-11-24"),
    )
    charges = rows(cloud, "charges")
    assert [(each["what"], each["amount"], each["order_id"]) for each in charges] == [
        ("renewal", "3600.00", order_id)
    ]


def test_a_stopped_instance_runs_at_once_and_counts_from_now(plant: Plant) -> None:
    cloud = plant(scenario(instances=[enterprise(ends="2026-11-10")]))
    cloud.renew("iot-1", 1, "t")
    [item] = cloud.items_of("iot-1")
    assert item.ends_at == at("2026-12-22 09:00:00")


def test_a_short_month_keeps_its_last_day(plant: Plant) -> None:
    cloud = plant(scenario("9000.00", instances=[enterprise(ends="2027-01-31")]))
    cloud.renew("iot-1", 1, "a")
    [item] = cloud.items_of("iot-1")
    assert item.ends_at == at("2027-02-28")
    cloud.renew("iot-1", 1, "b")
    [item] = cloud.items_of("iot-1")
    assert item.ends_at == at("2027-03-28")


def test_months_are_counted_in_utc_8_on_both_sites(plant: Plant) -> None:
    document = scenario(instances=[enterprise() | {"expires_at": "2027-01-30T20:00:00Z"}])
    document["account"] |= {"site": "international", "currency": "USD"}
    cloud = plant(document)
    cloud.renew("iot-1", 1, "t")
    [item] = cloud.items_of("iot-1")
    assert item.ends_at == at("2027-02-28 04:00:00")


def test_a_cent_short_is_refused_for_money_and_leaves_a_cancelled_order(plant: Plant) -> None:
    cloud = plant(scenario("299.99", instances=[enterprise()]))
    refused = refusal(cloud, "iot-1", 1)
    assert (refused.code, refused.for_money) == ("InsufficientBalance", True)
    [order] = cloud.orders("iot-1")
    assert (order.state, order.amount, order.months) == (
        OrderState.CANCELLED,
        Decimal("300.00"),
        1,
    )
    assert rows(cloud, "charges") == []
    assert cloud.balance().available == Decimal("299.99")


def test_nothing_is_renewed_while_something_is_owed(plant: Plant) -> None:
    instances = [enterprise(ends="2027-02-01"), previous(cycle_cost="5000.00")]
    cloud = plant(scenario(instances=instances))
    cloud.set_clock(at("2026-11-23 04:00:00") - SECOND)
    cloud.renew("iot-1", 1, "a")
    cloud.set_clock(at("2026-11-23 04:00:00"))
    refused = refusal(cloud, "iot-1", 1)
    assert refused.for_money
    assert refused.code.startswith("Overdue")


def test_renewable_until_the_second_before_release(plant: Plant) -> None:
    cloud = plant(scenario(instances=[enterprise(), enterprise("iot-2")]))
    cloud.set_clock(at("2026-12-09") - SECOND)
    cloud.renew("iot-1", 1, "a")
    cloud.set_clock(at("2026-12-09"))
    refused = refusal(cloud, "iot-2", 1)
    assert (refused.code, refused.for_money) == ("ResourceStatusError", False)
    assert len(cloud.items_of("iot-2")) == 1
    assert [order.state for order in cloud.orders("iot-2")] == [OrderState.CANCELLED]


def test_a_price_that_is_not_known_is_not_quoted_and_not_paid(plant: Plant) -> None:
    cloud = plant(scenario(instances=[enterprise(monthly_price=None)]))
    assert cloud.quote("iot-1", 12).amount is None
    assert not refusal(cloud, "iot-1", 12).for_money
    [order] = cloud.orders("iot-1")
    assert order.amount is None


@pytest.mark.parametrize(("ends", "fits"), [("2199-11-30", True), ("2199-12-01", False)])
def test_an_end_outside_the_years_is_refused(plant: Plant, ends: str, fits: bool) -> None:
    cloud = plant(scenario(instances=[enterprise(ends=ends)]))
    assert (cloud.quote("iot-1", 1).ends_at is not None) is fits
    if fits:
        cloud.renew("iot-1", 1, "t")
    else:
        assert not refusal(cloud, "iot-1", 1).for_money


def test_a_license_order_is_renewed_whole(plant: Plant) -> None:
    licenses = [sdk_license(), sdk_license("lic-2", monthly_price="20.00", application="Other")]
    cloud = plant(scenario(licenses=licenses))
    assert cloud.quote("vod-1", 3).amount == Decimal("600.00")
    cloud.renew("vod-1", 3, "t")
    assert [item.ends_at for item in cloud.items_of("vod-1")] == [at("2027-03-01")] * 2


def test_one_license_without_a_price_leaves_the_order_without_one(plant: Plant) -> None:
    cloud = plant(scenario(licenses=[sdk_license(), sdk_license("lic-2", monthly_price=None)]))
    assert cloud.quote("vod-1", 3).amount is None


def test_an_expired_license_counts_from_now_however_long_ago_it_was(plant: Plant) -> None:
    cloud = plant(scenario(licenses=[sdk_license(expires_at=wired("2020-01-01"))]))
    cloud.renew("vod-1", 1, "t")
    assert cloud.items_of("vod-1")[0].ends_at == at("2026-12-22 09:00:00")


def test_a_renewal_error_holds_for_this_end_date(plant: Plant) -> None:
    cloud = plant(scenario(licenses=[sdk_license(renewal_error="[no] configuration")]))
    refused = refusal(cloud, "vod-1", 1)
    assert (refused.code, refused.words) == ("RenewalError", "[no] configuration")
    [item] = cloud.items_of("vod-1")
    assert isinstance(item, License)
    assert item.renewal_refused


def test_too_little_money_is_no_error_of_the_license(plant: Plant) -> None:
    cloud = plant(scenario("1.00", licenses=[sdk_license()]))
    assert refusal(cloud, "vod-1", 1).for_money
    [item] = cloud.items_of("vod-1")
    assert isinstance(item, License)
    assert not item.renewal_refused


def test_with_a_later_end_the_refusal_is_over(plant: Plant) -> None:
    cloud = plant(scenario(licenses=[sdk_license()]))
    cloud.fail("renew", "after", "refuse")
    assert refusal(cloud, "vod-1", 1, "a").code == "PracticeRefusal"
    [item] = cloud.items_of("vod-1")
    assert isinstance(item, License)
    assert item.renewal_refused
    cloud.renew("vod-1", 1, "b")
    [item] = cloud.items_of("vod-1")
    assert isinstance(item, License)
    assert not item.renewal_refused


def test_a_known_token_brings_the_first_answer_whatever_the_months(plant: Plant) -> None:
    cloud = plant(scenario(instances=[enterprise()]))
    first = cloud.renew("iot-1", 1, "t")
    before = cloud.show()
    assert cloud.renew("iot-1", 12, "t") == first
    assert cloud.show() == before


def test_a_known_token_brings_the_first_refusal_though_money_came(plant: Plant) -> None:
    cloud = plant(scenario("1.00", instances=[enterprise()]))
    first = refusal(cloud, "iot-1", 1)
    cloud.top_up(Decimal("1000.00"))
    again = refusal(cloud, "iot-1", 1)
    assert (again.code, again.words, again.for_money) == (first.code, first.words, True)
    assert len(cloud.orders("iot-1")) == 1


@pytest.mark.parametrize("instance_id", ["", "iot-nope", "#lic-1", "iot-new"])
def test_what_is_no_subscription_cannot_be_asked_for(plant: Plant, instance_id: str) -> None:
    cloud = plant(scenario(licenses=[sdk_license(instance_id="")]))
    with pytest.raises(Usage):
        cloud.renew(instance_id, 1, "t")
    with pytest.raises(Usage):
        cloud.quote(instance_id, 1)
    with pytest.raises(Usage):
        cloud.set_auto_renewal(instance_id, 1)


@pytest.mark.parametrize("months", [-1, 0, 10, 11, 13, 37])
def test_months_that_the_cloud_does_not_sell(plant: Plant, months: int) -> None:
    cloud = plant(scenario("99999.00", instances=[enterprise()]))
    with pytest.raises(Usage):
        cloud.renew("iot-1", months, "t")
    assert rows(cloud, "orders") == []
