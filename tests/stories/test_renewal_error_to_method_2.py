"""The renewal of a license meets an error in the cloud: method 2, and the error is kept."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, sdk_license

BROKEN = sdk_license(
    "lic-market",
    application="直播商城",
    instance_id="vod-sdk-93",
    sdks=["Short Video SDK"],
    renewal_error="LicenseOrder.ConfigurationMissing: it cannot be read",
)


async def test_the_walk_through_goes_over_by_itself(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("9000.00", licenses=[BROKEN])) as desk:
        await desk.go_to("licenses", "lic-market")
        await desk.press("w")
        await desk.choose("Renew a license, method 1")
        desk.sees("step 4 of 6")
        await desk.press("enter")
        await desk.choose("1 month")
        await desk.confirm("k-93")
        desk.shows_dialog("0 of 1 paid", "LicenseOrder.ConfigurationMissing")
        await desk.close()
        desk.shows_dialog("Method 1 is not possible", "LicenseOrder.ConfigurationMissing")
        await desk.choose("Method 2")
        desk.sees("Replace a license, method 2", "LicenseOrder.ConfigurationMissing")
        await desk.press("enter")
        await desk.confirm("k-93")
        await desk.close()
        await desk.press("enter")
        await desk.choose("Short Video SDK")
        await desk.press("enter", "enter")
        desk.shows_dialog("Done")
        await desk.close()
        bound = [row for row in desk.truth["licenses"] if row["application"] == "直播商城"]
        assert len(bound) == 2
        assert desk.charged("renewal") == []
        assert desk.charged("purchase") == ["2160.00"]
        states = [order["state"] for order in desk.truth["orders"]]
        assert states == ["cancelled", "paid"]


async def test_the_remedy_is_method_2_from_then_on(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("9000.00", licenses=[BROKEN])) as desk:
        await desk.go_to("licenses", "lic-market")
        desk.sees("renew")
        await desk.press("r")
        await desk.choose("1 month")
        await desk.confirm("k-93")
        await desk.close()
        desk.shows_dialog("Method 1 is not possible", "LicenseOrder.ConfigurationMissing")
        await desk.press("escape")
        desk.sees("replace")
        await desk.press("w")
        desk.sees("Replace a license, method 2")
        await desk.press("enter")
        desk.sees("Reason a renewal was refused for this end date")


async def test_the_person_can_choose_method_2(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("9000.00", licenses=[BROKEN])) as desk:
        await desk.go_to("licenses", "lic-market")
        await desk.press("w")
        await desk.choose("Renew a license, method 1")
        await desk.press("m")
        desk.sees("Replace a license, method 2", "method 2 was chosen")
        assert desk.truth["orders"] == []
