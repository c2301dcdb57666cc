"""A public instance of the new version is outgrown, and made an Enterprise one."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise

TRIAL: dict[str, object] = {
    "instance_id": "iot-public-new-1",
    "name": "Trial bench",
    "kind": "iot-public-new",
    "region": "cn-shanghai",
}


async def test_upgraded(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("500.00", instances=[TRIAL])) as desk:
        await desk.go_to("instances", "iot-public-new-1")
        await desk.press("w")
        await desk.choose("Upgrade a new-version public instance")
        desk.sees("step 1 of 6", "IOT-9")
        desk.misses("You chose the other option.")
        await desk.press("enter")
        await desk.choose("Upgrade in place")
        desk.sees("step 3 of 6", "Upgrade to Enterprise Edition and pay")
        desk.sees("Price: as the", "console quotes it; you enter it here.")
        desk.sees("You chose the other option.")
        await desk.press("enter")
        desk.sees("Monthly price of the edition you chose", "The cloud quotes no price")
        await desk.answer("12,5")
        desk.shows_dialog("Upgrade to Enterprise Edition")
        await desk.answer("320.00")
        desk.sees("an upgrade of Trial bench", "CNY 180.00 left afterwards")
        desk.sees("Price CNY 320.00 (as you entered it; the cloud quotes none)")
        await desk.confirm("ew-1")
        desk.shows_dialog("Upgrade complete", "Trial bench was upgraded to Enterprise Edition.")
        await desk.close()
        desk.shows_dialog("Done")
        desk.sees("– 5 Save the new Instance ID")
        await desk.close()
        assert desk.instance("iot-public-new-1")["kind"] == "iot-enterprise"
        assert desk.instance("iot-public-new-1")["expires_at"] == "2026-12-22T09:00:00+08:00"
        assert desk.charged("purchase") == ["320.00"]
        await desk.press("0")
        desk.sees("stops; deleted 15 d later")


async def test_a_price_that_was_typed_is_proposed_again_and_topped_up_for(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("20.00", instances=[TRIAL])) as desk:
        await desk.go_to("instances", "iot-public-new-1")
        await desk.press("w")
        await desk.choose("Upgrade a new-version public instance")
        await desk.press("enter")
        await desk.choose("Upgrade in place")
        await desk.press("enter")
        await desk.answer("320.00")
        desk.shows_dialog("Stopped; nothing was sent", "The balance is CNY 300.00 short")
        await desk.choose("Top up now")
        await desk.press("enter")
        desk.shows_dialog(
            "Top up the practice account", "To pay next CNY 320.00", "Missing CNY 300.00"
        )
        await desk.press("enter")
        desk.shows_dialog("Done")
        await desk.close()
        desk.sees("step 3 of 6")
        await desk.press("enter")
        desk.shows_dialog("Upgrade to Enterprise Edition", "› 320.00")


async def test_a_new_instance_id_that_cannot_be_is_refused_where_it_is_typed(
    tmp_path: Path,
) -> None:
    ended = enterprise(expires_at="2026-11-08T12:00:00+08:00")
    async with at_the_desk(tmp_path, account("500.00", instances=[TRIAL, ended])) as desk:
        await desk.go_to("instances", "iot-public-new-1")
        await desk.press("w")
        await desk.choose("Upgrade a new-version public instance")
        await desk.press("enter")
        await desk.choose("Buy a separate instance")
        desk.sees("step 4 of 6", "enter next")
        await desk.press("enter")
        desk.sees("step 5 of 6", "enter save", "Saved so far: none yet.")
        await desk.press("enter")
        for typed, words in (
            ("", "Enter the Instance ID of the new instance."),
            ("no id", "is not an Instance ID"),
            ("iot-public-new-1", "is not an Enterprise Edition instance"),
            (str(ended["instance_id"]), "ended on 8 Nov 2026: it is not the new instance."),
        ):
            await desk.answer(typed)
            desk.shows_dialog("Save the new Instance ID", words)
        await desk.answer("iot-unheard-of")
        desk.sees("step 6 of 6")
