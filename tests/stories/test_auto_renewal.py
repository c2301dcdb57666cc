"""Auto-renewal is set, and pays nine days before the end, if the money is there."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise

LATER = enterprise(expires_at="2026-12-10T00:00:00+08:00")


async def test_set_and_carried_out(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("1000.00", instances=[LATER])) as desk:
        await desk.press("0")
        desk.sees("stops; deleted 15 d later")
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("a")
        await desk.choose("Every 3 months")
        desk.sees("9 days before the end")
        await desk.confirm("0bcd")
        assert desk.instance("iot-060a0bcd")["auto_renewal_months"] == 3
        assert "3 months" in desk.row("iot-060a0bcd")
        await desk.press("0")
        desk.sees("Nothing needs attention")
        await desk.press("1")
        await desk.move_clock("Other duration", "8d14h59m59s")
        assert desk.charged("auto-renewal") == []
        await desk.move_clock("Other duration", "1s")
        assert desk.charged("auto-renewal") == ["900.00"]
        assert desk.instance("iot-060a0bcd")["expires_at"] == "2027-03-10T00:00:00+08:00"
        desk.sees("10 Mar 2027")


async def test_an_uncovered_auto_renewal_is_shown_and_tried_every_day(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("100.00", instances=[LATER])) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("a")
        await desk.choose("Every 1 month")
        await desk.confirm("0bcd")
        desk.sees("1 month, short")
        await desk.press("0")
        desk.sees("stops; deleted 15 d later")
        await desk.move_clock("Other duration", "10d")
        assert len(desk.truth["tries"]) == 2
        await desk.top_up("500")
        await desk.move_clock("1 day")
        assert desk.charged("auto-renewal") == ["300.00"]


async def test_turned_off(tmp_path: Path) -> None:
    on = {**LATER, "auto_renewal_months": 12}
    async with at_the_desk(tmp_path, account("9000.00", instances=[on])) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("a")
        desk.shows_dialog("Auto-renewal", "Now on, every 12 months")
        await desk.choose("Off")
        desk.misses("9 days before the end")
        await desk.confirm("0bcd")
        assert desk.instance("iot-060a0bcd")["auto_renewal_months"] is None
        assert "off" in desk.row("iot-060a0bcd")
