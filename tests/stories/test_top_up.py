"""Money arrives: by its key from any screen, and by the documented steps."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise, plan, public_previous


async def test_by_its_key(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("12.40", instances=[enterprise()])) as desk:
        desk.sees("CNY 3,587.60 short from 24 Nov")
        await desk.press("t")
        desk.shows_dialog("Top up the practice account", "3587.60")
        await desk.press("enter")
        desk.misses("short from")
        desk.sees("Balance CNY 3,600.00")
        assert desk.truth["balance"]["available"] == "3600.00"


async def test_an_amount_that_cannot_be(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account()) as desk:
        await desk.press("t")
        for typed in ("0", "-1", "1.005", "1,5", "٣", "1e3", ""):
            await desk.answer(typed)
            assert desk.dialog == "Top up the practice account", typed
        await desk.press("escape")
        assert desk.truth["balance"]["available"] == "12.40"


async def test_by_the_documented_steps(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account()) as desk:
        await desk.find("P-TOPUP")
        desk.sees("Top up the account", "Expenses", "23 Jan 2026")
        desk.sees("nothing is missing for the next 30 days; top up only if you want to.")
        desk.misses("CNY 0.00 short", "Copy")
        await desk.press_until("enter", "Top up the practice account")
        await desk.answer("87.60")
        await desk.press_until("enter", "Done")
        await desk.close()
        desk.sees("Balance CNY 100.00", "4 Walk-throughs 0")
        assert desk.truth["balance"]["available"] == "100.00"


async def test_by_its_key_from_a_walk_through_for_what_that_lacks(tmp_path: Path) -> None:
    items = [enterprise(), enterprise("iot-060a4c17", name="Cold storage")]
    async with at_the_desk(tmp_path, account("12.40", instances=items)) as desk:
        desk.sees("CNY 7,187.60 short")
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w", "enter", "t")
        desk.shows_dialog("Top up the practice account", "To pay next CNY 3,600.00", "› 3587.60")
        await desk.press("enter")
        desk.sees("The balance of CNY 3,600.00 covers the price of CNY 3,600.00.")


async def test_each_place_proposes_what_it_lacks_and_says_for_what(tmp_path: Path) -> None:
    gone = plan(expires_at="2026-11-20T00:00:00+08:00")
    there = account(instances=[enterprise(), public_previous()], resource_plans=[gone])
    async with at_the_desk(tmp_path, there, pane="due") as desk:
        await desk.move_to("vod")
        await desk.press("enter")
        desk.shows_dialog("Top up the practice account", "Missing CNY 24.10, for what is owed")
        desk.sees("› 24.10")
        await desk.press("escape", "t")
        missing = "Missing CNY 3,624.10, for the next 30 days"
        desk.shows_dialog("Top up the practice account", "Due in 30 days CNY 3,600.00", missing)
        await desk.press("escape")
        await desk.move_to("iot-060a0bcd")
        await desk.press("enter")
        await desk.choose("1 month")
        await desk.press("t")
        desk.shows_dialog("Top up the practice account", "Missing CNY 324.10, for this payment")
        await desk.leave_all()
        await desk.press("K", "t")
        desk.shows_dialog("Top up the practice account", "Missing CNY 3,624.10, for this plan")
