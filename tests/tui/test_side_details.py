"""Details on the right of the table: of the row under the cursor, on a wide screen only."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import Desk, at_the_desk
from tests.tui.stage import lines_of

WIDE = (160, 40)
MOST_PAUSES = 200


def side(desk: Desk) -> str:
    """What stands on the right of the table."""
    panel = desk.app.screen.query_one("#details").region
    return "\n".join(line[panel.x :] for line in lines_of(desk.app))


async def comes_to_show(desk: Desk, *texts: str) -> None:
    """The details come after a pause, once the cursor rests."""
    for _ in range(MOST_PAUSES):
        if all(text in side(desk) for text in texts):
            return
        await desk.pilot.pause(0.02)
    raise AssertionError(f"{texts} never came:\n{side(desk)}")


async def test_they_follow_the_cursor(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, size=WIDE, pane="due") as desk:
        first = side(desk)
        assert "Boiler house" in first
        for text in ("Instance ID", "data deleted", "IOT-4", "IoT Platform: Overdue"):
            assert text in first
        assert first.count("overdue-payments-and-renewal-methods") == 1
        await desk.press("down", "down")
        await comes_to_show(desk, "Factory floor", "iot-060a0bcd")
        await desk.press("2")
        await comes_to_show(desk, "vod-sdk-77", "LIC-3")
        await desk.press("0")
        await comes_to_show(desk, "Factory floor")
        await desk.press("2")
        await desk.press("N")
        await desk.answer("Li Lei")
        await desk.answer("ask first")
        await comes_to_show(desk, "Li Lei", "ask first")


async def test_payments_of_the_item_are_shown(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, size=WIDE, pane="due") as desk:
        await desk.top_up("5000")
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("r")
        await desk.choose("1 month")
        await desk.confirm("0bcd")
        await desk.close()
        await comes_to_show(desk, "Payments", "renewal · 1 month · CNY 300.00 · paid")
        await desk.press("0", "5")
        await comes_to_show(desk, "Factory floor", "iot-060a0bcd", "renewal · 1 month")
        await desk.press("4")
        await comes_to_show(desk, "Nothing to show for this row.")


async def test_they_come_and_go_with_the_width(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, size=(139, 36), pane="due") as desk:
        assert not desk.app.screen.query("#details")
        await desk.pilot.resize_terminal(140, 36)
        await desk.settle()
        assert "Boiler house" in side(desk)
        await desk.pilot.resize_terminal(139, 36)
        await desk.settle()
        assert not desk.app.screen.query_one("#details").display


async def test_enter_binds_where_a_spare_license_is_there(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, pane="due") as desk:
        await desk.move_to("lic-studio")
        assert " bind" in desk.row("Studio")
        await desk.press("enter")
        await desk.choose("Player SDK")
        assert desk.license("lic-spare")["application"] == "Studio"
        assert desk.truth["orders"] == []


async def test_a_click_on_the_money_opens_the_account(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.pilot.click("#money")
        await desk.settle()
        desk.sees("Account practice", "Unpaid bills")
