"""Resource plans: delay, burn, stacking, used up, pay-as-you-go (VOD-2, VOD-4 to VOD-6)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from store.clouds.practice.cloud import PracticeCloud
from store.models import ResourcePlan
from tests.store.practice.accounts import Document, at, resource_plan, rows, scenario, wired
from tests.store.practice.conftest import Plant

SECOND = timedelta(seconds=1)
NOW = at("2026-11-22 09:00:00")
MIDNIGHT = at("2026-11-23")


def plan(cloud: PracticeCloud, plan_id: str = "plan-1") -> ResourcePlan:
    [item] = cloud.items_of(plan_id)
    assert isinstance(item, ResourcePlan)
    return item


def usage_bills(cloud: PracticeCloud) -> list[tuple[str, str, str]]:
    charges = rows(cloud, "charges")
    return [(each["at"], each["instance_id"], each["amount"]) for each in charges]


def used_up(**more: str) -> Document:
    return resource_plan(remaining="0", payg_price="0.10", **more)


def test_a_plan_is_burnt_evenly_to_the_second(plant: Plant) -> None:
    cloud = plant(scenario(plans=[resource_plan()]))
    cloud.advance(SECOND)
    assert plan(cloud).remaining == Fraction(500) - Fraction(1, 1000)
    cloud.advance(timedelta(days=1) - SECOND)
    assert plan(cloud).remaining == Fraction("413.6")


def test_a_rate_that_divides_badly_still_adds_up(plant: Plant) -> None:
    cloud = plant(scenario(plans=[resource_plan(used_per_day="3.1")]))
    for _ in range(7):
        cloud.advance(timedelta(seconds=86400 // 7 + 1))
    assert plan(cloud).remaining == 500 - Fraction("3.1") * 7 * (86400 // 7 + 1) / 86400


def test_it_is_used_up_from_the_whole_second_at_which_nothing_is_left(plant: Plant) -> None:
    cloud = plant(scenario(plans=[resource_plan(remaining="0.0105")]))
    assert cloud.next_event() == NOW + 11 * SECOND
    cloud.set_clock(NOW + 10 * SECOND)
    assert plan(cloud).remaining == Fraction("0.0005")
    cloud.set_clock(NOW + 11 * SECOND)
    assert plan(cloud).remaining == 0


def test_what_is_left_is_never_shown_as_nothing(plant: Plant) -> None:
    document = resource_plan(remaining="0.000000001", used_per_day="0.000001")
    cloud = plant(scenario(plans=[document]))
    cloud.advance(80 * SECOND)
    [shown] = rows(cloud, "resource_plans")
    assert shown["remaining"] == "0.000000001"


def test_of_several_the_one_that_ends_first_is_burnt(plant: Plant) -> None:
    later = resource_plan("a", expires_at=wired("2027-06-01"))
    sooner = resource_plan("b", remaining="0.01")
    cloud = plant(scenario(plans=[later, sooner]))
    cloud.advance(10 * SECOND)
    assert plan(cloud, "a").remaining == 500
    assert plan(cloud, "b").remaining == 0
    cloud.advance(10 * SECOND)
    assert plan(cloud, "a").remaining == Fraction("499.99")


def test_of_two_that_end_together_the_first_id_is_burnt(plant: Plant) -> None:
    cloud = plant(scenario(plans=[resource_plan("b"), resource_plan("a")]))
    cloud.advance(timedelta(days=1))
    assert plan(cloud, "a").remaining == Fraction("413.6")
    assert plan(cloud, "b").remaining == 500


def test_the_next_plan_is_used_from_the_exact_instant_at_its_rate(plant: Plant) -> None:
    first = resource_plan("a", remaining="0.0105")
    second = resource_plan("b", expires_at=wired("2027-06-01"), used_per_day="864")
    cloud = plant(scenario(plans=[first, second]))
    cloud.advance(11 * SECOND)
    assert plan(cloud, "b").remaining == 500 - Fraction("0.005")


def test_another_type_is_used_at_another_rate(plant: Plant) -> None:
    plans = [resource_plan("a"), resource_plan("b", type="traffic")]
    cloud = plant(scenario(plans=plans))
    cloud.advance(timedelta(days=1))
    assert plan(cloud, "a").remaining == plan(cloud, "b").remaining == Fraction("413.6")


def test_pending_until_its_delay_is_over(plant: Plant) -> None:
    late = resource_plan(effective_at=wired("2026-11-22 08:50:00"), effect_delay_minutes=20)
    cloud = plant(scenario(plans=[late]))
    assert plan(cloud).effective_at == at("2026-11-22 09:10:00") == cloud.next_event()
    cloud.advance(timedelta(minutes=10))
    assert plan(cloud).remaining == 500
    cloud.advance(SECOND)
    assert plan(cloud).remaining == Fraction("499.999")


def test_an_expired_plan_is_burnt_no_more(plant: Plant) -> None:
    ending = resource_plan(expires_at=wired("2026-11-22 09:00:10"))
    cloud = plant(scenario(plans=[ending]))
    cloud.advance(timedelta(days=9))
    assert plan(cloud).remaining == Fraction("499.99")


def test_without_a_plan_the_use_is_billed_at_midnight(plant: Plant) -> None:
    cloud = plant(scenario(plans=[used_up()]))
    assert cloud.next_event() == MIDNIGHT
    cloud.set_clock(MIDNIGHT - SECOND)
    assert usage_bills(cloud) == []
    cloud.set_clock(MIDNIGHT)
    assert usage_bills(cloud) == [(MIDNIGHT.isoformat(), "plan-1", "5.40")]
    cloud.set_clock(MIDNIGHT + timedelta(days=1))
    assert usage_bills(cloud)[1:] == [(wired("2026-11-24"), "plan-1", "8.64")]


def test_midnight_is_that_of_utc_8_on_both_sites(plant: Plant) -> None:
    document = scenario(clock="2026-11-22T15:00:00Z", plans=[used_up()])
    document["account"] |= {"site": "international", "currency": "USD"}
    cloud = plant(document)
    cloud.advance(timedelta(hours=1))
    assert usage_bills(cloud) == [(MIDNIGHT.isoformat(), "plan-1", "0.36")]


def test_only_the_time_without_a_plan_is_billed(plant: Plant) -> None:
    """54 units until midnight: 50.4 from the plan, 3.6 at 0.10 each."""
    cloud = plant(scenario(plans=[resource_plan(remaining="50.4", payg_price="0.10")]))
    cloud.set_clock(MIDNIGHT)
    assert [amount for _, _, amount in usage_bills(cloud)] == ["0.36"]


def test_half_a_cent_is_a_cent_and_less_is_nothing(plant: Plant) -> None:
    clock = "2026-11-22T23:59:00+08:00"
    for price, billed in (("0.083333334", ["0.01"]), ("0.083333333", [])):
        plans = [resource_plan(remaining="0", payg_price=price)]
        cloud = plant(scenario(clock=clock, plans=plans))
        cloud.set_clock(MIDNIGHT)
        assert [amount for _, _, amount in usage_bills(cloud)] == billed


def test_what_was_not_billed_at_midnight_is_gone(plant: Plant) -> None:
    little = resource_plan(remaining="0", payg_price="0.10", used_per_day="0.04")
    cloud = plant(scenario(plans=[little]))
    cloud.advance(timedelta(days=30))
    assert usage_bills(cloud) == []


def test_a_price_that_is_not_known_is_not_billed(plant: Plant) -> None:
    cloud = plant(scenario(plans=[resource_plan(remaining="0")]))
    cloud.advance(timedelta(days=3))
    assert usage_bills(cloud) == []
    assert cloud.balance().owed == 0


def test_the_plan_that_ended_last_gives_rate_and_price(plant: Plant) -> None:
    first = resource_plan("a", expires_at=wired("2026-11-20"), payg_price="9.00")
    last = resource_plan("b", expires_at=wired("2026-11-21"), payg_price="0.10")
    cloud = plant(scenario(plans=[first, last]))
    cloud.set_clock(MIDNIGHT)
    assert usage_bills(cloud) == [(MIDNIGHT.isoformat(), "b", "5.40")]


def test_a_used_up_plan_ended_when_it_was_used_up(plant: Plant) -> None:
    """`a` is used up at 09:00:10, `b`, burnt next, expires at 10:00:00: later."""
    first = resource_plan("a", remaining="0.01", expires_at=wired("2026-11-22 09:30:00"))
    last = resource_plan("b", expires_at=wired("2026-11-22 10:00:00"), payg_price="0.10")
    cloud = plant(scenario(plans=[first, last]))
    cloud.set_clock(MIDNIGHT)
    assert usage_bills(cloud) == [(MIDNIGHT.isoformat(), "b", "5.04")]


def test_an_unpaid_usage_bill_makes_the_account_overdue_from_midnight(plant: Plant) -> None:
    cloud = plant(scenario("5.39", plans=[used_up()]))
    cloud.set_clock(MIDNIGHT)
    assert cloud.balance().owed == Decimal("5.40")
    assert cloud.balance().overdue_since == MIDNIGHT
    cloud.top_up(Decimal("0.01"))
    assert cloud.balance().available == 0
    assert usage_bills(cloud) == [(MIDNIGHT.isoformat(), "plan-1", "5.40")]


def test_a_plan_that_comes_into_effect_ends_pay_as_you_go(plant: Plant) -> None:
    pending = resource_plan(
        "b", effective_at=wired("2026-11-22 10:00:00"), expires_at=wired("2027-06-01")
    )
    cloud = plant(scenario(plans=[used_up(), pending]))
    cloud.advance(timedelta(days=3))
    assert usage_bills(cloud) == [(MIDNIGHT.isoformat(), "plan-1", "0.36")]


def test_a_plan_without_use_lasts_until_it_expires(plant: Plant) -> None:
    cloud = plant(scenario(plans=[resource_plan(used_per_day="0")]))
    assert cloud.next_event() == at("2027-01-01")
    cloud.advance(timedelta(days=300))
    assert plan(cloud).remaining == 500
    assert cloud.next_event() is None


def test_used_up_exactly_when_the_clock_stops_it_is_used_up(plant: Plant) -> None:
    cloud = plant(scenario(plans=[resource_plan(remaining="50.4", payg_price="0.10")]))
    cloud.set_clock(at("2026-11-22 23:00:00"))
    cloud.set_clock(MIDNIGHT)
    assert [amount for _, _, amount in usage_bills(cloud)] == ["0.36"]


def test_plans_of_two_regions_are_used_side_by_side_and_followed_up_in_theirs(
    plant: Plant,
) -> None:
    regions = ("cn-shanghai", "ap-southeast-1", "cn-shanghai")
    plans = [
        resource_plan(f"p-{n}", region=region, expires_at=wired(f"2027-01-0{n + 1}"))
        for n, region in enumerate(regions)
    ]
    cloud = plant(scenario(plans=plans))
    cloud.advance(timedelta(days=1))
    assert [plan(cloud, f"p-{n}").remaining for n in range(3)] == [
        Fraction("413.6"), Fraction("413.6"), 500,
    ]  # fmt: skip
    bought = cloud.buy_plan("p-1")
    assert plan(cloud, bought).region == "ap-southeast-1"
    shown = {each["plan_id"]: each["region"] for each in rows(cloud, "resource_plans")}
    assert shown == {"p-0": regions[0], "p-1": regions[1], "p-2": regions[2], bought: regions[1]}


def test_a_region_without_a_plan_left_is_billed_though_another_has_one(plant: Plant) -> None:
    plans = [used_up(region="cn-shanghai"), resource_plan("b", region="ap-southeast-1")]
    cloud = plant(scenario("100.00", plans=plans))
    cloud.advance(timedelta(days=1))
    assert [charge[1] for charge in usage_bills(cloud)] == ["plan-1"]
