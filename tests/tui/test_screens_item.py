"""An item's page, and a walk-through's screen: what they tell, and what their keys do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise
from tui.commands.registry import commands_in, handlers_of
from tui.commands.table import SCREENS
from tui.screens.account import AccountScreen
from tui.screens.base import BaseScreen
from tui.screens.item import ItemScreen
from tui.screens.main import MainScreen
from tui.screens.walk import WalkScreen


@pytest.mark.parametrize("screen", [MainScreen, ItemScreen, WalkScreen, AccountScreen])
def test_each_command_of_a_screen_is_done_by_it(screen: type[BaseScreen]) -> None:
    assert screen.SCOPE in SCREENS
    assert {each.id for each in commands_in(screen.SCOPE)} <= handlers_of(screen).keys()


ONE_OF_EACH = {
    "1": (
        "iot-060a1f3e",
        "public-previous:ap-northeast-1",
        "iot-public-new-2",
        "link-edge-31",
        "vod",
    ),
    "2": ("lic-studio", "lic-spare"),
    "3": ("plan-traffic-1",),
}


async def test_an_item_of_each_kind_has_a_page_with_its_sources(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        for pane, item_ids in ONE_OF_EACH.items():
            await desk.press(pane)
            for item_id in item_ids:
                await desk.move_to(item_id)
                await desk.press("enter")
                assert isinstance(desk.app.screen, ItemScreen)
                desk.sees("Kind", "State", "To do")
                assert "https://www.alibabacloud.com/" in desk.text or "No document" in desk.text
                await desk.press("escape")


async def test_the_page_of_a_license_names_its_order(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.go_to("licenses", "lic-class-android")
        await desk.press("enter")
        desk.sees(
            "Renewal covers the whole order vod-sdk-81:",
            "Classroom (Player SDK), Classroom for iOS (Short Video SDK)",
            "CNY 3,600.00 for 12 months",
        )


async def test_what_the_cloud_forgot_while_its_page_was_open(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account(instances=[enterprise()])) as desk:
        await desk.press("enter")
        with desk.cloud() as cloud:
            cloud.reset(account(instances=[enterprise("iot-another")]))
        await desk.press("s")
        desk.sees("This item is no longer listed.")
        for key in ("w", "r", "a", "c"):
            await desk.press(key)
            assert desk.dialog == ""
        await desk.press("escape")
        desk.sees("iot-another")


async def test_back_page_and_copy_of_a_walk_through(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account(instances=[enterprise()])) as desk:
        await desk.press("w", "enter", "backspace", "backspace", "backspace")
        desk.sees("this is the first step")
        await desk.press("c")
        desk.sees("nothing to copy here")
        await desk.press("o")
        desk.sees("https://iot.console.aliyun.com/lk/summary/new:")
        await desk.press("enter")
        desk.sees("step 3 of 4")
        await desk.press("c")
        desk.sees("iot-060a0bcd:")
        await desk.press("backspace")
        desk.sees("step 2 of 4")
        await desk.press("m")
        desk.sees("only for the renewal of a license")


async def test_a_walk_through_whose_cloud_was_reset_harms_nothing(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account(instances=[enterprise()])) as desk:
        await desk.press("w", "enter", "backspace", "enter")
        desk.sees("step 3 of 4")
        with desk.cloud() as cloud:
            cloud.reset(account("9000.00", instances=[enterprise("iot-another")]))
        await desk.press("s")
        await desk.press("enter")
        assert "Program error" not in desk.words
        await desk.leave_all()
        desk.sees("iot-another", "4 Walk-throughs 0")
        assert desk.truth["orders"] == []


async def test_the_day_of_the_first_payment_and_the_command_line_are_shown(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.go_to("instances", "iot-060a5d28")
        await desk.press("enter")
        desk.sees("3 months; the balance does not cover it; first paid 9 Dec 00:00 (16 d)")
        await desk.press("escape")
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w")
        await desk.choose("Renew an Enterprise Edition instance")
        await desk.press("enter", "enter")
        desk.sees("Command", "renewal --account practice renew iot-060a0bcd --months 12")


async def test_the_title_and_facts_of_a_walk_through_fit_the_width(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, size=(80, 24), pane="due") as desk:
        await desk.press("w", "enter", "backspace")
        await desk.pilot.resize_terminal(110, 24)
        await desk.settle()
        desk.sees("step 2 of 4 · Boiler house · started 22 Nov 09:00 ")
        await desk.pilot.resize_terminal(80, 24)
        await desk.settle()
        assert desk.lines[1].strip() == (
            "Renew an Enterprise Edition instance · step 2 of 4 · Boiler house"
        )
        await desk.pilot.resize_terminal(40, 15)
        await desk.settle()
        assert desk.lines[1].strip().startswith("step 2 of 4 · Renew an Ent")
        assert "│          Overview" in desk.text


async def test_a_plan_that_another_one_follows_says_so(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, size=(130, 24)) as desk:
        await desk.press("3")
        assert "another plan takes over" in desk.row("Traffic 500 GB")
