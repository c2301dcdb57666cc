"""The cloud as a whole: its file, clock, identity, what it lists and shows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from store.clouds import Capability, Cloud, Console, Glance
from store.clouds.practice.cloud import PracticeCloud
from store.clouds.practice.file import read_glance
from store.clouds.practice.scenario_file import parse_scenario
from store.errors import FileTrouble, Usage
from store.models import Kind, License, OtherItem
from tests.store.practice.accounts import (
    CLOCK,
    at,
    enterprise,
    previous,
    public_new,
    resource_plan,
    rows,
    scenario,
    sdk_license,
)
from tests.store.practice.conftest import Plant

SECOND = timedelta(seconds=1)
NOW = at("2026-11-22 09:00:00")


def ids(cloud: PracticeCloud) -> list[str]:
    return [item.id for page, _ in cloud.pages() for item in page]


def test_it_is_a_cloud_and_a_console(cloud: PracticeCloud) -> None:
    as_cloud: Cloud = cloud
    as_console: Console = cloud
    assert as_cloud.name == "practice"
    assert as_console
    assert cloud.capabilities == frozenset(Capability)


def test_the_first_one_is_the_tour_and_looking_makes_none(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    assert read_glance(path) is None
    assert not path.exists()
    with PracticeCloud.open(path) as first:
        identity, shown = first.identity, first.show()
    assert read_glance(path) == Glance(identity, NOW)
    assert path.stat().st_mode & 0o777 == 0o600
    with PracticeCloud.open(path) as again:
        assert again.identity == identity
        again.reset("tour")
        assert again.identity != identity
        assert again.show() | {"identity": identity} == shown


def test_a_new_one_is_for_the_site_that_is_asked_for(tmp_path: Path) -> None:
    with PracticeCloud.open(tmp_path / "practice.db", site="international") as opened:
        assert (opened.site, opened.balance().currency) == ("international", "USD")
        opened.reset("calm")
        assert (opened.site, opened.balance().currency) == ("china", "CNY")


def test_a_damaged_file_is_reported_and_left(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    path.write_bytes(b"not a database at all" * 100)
    before = path.read_bytes()
    with pytest.raises(FileTrouble):
        PracticeCloud.open(path)
    with pytest.raises(FileTrouble):
        read_glance(path)
    assert path.read_bytes() == before


def test_the_clock_stands_still_and_is_never_set_back(cloud: PracticeCloud) -> None:
    assert cloud.now() == cloud.now() == NOW
    cloud.advance(timedelta())
    cloud.set_clock(NOW)
    with pytest.raises(Usage):
        cloud.set_clock(NOW - SECOND)
    with pytest.raises(Usage):
        cloud.advance(-SECOND)
    assert cloud.now() == NOW


def test_the_clock_ends_with_the_year_2199(plant: Plant) -> None:
    cloud = plant(scenario(instances=[enterprise()]))
    with pytest.raises(Usage):
        cloud.advance(timedelta.max)
    last = at("2199-12-31 23:59:59")
    cloud.set_clock(last)
    with pytest.raises(Usage):
        cloud.set_clock(last + SECOND)
    with pytest.raises(Usage):
        cloud.advance(SECOND)
    assert cloud.now() == last


def test_every_kind_is_listed_in_the_order_of_the_file(plant: Plant) -> None:
    other = enterprise("other-1") | {"kind": "other"}
    del other["monthly_price"], other["auto_renewal_months"]
    cloud = plant(
        scenario(
            instances=[public_new(), previous(), other, enterprise()],
            licenses=[sdk_license()],
            plans=[resource_plan()],
        )
    )
    assert sorted(ids(cloud)) == sorted(
        ["iot-new", "public-previous:ap-northeast-1", "other-1", "iot-1", "lic-1", "plan-1"]
    )
    assert {total for _, total in cloud.pages()} == {6}
    [item] = cloud.items_of("other-1")
    assert isinstance(item, OtherItem)
    shown = rows(cloud, "instances")
    assert [each["instance_id"] for each in shown] == ["iot-new", "", "other-1", "iot-1"]


def test_an_empty_account_has_one_empty_page(plant: Plant) -> None:
    assert list(plant(scenario()).pages()) == [([], 0)]


def test_pages_are_of_one_moment(plant: Plant) -> None:
    instances = [enterprise(f"iot-{number}") for number in range(1001)]
    cloud = plant(scenario(instances=instances))
    pages = cloud.pages()
    first, total = next(pages)
    cloud.reset("calm")
    rest = [item for page, _ in pages for item in page]
    assert total == len(first) + len(rest) == 1001


def test_a_listing_that_is_given_up_closes_its_file(plant: Plant) -> None:
    cloud = plant(scenario(instances=[enterprise(f"iot-{number}") for number in range(1001)]))
    pages = cloud.pages()
    next(pages)
    del pages
    cloud.advance(SECOND)


def test_hidden_is_no_longer_listed(plant: Plant) -> None:
    licenses = [sdk_license(), sdk_license("lic-2"), sdk_license("lic-3", "")]
    instances = [enterprise(), previous(), public_new()]
    cloud = plant(scenario(instances=instances, licenses=licenses, plans=[resource_plan()]))
    everything = ids(cloud)
    assert len(everything) == 7
    for hidden in [item for item in everything if item not in ("lic-1", "lic-2")] + ["vod-1"]:
        cloud.hide(hidden)
    assert ids(cloud) == []
    assert cloud.items_of("iot-1") == cloud.items_of("vod-1") == []
    with pytest.raises(Usage):
        cloud.renew("vod-1", 1, "t")
    cloud.unhide("lic-2")
    assert [item.id for item in cloud.items_of("vod-1")] == ["lic-2"]
    cloud.unhide("vod-1")
    assert ids(cloud) == ["lic-1", "lic-2"]
    for unknown in ("nope", "", "#lic-3"):
        with pytest.raises(Usage):
            cloud.hide(unknown)


def test_a_released_instance_stays_listed(plant: Plant) -> None:
    cloud = plant(scenario(instances=[enterprise()]))
    cloud.advance(timedelta(days=400))
    assert ids(cloud) == ["iot-1"]


def test_what_it_shows_can_be_planted_again(cloud: PracticeCloud) -> None:
    cloud.top_up(Decimal("5000.00"))
    cloud.advance(timedelta(days=3, hours=1))
    shown = cloud.show()
    balance = shown["balance"]
    assert isinstance(balance, dict)
    names = ("currency", "available", "credit")
    account = {"site": "china"} | {name: balance[name] for name in names}
    lists = {name: shown[name] for name in ("instances", "licenses", "resource_plans")}
    again = parse_scenario({"clock": shown["now"], "account": account, **lists})
    assert len(again.instances) == 12


def test_show_has_the_documents_shape(plant: Plant) -> None:
    shown = plant(scenario(instances=[enterprise()], licenses=[sdk_license()])).show()
    assert shown["schema"] == "renewal.practice/1"
    assert shown["now"] == CLOCK
    assert shown["balance"] == {
        "currency": "CNY",
        "available": "1000.00",
        "credit": "0.00",
        "owed": "0.00",
        "overdue_since": None,
    }
    assert shown["instances"] == [enterprise()]
    assert shown["licenses"] == [sdk_license()]
    assert shown["orders"] == shown["charges"] == shown["tries"] == []


def test_the_cycle_of_a_stopped_instance_is_shown_as_the_present_one(plant: Plant) -> None:
    cloud = plant(scenario("0.00", instances=[previous()]))
    cloud.set_clock(at("2026-11-30 12:00:00"))
    [instance] = rows(cloud, "instances")
    assert instance["cycle_ends_at"] == at("2026-12-01").isoformat()


def test_money_is_paid_in_only_as_more_than_nothing(cloud: PracticeCloud) -> None:
    for amount in (Decimal(0), Decimal(-1)):
        with pytest.raises(Usage):
            cloud.top_up(amount)


def test_the_next_events_are_those_that_a_person_sees(plant: Plant) -> None:
    ending = enterprise(ends="2026-11-24", auto_renewal_months=None)
    cloud = plant(scenario("0.00", instances=[ending, previous()]))
    events = []
    while (event := cloud.next_event()) is not None:
        events.append(event)
        cloud.set_clock(event)
    assert events == [
        at("2026-11-23 04:00:00"),
        at("2026-11-24"),
        at("2026-11-24 04:00:00"),
        at("2026-12-09"),
    ]


class TestShippedScenarios:
    """The three that come with the program."""

    def test_the_tour_has_what_the_eight_procedures_need(self, cloud: PracticeCloud) -> None:
        items = [item for page, _ in cloud.pages() for item in page]
        kinds = {item.kind for item in items}
        assert kinds == set(Kind) - {Kind.VOD}
        licenses = [item for item in items if isinstance(item, License)]
        assert any(not item.instance_id for item in licenses)
        assert any(not item.application for item in licenses)
        assert cloud.balance().owed > cloud.balance().available
        shown = rows(cloud, "licenses")
        assert any(each["renewal_error"] for each in shown)

    @pytest.mark.parametrize("name", ["tour", "calm", "crisis"])
    def test_each_lives_through_a_year(self, cloud: PracticeCloud, name: str) -> None:
        cloud.reset(name)
        cloud.advance(timedelta(days=366))
        assert cloud.balance().available >= 0

    def test_calm_pays_for_itself_for_a_month(self, cloud: PracticeCloud) -> None:
        cloud.reset("calm")
        cloud.advance(timedelta(days=30))
        assert cloud.balance().owed == 0
        assert rows(cloud, "tries") == []
