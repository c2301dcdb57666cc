"""A plan ends in two days: one like it is bought, takes effect by itself, and takes over."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, plan


async def test_bought_taking_effect_in_effect(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("600.00", resource_plans=[plan()])) as desk:
        await desk.press("0")
        desk.sees("ends, then pay-as-you-go", "buy")
        await desk.go_to("plans", "plan-storage-1")
        await desk.press("r")
        desk.shows_dialog("Stopped; nothing was sent", "P-PLAN-BUY")
        await desk.press("escape")
        await desk.press("w")
        await desk.choose("Buy the next resource plan")
        desk.sees("step 2 of 5", "Storage 1 TB has 37.5 of")
        await desk.press("enter")
        desk.sees("a resource plan like Storage 1 TB", "CNY 480.00", "CNY 120.00 left afterwards")
        await desk.confirm("ge-1")
        desk.shows_dialog("Purchase complete")
        await desk.close()
        desk.sees("step 3 of 5", "Wait until it is in effect", "VOD-6")
        await desk.press("enter", "enter", "enter")
        desk.shows_dialog("Not visible yet")
        await desk.close()
        await desk.press("escape")
        await desk.press("3")
        desk.sees("taking effect", "3 Resource plans 2")
        await desk.move_clock("Other duration", "20m")
        desk.misses("taking effect")
        await desk.press("4", "enter")
        desk.sees("Ended A new storage plan", "is in effect until", "Checked at 22 Nov 2026 09:20")
        await desk.press("escape")
        await desk.press("0")
        desk.sees("Nothing needs attention", "4 Walk-throughs 0")
        assert [row["months"] for row in desk.truth["resource_plans"]] == [12, 12]
        assert desk.charged("purchase") == ["480.00"]


async def test_too_little_money_buys_nothing(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("479.99", resource_plans=[plan()])) as desk:
        await desk.go_to("plans", "plan-storage-1")
        await desk.press("w")
        await desk.choose("Buy the next resource plan")
        await desk.press("enter")
        desk.shows_dialog("Stopped; nothing was sent", "0.01")
        assert len(desk.truth["resource_plans"]) == 1
