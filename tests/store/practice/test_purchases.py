"""What is bought, bound and upgraded in the console."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from store.clouds.practice.cloud import PracticeCloud
from store.errors import Refused, Usage
from store.models import EnterpriseInstance, License, ResourcePlan
from tests.store.practice.accounts import (
    at,
    previous,
    public_new,
    resource_plan,
    rows,
    scenario,
    sdk_license,
    wired,
)
from tests.store.practice.conftest import Plant


def refused(buy: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        buy()
    return caught.value


def license_of(cloud: PracticeCloud, license_id: str) -> License:
    [listed] = [
        item
        for page, _ in cloud.pages()
        for item in page
        if isinstance(item, License) and item.id == license_id
    ]
    return listed


def test_a_plan_like_it_is_full_and_in_effect_after_its_delay(plant: Plant) -> None:
    old = resource_plan(effect_delay_minutes=20, remaining="1", months=6)
    cloud = plant(scenario("480.00", plans=[old]))
    new_id = cloud.buy_plan("plan-1")
    [bought] = cloud.items_of(new_id)
    assert isinstance(bought, ResourcePlan)
    assert bought.remaining == bought.total == 1000
    assert bought.effective_at == at("2026-11-22 09:20:00")
    assert bought.ends_at == at("2027-05-22 09:00:00")
    assert cloud.balance().available == 0
    [order] = cloud.orders(new_id)
    assert (order.kind, order.months, order.amount) == ("purchase", 6, Decimal("480.00"))
    [charge] = rows(cloud, "charges")
    assert (charge["what"], charge["order_id"]) == ("purchase", order.id)


def test_bought_plans_have_new_ids(plant: Plant) -> None:
    cloud = plant(scenario("9999.00", plans=[resource_plan("p" * 64)]))
    ids = {cloud.buy_plan("p" * 64) for _ in range(3)}
    assert len(ids) == 3
    assert all(len(new_id) <= 64 for new_id in ids)


def test_a_license_like_it_is_unbound_for_twelve_months(plant: Plant) -> None:
    old = sdk_license(instance_id="", renewal_error="no", sdks=["Player SDK", "Short Video SDK"])
    cloud = plant(scenario("2160.00", licenses=[old]))
    new_id = cloud.buy_license("lic-1")
    bought = license_of(cloud, new_id)
    assert (bought.application, bought.sdks) == ("", ("Player SDK", "Short Video SDK"))
    assert bought.ends_at == at("2027-11-22 09:00:00")
    assert bought.instance_id not in ("", "vod-1")
    assert cloud.balance().available == 0
    cloud.top_up(Decimal("180.00"))
    cloud.renew(bought.instance_id, 1, "t")


def test_a_new_license_is_bound_once(plant: Plant) -> None:
    cloud = plant(scenario("9999.00", licenses=[sdk_license()]))
    new_id = cloud.buy_license("lic-1")
    cloud.bind(new_id, "Kids app")
    bound = license_of(cloud, new_id)
    assert (bound.application, bound.package) == ("Kids app", "com.example.kids")
    with pytest.raises(Usage):
        cloud.bind(new_id, "Kids app")
    with pytest.raises(Usage):
        cloud.bind("lic-nope", "Kids app")


@pytest.mark.parametrize("application", ["", "\ud800", "x" * 1001])
def test_an_application_that_cannot_be(plant: Plant, application: str) -> None:
    cloud = plant(scenario(licenses=[sdk_license(application="")]))
    with pytest.raises(Usage):
        cloud.bind("lic-1", application)


def test_an_upgrade_keeps_id_and_name_and_costs_a_month(plant: Plant) -> None:
    cloud = plant(scenario("250.00", instances=[public_new("iot-x", "ap-northeast-1")]))
    assert cloud.upgrade("iot-x", Decimal("250.00")) == "iot-x"
    [item] = cloud.items_of("iot-x")
    assert isinstance(item, EnterpriseInstance)
    assert (item.name, item.region, item.ends_at) == (
        "Trial bench",
        "ap-northeast-1",
        at("2026-12-22 09:00:00"),
    )
    assert item.monthly_price == Decimal("250.00")
    assert cloud.balance().available == 0
    with pytest.raises(Usage):
        cloud.upgrade("iot-x", Decimal("250.00"))


def test_what_cannot_be_paid_is_refused_and_changes_nothing(plant: Plant) -> None:
    cloud = plant(
        scenario(
            "100.00",
            instances=[public_new()],
            licenses=[sdk_license()],
            plans=[resource_plan()],
        )
    )
    before = cloud.show()
    assert refused(lambda: cloud.buy_plan("plan-1")).for_money
    assert refused(lambda: cloud.buy_license("lic-1")).for_money
    assert refused(lambda: cloud.upgrade("iot-new", Decimal("100.01"))).for_money
    assert cloud.show() == before


def test_what_has_no_price_is_refused(plant: Plant) -> None:
    plans, licenses = [resource_plan(price=None)], [sdk_license(monthly_price=None)]
    cloud = plant(scenario(licenses=licenses, plans=plans))
    assert not refused(lambda: cloud.buy_plan("plan-1")).for_money
    assert not refused(lambda: cloud.buy_license("lic-1")).for_money


def test_nothing_is_bought_while_something_is_owed(plant: Plant) -> None:
    owed = previous(cycle_cost="5000.00", ends="2026-11-21")
    cloud = plant(scenario(instances=[owed, public_new()], plans=[resource_plan()]))
    assert refused(lambda: cloud.buy_plan("plan-1")).code == "OverdueAccount"
    assert refused(lambda: cloud.upgrade("iot-new", Decimal(1))).code == "OverdueAccount"


def test_an_end_outside_the_years_is_refused(plant: Plant) -> None:
    late = resource_plan(expires_at=wired("2199-12-31"), months=120)
    cloud = plant(scenario(clock="2199-01-01T00:00:00+08:00", plans=[late]))
    with pytest.raises(Refused):
        cloud.buy_plan("plan-1")


def test_unknown_ids_are_refused(plant: Plant) -> None:
    cloud = plant(scenario())
    with pytest.raises(Usage):
        cloud.buy_plan("nope")
    with pytest.raises(Usage):
        cloud.buy_license("nope")
    with pytest.raises(Usage):
        cloud.upgrade("nope", Decimal(1))


def test_a_bought_plan_takes_over(plant: Plant) -> None:
    cloud = plant(scenario(plans=[resource_plan(remaining="0", payg_price="0.10")]))
    cloud.buy_plan("plan-1")
    cloud.advance(timedelta(days=1))
    assert cloud.balance().available == Decimal("520.00")
