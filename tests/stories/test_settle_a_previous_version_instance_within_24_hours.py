"""A bill is due that the balance cannot pay: 24 hours to settle it, else the instance stops."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import Desk, at_the_desk
from tests.stories.scenarios import account, enterprise, public_previous

OVERDUE = account("12.40", instances=[public_previous()])
PUBLIC = "public-previous:ap-northeast-1"


async def open_walk(desk: Desk) -> None:
    await desk.go_to("instances", PUBLIC)
    await desk.press("w")
    await desk.choose("Settle a previous-version public instance")


async def test_in_time(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, OVERDUE) as desk:
        desk.sees("owed 36.50", "overdue, then it stops")
        await desk.move_clock("Other duration", "23h59m59s")
        desk.sees("overdue, then it stops")
        await open_walk(desk)
        desk.sees("CNY 36.50 is owed", "IOT-7", "step 2 of 4", "CNY 24.10 is missing")
        await desk.press("enter")
        desk.shows_dialog("Top up the practice account")
        await desk.answer("100")
        desk.shows_dialog("Done", "Public instance is settled and running.")
        await desk.close()
        desk.sees("4 Walk-throughs 0", "Balance CNY 75.90")
        desk.misses("owed")
        assert "running" in desk.row("Public")
        assert desk.charged("bill") == ["36.50"]
        assert desk.truth["balance"]["owed"] == "0.00"


async def test_from_the_due_list_for_exactly_what_settles_it(tmp_path: Path) -> None:
    instances = [public_previous(), enterprise()]
    async with at_the_desk(tmp_path, account("12.40", instances=instances)) as desk:
        desk.sees("CNY 3,624.10 short")
        await desk.press("0", "enter")
        desk.shows_dialog("Top up the practice account", "Owed CNY 36.50", "› 24.10")
        await desk.press("enter")
        desk.misses("owed")
        assert desk.charged("bill") == ["36.50"]


async def test_each_of_two_overdue_instances_shows_its_own_bill(tmp_path: Path) -> None:
    other = public_previous(region="cn-shanghai", cycle_cost="44.90")
    instances = [public_previous(), other]
    async with at_the_desk(tmp_path, account("12.40", instances=instances)) as desk:
        await desk.press("0")
        desk.sees("36.50 owed", "44.90 owed")
        desk.misses("81.40 owed")


async def test_too_little_money_leaves_the_walk_through_at_its_step(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, OVERDUE) as desk:
        await open_walk(desk)
        await desk.press("enter")
        await desk.answer("10")
        desk.sees("step 2 of 4", "CNY 14.10 is missing", "enter top up", "started")
        await desk.press("enter")
        desk.shows_dialog("Top up the practice account", "› 14.10")
        await desk.press("enter")
        desk.shows_dialog("Done", "Public instance is settled and running.")


async def test_a_step_that_was_passed_unfinished_is_not_ticked(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, OVERDUE) as desk:
        await desk.move_clock("1 day")
        await open_walk(desk)
        await desk.press("enter")
        await desk.answer("200")
        await desk.press("enter")
        desk.sees("step 4 of 4", "– 3 Wait up to 30 minutes", "Passed; the data does not show")
        desk.misses("✓ 3 Wait")


async def test_too_late_it_stops_and_comes_back_within_30_minutes(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, OVERDUE) as desk:
        await desk.move_clock("1 day")
        desk.sees("stopped until")
        await open_walk(desk)
        desk.sees("stopped at 23 Nov")
        await desk.press("enter")
        await desk.answer("200")
        desk.sees("step 3 of 4", "Wait up to 30 minutes")
        await desk.press("enter", "enter")
        desk.shows_dialog("Not visible yet")
        await desk.close()
        await desk.move_clock("Other duration", "29m59s")
        await desk.press("enter")
        desk.shows_dialog("Not visible yet")
        await desk.close()
        await desk.press("escape")
        desk.sees("settled, restoring", "4 Walk-throughs 1")
        await desk.move_clock("Other duration", "1s")
        desk.misses("settled, restoring")
        assert "running" in desk.row("Public")
        await desk.press("4", "enter")
        desk.sees("Ended Public instance is settled and running.", "Checked at")
        await desk.press("escape")
        desk.sees("4 Walk-throughs 0")
        assert "36.50" in desk.charged("bill")


async def test_too_little_money_settles_nothing(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, OVERDUE) as desk:
        await desk.top_up("24.09")
        desk.sees("Balance CNY 36.49 · owed 36.50", "CNY 0.01 short")
        await desk.top_up("0.01")
        desk.sees("Balance CNY 0.00")
        desk.misses("owed")
        assert desk.charged("bill") == ["36.50"]
