"""Started read-only, the app shows everything, and no key changes anything."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise, plan, sdk_license

FULL = account(
    "9000.00", instances=[enterprise()], licenses=[sdk_license()], resource_plans=[plan()]
)


async def test_no_key_pays_or_sets(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, FULL, read_only=True) as desk:
        before = desk.truth
        desk.sees("READ-ONLY")
        await desk.go_to("instances", "iot-060a0bcd")
        for key in ("r", "a", "R"):
            await desk.press(key)
            desk.sees("read-only mode: nothing is paid or changed")
            assert len(desk.app.screen_stack) == 1
        await desk.press("t")
        desk.sees("read-only")
        await desk.press("escape")
        await desk.press("enter", "r")
        assert len(desk.app.screen_stack) == 2
        await desk.press("escape")
        assert desk.truth == before


async def test_no_walk_through_pays(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, FULL, read_only=True) as desk:
        before = desk.truth
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w")
        await desk.choose("Renew an Enterprise Edition instance")
        desk.sees("step 1 of 4", "Open the Overview tab")
        await desk.press("enter", "enter", "enter")
        desk.sees("step 4 of 4")
        await desk.press("enter")
        desk.shows_dialog("Not visible yet")
        await desk.close()
        await desk.press("escape")
        await desk.go_to("plans", "plan-storage-1")
        await desk.press("w")
        await desk.choose("Buy the next resource plan")
        await desk.press("enter", "enter")
        desk.sees("step 3 of 5")
        assert desk.truth == before
