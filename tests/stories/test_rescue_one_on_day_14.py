"""An instance has stopped; on the fourteenth day after its end it is still brought back."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise


async def test_the_clock_is_moved_from_inside_the_app(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("5000.00", instances=[enterprise()])) as desk:
        await desk.move_clock("To the next event")
        await desk.press("0")
        desk.sees("24 Nov 2026 00:00 UTC+8", "will be deleted for good", "3,600.00 / 12 mo")
        await desk.move_clock("Other duration", "14d23h59m59s")
        desk.sees("8 Dec 2026 23:59:59 UTC+8", "1 s Factory floor", "will be deleted for good")
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("enter")
        desk.sees("State stopped · critical", "deleted", "IOT-4", "P-IOT-RENEW")
        await desk.press("r")
        await desk.choose("1 month")
        desk.sees("24 Nov 2026 → 8 Jan 2027")
        await desk.confirm("0bcd")
        desk.shows_dialog("1 of 1 paid")
        await desk.close()
        desk.sees("State running")
        await desk.press("escape")
        assert desk.instance("iot-060a0bcd")["expires_at"] == "2027-01-08T23:59:59+08:00"
        assert desk.charged("renewal") == ["300.00"]
        assert "running" in desk.row("iot-060a0bcd")
