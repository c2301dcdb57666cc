"""What no procedure settles goes to a ticket, drafted from what is known and was tried."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, sdk_license

BROKEN = sdk_license(renewal_error="LicenseOrder.ConfigurationMissing: it cannot be read")


async def test_from_the_walk_through_that_failed(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("9000.00", licenses=[BROKEN])) as desk:
        await desk.go_to("licenses", "lic-kids")
        await desk.press("w")
        await desk.choose("Renew a license, method 1")
        await desk.press("enter")
        await desk.choose("1 month")
        await desk.confirm("k-77")
        await desk.close()
        await desk.choose("Draft a ticket")
        desk.sees("Submit a ticket", "step 1 of 3")
        await desk.press("enter")
        desk.sees("Kids app", "com.example.kids", "vod-sdk-77", "LicenseOrder.ConfigurationMissing")
        await desk.close()
        desk.sees("step 2 of 3")
        await desk.press("enter", "enter")
        await desk.answer("T-2026-77")
        desk.shows_dialog("Done", "T-2026-77")
        await desk.close()
        desk.sees("Renew a license, method 1", "step 4 of 6")
        await desk.press("escape")
        desk.sees("4 Walk-throughs 1")
        assert [order["state"] for order in desk.truth["orders"]] == ["cancelled"]


async def test_the_draft_is_copied_and_says_where_it_went(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("9000.00", licenses=[BROKEN])) as desk:
        await desk.find("P-TICKET")
        await desk.choose("Kids app")
        await desk.press("enter")
        before = desk.words
        await desk.press("c")
        assert desk.words != before
        desk.sees("terminal")
