"""A license is renewed by the Instance ID of its order, and the order holds two SDKs."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import Desk, at_the_desk
from tests.stories.scenarios import account, sdk_license

ORDER = [
    sdk_license("lic-android", application="Kids app", sdks=["Player SDK"]),
    sdk_license("lic-ios", application="Kids for iOS", sdks=["Short Video SDK"]),
]


async def to_the_payment(desk: Desk) -> None:
    """From the item to the step that pays: the program needs no console page for it."""
    await desk.go_to("licenses", "lic-android")
    await desk.press("w")
    await desk.choose("Renew a license, method 1")
    desk.sees("step 4 of 6", "vod-sdk-77", "Short Video SDK", "23 Jan 2026", "enter pay")


async def test_both_are_renewed_and_auto_renewal_is_set(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("9000.00", licenses=ORDER)) as desk:
        await to_the_payment(desk)
        await desk.press("enter")
        await desk.choose("12 months")
        desk.sees(
            "the whole order: Player SDK, Short Video SDK",
            "1 Dec 2026 → 1 Dec 2027",
            "CNY 4,680.00 left afterwards",
        )
        await desk.confirm("k-77")
        desk.shows_dialog("1 of 1 paid")
        await desk.close()
        desk.sees("step 5 of 6", "Turn on auto-renewal")
        await desk.press("enter")
        await desk.choose("Turn on")
        await desk.choose("Every 12 months")
        await desk.confirm("k-77")
        desk.shows_dialog("Done", "The end has moved")
        desk.sees("step 6 of 6")
        await desk.close()
        desk.sees("4 Walk-throughs 0")
        for license_id in ("lic-android", "lic-ios"):
            row = desk.license(license_id)
            assert row["expires_at"] == "2027-12-01T00:00:00+08:00"
            assert row["auto_renewal_months"] == 12
        assert desk.charged("renewal") == ["4320.00"]


async def test_auto_renewal_that_the_form_set_is_no_step(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("9000.00", licenses=ORDER)) as desk:
        await to_the_payment(desk)
        await desk.press("enter")
        await desk.choose("12 months")
        await desk.press("space")
        await desk.confirm("k-77")
        desk.shows_dialog("1 of 1 paid", "Auto-renewal is on")
        await desk.close()
        desk.shows_dialog("Done", "The end has moved")
        desk.sees("step 6 of 6", "✓ 5 Turn on auto-renewal")


async def test_too_little_money_goes_through_the_top_up_and_comes_back(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("10.00", licenses=ORDER)) as desk:
        await to_the_payment(desk)
        await desk.press("enter")
        await desk.choose("1 month")
        desk.shows_dialog(
            "Renew Kids app, Kids for iOS", "CNY 350.00 is missing", "Press t to top up."
        )
        await desk.press("t")
        desk.shows_dialog("Top up the practice account", "350.00")
        await desk.press("enter")
        desk.shows_dialog(
            "Renew Kids app, Kids for iOS", "CNY 360.00 available, CNY 0.00 left afterwards"
        )
        await desk.confirm("k-77")
        desk.shows_dialog("1 of 1 paid")
        await desk.close()
        desk.sees("step 5 of 6")
        assert desk.charged("renewal") == ["360.00"]
        assert desk.truth["balance"]["available"] == "0.00"


async def test_a_wrong_instance_id_is_refused_where_it_is_typed(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("9000.00", licenses=ORDER)) as desk:
        await to_the_payment(desk)
        await desk.press("backspace", "backspace")
        desk.sees("step 2 of 6", "Find and save the Instance ID", "The Instance ID is vod-sdk-77")
        await desk.press("enter")
        await desk.answer("vod-sdk-78")
        desk.shows_dialog("Find and save the Instance ID", "› vod-sdk-78", "'vod-sdk-77'",
            "'vod-sdk-78' is not the Instance ID of Kids app",
        )  # fmt: skip
        await desk.press("escape")
        desk.sees("step 2 of 6", "Known so far: vod-sdk-77")
        assert desk.truth["orders"] == []
