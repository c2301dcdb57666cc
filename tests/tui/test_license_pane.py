"""The pane of licenses: orders as groups, and what is to be done with each license."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk


async def test_licenses_of_one_order_stand_together(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.press("2")
        lines = [line for line in desk.lines if "Classroom" in line]
        assert "vod-sdk-81" in lines[0]
        assert "└─" in lines[1]
        assert "vod-sdk-81" not in lines[1]
        await desk.press("slash")
        await desk.answer("ios")
        assert "vod-sdk-81" in desk.row("Classroom for")


async def test_a_spare_license_is_bound_before_one_is_bought(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.go_to("licenses", "lic-studio")
        assert " bind " in desk.row("Studio")
        await desk.press("enter")
        desk.sees("Spare license lic-spare, unbound, ends 1 Nov 2027: bind it before buying one")
        await desk.press("B", "enter")
        desk.misses("Spare license")
        desk.sees("Player SDK is bound to Studio")


async def test_the_keys_of_a_license_stand_in_the_key_bar(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, pane="licenses") as desk:
        await desk.move_to("lic-kids")
        assert "r renew" in desk.lines[-1]
        await desk.move_to("lic-studio")
        for key in ("B bind", "+ add license", "I import"):
            assert key in desk.lines[-1]
        await desk.press("+")
        for text in ("lic-b", "Tools", "", "", "Player SDK", "2027-01-31", "", ""):
            await desk.answer(text)
        await desk.move_to("lic-b")
        for key in ("e edit", "- remove"):
            assert key in desk.lines[-1]
        await desk.press("0")
        await desk.move_to("lic-studio")
        assert "enter bind" in desk.lines[-1]
