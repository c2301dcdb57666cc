"""The console shows no Instance ID: a new license is bought and bound to the application."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, sdk_license

STUDIO = sdk_license("lic-studio", application="Studio", instance_id="", sdks=["Player SDK"])


async def test_bought_and_bound(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("9000.00", licenses=[STUDIO])) as desk:
        await desk.press("0")
        desk.sees("the SDKs in it stop working", "replace")
        await desk.go_to("licenses", "lic-studio")
        assert "empty" in desk.row("Studio")
        await desk.press("w")
        await desk.choose("Replace a license, method 2")
        desk.sees("the Instance ID is empty", "step 2 of 5", "LIC-2")
        await desk.press("enter")
        desk.sees("a license with the same SDKs as Studio", "CNY 2,160.00", "Player SDK")
        await desk.confirm("udio")
        desk.shows_dialog("Purchase complete")
        await desk.close()
        desk.sees("step 3 of 5", "Bind it to the application")
        new = next(row for row in desk.truth["licenses"] if row["license_id"] != "lic-studio")
        assert new["application"] == ""
        assert new["instance_id"]
        await desk.press("enter")
        await desk.choose("Player SDK")
        desk.sees("Application")
        await desk.press("enter")
        desk.sees("step 4 of 5")
        await desk.press("enter")
        desk.shows_dialog("Done")
        await desk.close()
        desk.sees("4 Walk-throughs 0")
        assert desk.license(new["license_id"])["application"] == "Studio"
        assert desk.charged("purchase") == ["2160.00"]
        assert "ok" not in desk.row("Studio")


async def test_method_1_leads_there_when_nothing_is_typed(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("9000.00", licenses=[STUDIO])) as desk:
        await desk.find("P-LIC-RENEW")
        await desk.choose("Studio")
        desk.sees("step 1 of 6", "!", "P-LIC-REPLACE")
        await desk.press("enter", "enter")
        await desk.answer("vod-sdk-78")
        desk.shows_dialog(
            "Find and save the Instance ID", "The data shows no Instance ID for Studio"
        )
        await desk.answer("")
        desk.shows_dialog("Method 1 is not possible", "The Instance ID is empty")
        await desk.choose("Method 2")
        desk.sees("Replace a license, method 2", "Reason the Instance ID is empty")
        assert desk.truth["orders"] == []
