"""One name for an item in every text."""

from __future__ import annotations

from pathlib import Path

from store.items.names import distinct_names, item_name
from store.models import Item
from tests.contract.program import Program
from tests.store.items import NOW, a_license, enterprise, previous_public
from tests.store.test_due import MONEY
from tests.store.test_pages import current, kept
from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, public_previous

NAME = "Tokyo · Public instance"


def test_a_public_instance_is_named_after_its_city() -> None:
    assert item_name(previous_public(region="eu-central-1", name="P")) == "Frankfurt · P"
    assert item_name(previous_public(region="cn-north-9", name="P")) == "cn-north-9 · P"
    assert item_name(previous_public(region="", id="public-previous:", name="P")) == "P"
    assert item_name(enterprise(NOW, name="", id="iot-1")) == "iot-1"


def test_the_id_stands_where_two_items_share_a_name() -> None:
    items: list[Item] = [
        enterprise(NOW, id="iot-1", name="Pump"),
        enterprise(NOW, id="iot-2", name="pump"),
        enterprise(NOW, id="iot-3", name="Pump 2"),
        enterprise(NOW, id="iot-4", name=""),
        a_license(id="lic-1", instance_id="vod-sdk-1", application="Kids"),
        a_license(id="lic-2", instance_id="vod-sdk-1", application="Kids"),
    ]
    ids = ["iot-1", "iot-2", "iot-3", "iot-4", "vod-sdk-1", "gone"]
    with kept([(item, False) for item in items], MONEY) as db:
        names = distinct_names(db, current(db).account, ids)
    assert [names[each] for each in ids] == ["iot-1", "iot-2", "Pump 2", "iot-4", "Kids", "gone"]


async def test_its_name_is_the_same_everywhere(tmp_path: Path) -> None:
    there = account(instances=[public_previous()])
    async with at_the_desk(tmp_path, there, pane="due") as desk:
        desk.sees(NAME)
        await desk.press("d")
        desk.shows_dialog("The next 90 days", f"{NAME} ends")
        await desk.press("escape", "w")
        desk.shows_dialog(NAME)
        await desk.press("enter")
        desk.sees(f"step 2 of 4 · {NAME}")


def test_its_name_is_the_same_in_the_commands(example: Program) -> None:
    example.scenario(instances=[public_previous(cycle_ends_at="2026-11-22T02:00:00+08:00")])
    assert NAME in example("status", "--max-age", "0").out
    assert NAME in example("guide", "P-IOT-SETTLE", "public-previous:ap-northeast-1").out
    assert NAME in example("export", "--ics").out
