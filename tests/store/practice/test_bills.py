"""Bills of public instances of the previous version, to the second (IOT-1, 2, 6, 7, 8)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from store.clouds.practice.cloud import PracticeCloud
from store.models import PreviousPublicInstance
from tests.store.practice.accounts import (
    at,
    enterprise,
    previous,
    resource_plan,
    rows,
    scenario,
    wired,
)
from tests.store.practice.conftest import Plant

SECOND = timedelta(seconds=1)
ISSUED = at("2026-11-23 04:00:00")
STOPS = at("2026-11-24 04:00:00")


def item(cloud: PracticeCloud, region: str = "ap-northeast-1") -> PreviousPublicInstance:
    items = {item.id: item for page, _ in cloud.pages() for item in page}
    instance = items[f"public-previous:{region}"]
    assert isinstance(instance, PreviousPublicInstance)
    return instance


def bills(cloud: PracticeCloud) -> list[tuple[str, str]]:
    charges = rows(cloud, "charges")
    return [(each["at"], each["amount"]) for each in charges if each["what"] == "bill"]


def test_a_bill_comes_four_hours_after_the_cycle_and_is_taken(plant: Plant) -> None:
    cloud = plant(scenario("36.50", instances=[previous()]))
    cloud.set_clock(ISSUED - SECOND)
    assert cloud.balance().available == Decimal("36.50")
    cloud.set_clock(ISSUED)
    assert cloud.balance().available == 0
    assert bills(cloud) == [(ISSUED.isoformat(), "36.50")]
    assert item(cloud).overdue_since is None


def test_a_bill_that_is_a_cent_too_much_is_owed_whole(plant: Plant) -> None:
    cloud = plant(scenario("36.49", instances=[previous()]))
    cloud.set_clock(ISSUED)
    balance = cloud.balance()
    assert (balance.available, balance.owed) == (Decimal("36.49"), Decimal("36.50"))
    assert balance.overdue_since == ISSUED
    assert item(cloud).overdue_since == ISSUED
    assert bills(cloud) == []


def test_it_is_taken_at_the_cycle_end_when_bills_come_at_once(plant: Plant) -> None:
    cloud = plant(scenario(instances=[previous(bill_after_hours=0)]))
    cloud.set_clock(at("2026-11-23"))
    assert bills(cloud) == [(wired("2026-11-23"), "36.50")]


def test_nothing_is_taken_while_something_older_is_unpaid(plant: Plant) -> None:
    cheap = previous("cn-hangzhou", "2026-11-23 01:00:00", cycle_cost="1.00")
    cloud = plant(scenario("10.00", instances=[previous(), cheap]))
    cloud.set_clock(at("2026-11-23 05:00:00"))
    assert cloud.balance().owed == Decimal("37.50")
    assert item(cloud, "cn-hangzhou").overdue_since == at("2026-11-23 05:00:00")


def test_settled_a_second_before_the_stop_it_runs_at_once(plant: Plant) -> None:
    cloud = plant(scenario("0.00", instances=[previous()]))
    cloud.set_clock(STOPS - SECOND)
    cloud.top_up(Decimal("36.50"))
    assert item(cloud).overdue_since is None
    assert item(cloud).restored_at is None
    cloud.set_clock(STOPS - SECOND + timedelta(hours=1))
    assert item(cloud).overdue_since == at("2026-11-24 04:00:00")


def test_stopped_from_24_hours_on_and_back_exactly_half_an_hour_after_settling(
    plant: Plant,
) -> None:
    cloud = plant(scenario("0.00", instances=[previous()]))
    cloud.set_clock(STOPS)
    cloud.top_up(Decimal("73.00"))
    assert item(cloud).restored_at == STOPS + timedelta(minutes=30)
    assert cloud.next_event() == STOPS + timedelta(minutes=30)
    cloud.set_clock(STOPS + timedelta(minutes=30) - SECOND)
    assert item(cloud).restored_at is not None
    cloud.set_clock(STOPS + timedelta(minutes=30))
    assert item(cloud).restored_at is None


def test_a_stopped_instance_waits_until_all_of_its_bills_are_paid(plant: Plant) -> None:
    cloud = plant(scenario("0.00", instances=[previous(cycle_hours=8)]))
    cloud.set_clock(at("2026-11-25"))
    assert cloud.balance().owed == 4 * Decimal("36.50")
    cloud.top_up(Decimal("109.50"))
    assert item(cloud).restored_at is None
    assert item(cloud).overdue_since == ISSUED
    cloud.top_up(Decimal("36.50"))
    assert item(cloud).restored_at == at("2026-11-25 00:30:00")


def test_paying_the_oldest_bill_in_grace_moves_the_stop(plant: Plant) -> None:
    cloud = plant(scenario("0.00", instances=[previous(cycle_hours=8)]))
    cloud.set_clock(at("2026-11-23 13:00:00"))
    cloud.top_up(Decimal("36.50"))
    assert item(cloud).overdue_since == at("2026-11-23 12:00:00")
    cloud.set_clock(at("2026-11-24 12:00:00") - SECOND)
    cloud.top_up(Decimal("1000.00"))
    assert item(cloud).restored_at is None


def test_money_settles_the_oldest_first_and_stops_where_it_does_not_last(plant: Plant) -> None:
    dear = previous("a", cycle_cost="50.00")
    cheap = previous("b", "2026-11-23 01:00:00", cycle_cost="5.00")
    cloud = plant(scenario("0.00", instances=[dear, cheap]))
    cloud.set_clock(at("2026-11-23 06:00:00"))
    cloud.top_up(Decimal("49.99"))
    assert cloud.balance().owed == Decimal("55.00")
    cloud.top_up(Decimal("0.01"))
    assert cloud.balance().owed == Decimal("5.00")
    assert cloud.balance().overdue_since == at("2026-11-23 05:00:00")


@pytest.mark.parametrize(("cycle_hours", "billed"), [(28, 2), (29, 1)])
def test_a_cycle_that_ends_at_the_stop_is_billed_and_a_later_one_is_not(
    plant: Plant, cycle_hours: int, billed: int
) -> None:
    """The first cycle's bill comes 4 h after its end, so the stop is 28 h after it."""
    cloud = plant(scenario("0.00", instances=[previous(cycle_hours=cycle_hours)]))
    cloud.advance(timedelta(days=9))
    assert cloud.balance().owed == billed * Decimal("36.50")


def test_a_cycle_that_ends_at_the_return_is_billed_and_the_missed_ones_are_not(
    plant: Plant,
) -> None:
    hourly = previous(cycle_hours=1, cycle_cost="1.00", bill_after_hours=0)
    cloud = plant(scenario("0.00", instances=[hourly]))
    cloud.set_clock(at("2026-11-25 09:30:00"))
    assert cloud.balance().owed == 25
    cloud.top_up(Decimal("100.00"))
    cloud.set_clock(at("2026-11-25 10:00:00") - SECOND)
    assert cloud.balance().available == 75
    cloud.set_clock(at("2026-11-25 10:00:00"))
    assert cloud.balance().available == 74


def test_a_bill_from_before_the_stop_is_owed_though_the_instance_is_stopped(
    plant: Plant,
) -> None:
    cloud = plant(scenario("0.00", instances=[previous(cycle_hours=24)]))
    cloud.set_clock(at("2026-11-24 04:00:00"))
    assert cloud.balance().owed == Decimal("73.00")
    assert item(cloud).overdue_since == ISSUED


def test_a_bill_that_comes_while_restoring_puts_it_in_grace_not_back_to_stopped(
    plant: Plant,
) -> None:
    """Its second cycle ends at 02:00, is billed at 06:00; the stop is at 04:00."""
    instance = previous(ends="2026-11-23 00:00:00", cycle_hours=26)
    cloud = plant(scenario("0.00", instances=[instance]))
    cloud.set_clock(at("2026-11-24 05:45:00"))
    cloud.top_up(Decimal("36.50"))
    assert item(cloud).restored_at == at("2026-11-24 06:15:00")
    cloud.set_clock(at("2026-11-24 06:00:00"))
    assert item(cloud).restored_at == at("2026-11-24 06:15:00")
    cloud.set_clock(at("2026-11-25 06:00:00") - SECOND)
    assert item(cloud).overdue_since == at("2026-11-24 06:00:00")
    cloud.set_clock(at("2026-11-25 06:00:00"))
    cloud.top_up(Decimal("1000.00"))
    assert item(cloud).restored_at == at("2026-11-25 06:30:00")


def test_other_instances_go_on(plant: Plant) -> None:
    dear = previous("a", cycle_cost="50.00")
    later = previous("b", "2026-12-23")
    cloud = plant(scenario("0.00", instances=[dear, later]))
    cloud.set_clock(at("2026-11-24 04:00:00"))
    assert item(cloud, "b").overdue_since is None


def test_what_fell_due_before_the_clock_is_carried_out_at_reset(plant: Plant) -> None:
    cloud = plant(scenario("40.00", instances=[previous(ends="2026-11-20")]))
    assert bills(cloud) == [(wired("2026-11-20 04:00:00"), "36.50")]
    assert cloud.balance().overdue_since == at("2026-11-21 04:00:00")
    assert item(cloud).overdue_since == at("2026-11-21 04:00:00")


def test_a_plans_usage_bill_puts_no_instance_in_grace(plant: Plant) -> None:
    used = resource_plan(remaining="0", payg_price="1.00")
    cloud = plant(scenario("0.00", instances=[previous(ends="2027-01-01")], plans=[used]))
    cloud.advance(timedelta(days=3))
    assert cloud.balance().owed > 0
    assert item(cloud).overdue_since is None


def test_the_lent_part_is_never_more_than_what_is_available(plant: Plant) -> None:
    cloud = plant(scenario("100.00", credit="80.00", instances=[previous()]))
    assert cloud.balance().credit == 80
    cloud.set_clock(ISSUED)
    assert (cloud.balance().available, cloud.balance().credit) == (
        Decimal("63.50"),
        Decimal("63.50"),
    )


def test_a_year_of_hourly_cycles_is_billed_hour_by_hour(plant: Plant) -> None:
    hourly = previous(ends="2026-11-22 10:00:00", cycle_hours=1, cycle_cost="0.01")
    cloud = plant(scenario("1000.00", instances=[hourly]))
    cloud.advance(timedelta(days=365))
    assert cloud.balance().available == Decimal("1000.00") - Decimal("0.01") * (365 * 24 - 4)


def test_the_oldest_bill_is_the_one_that_was_issued_first(plant: Plant) -> None:
    slow = previous("a", "2026-11-23 00:00:00", cycle_cost="10.00")
    quick = previous("b", "2026-11-23 01:00:00", cycle_cost="20.00", bill_after_hours=0)
    cloud = plant(scenario("0.00", instances=[slow, quick]))
    cloud.set_clock(at("2026-11-23 05:00:00"))
    cloud.top_up(Decimal("20.00"))
    assert cloud.balance().overdue_since == at("2026-11-23 04:00:00")
    assert cloud.balance().owed == 10


def test_at_one_instant_a_returning_instance_is_billed_in_its_turn(plant: Plant) -> None:
    """Both bills come at 10:00, when `a` returns: by id, `a` gets the last of the money."""
    first = previous("a", cycle_hours=1, cycle_cost="1.00", bill_after_hours=0)
    second = previous("b", "2026-11-25 10:00:00", cycle_cost="1.00", bill_after_hours=0)
    cloud = plant(scenario("0.00", instances=[first, second]))
    cloud.set_clock(at("2026-11-25 09:30:00"))
    cloud.top_up(Decimal("26.00"))
    cloud.set_clock(at("2026-11-25 10:00:00"))
    assert cloud.balance().available == 0
    assert item(cloud, "a").overdue_since is None
    assert item(cloud, "b").overdue_since == at("2026-11-25 10:00:00")


def test_at_one_instant_bills_come_before_auto_renewals(plant: Plant) -> None:
    subscribed = enterprise(ends="2026-12-02", auto_renewal_months=1)
    billed = previous(ends="2026-11-23", cycle_cost="300.00", bill_after_hours=0)
    cloud = plant(scenario("300.00", instances=[subscribed, billed]))
    cloud.set_clock(at("2026-11-23"))
    assert bills(cloud) == [(wired("2026-11-23"), "300.00")]
    [failed] = rows(cloud, "tries")
    assert failed["at"] == wired("2026-11-23")
