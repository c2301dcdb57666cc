"""A person sees that an instance ends in two days, and renews it for a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise


async def test_renewed_by_its_key(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("5000.00", instances=[enterprise()])) as desk:
        await desk.press("0")
        desk.sees("Factory floor", "stops; deleted 15 d later", "due in 30 days 3,600.00")
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("r")
        await desk.choose("12 months")
        desk.sees(
            "Factory floor (iot-060a0bcd)",
            "12 months",
            "24 Nov 2026 → 24 Nov 2027",
            "3,600.00",
            "CNY 5,000.00 available, CNY 1,400.00 left afterwards",
        )
        assert desk.charged("renewal") == []
        await desk.confirm("0bcd")
        desk.shows_dialog("1 of 1 paid", "24 Nov 2026 → 24 Nov 2027")
        await desk.close()
        assert desk.instance("iot-060a0bcd")["expires_at"] == "2027-11-24T00:00:00+08:00"
        assert desk.charged("renewal") == ["3600.00"]
        assert desk.truth["balance"]["available"] == "1400.00"
        desk.sees("24 Nov 2027", "Balance CNY 1,400.00")
        await desk.press("0")
        desk.sees("Nothing needs attention")
        await desk.press("5")
        desk.sees("5 Payments 1", "CNY 3,600.00", "paid")


async def test_walked_through_to_its_proof(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("5000.00", instances=[enterprise()])) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w")
        await desk.choose("Renew an Enterprise Edition instance")
        desk.sees("step 3 of 4", "Choose the duration and pay", "IOT-5", "31 Oct 2023")
        await desk.press("escape")
        desk.sees("4 Walk-throughs 0")
        await desk.press("w")
        await desk.choose("Renew an Enterprise Edition instance")
        await desk.press("backspace", "backspace")
        desk.sees("step 1 of 4", "Open the Overview tab", "Skipped: The program does this")
        await desk.press("enter")
        desk.sees("step 3 of 4", "iot-060a0bcd")
        await desk.press("enter")
        await desk.choose("1 month")
        await desk.confirm("0bcd")
        desk.shows_dialog("1 of 1 paid")
        await desk.close()
        desk.shows_dialog("Done", "24 Nov 2026", "24 Dec 2026")
        await desk.close()
        desk.sees("4 Walk-throughs 0", "24 Dec")
        assert desk.instance("iot-060a0bcd")["expires_at"] == "2026-12-24T00:00:00+08:00"


async def test_an_open_walk_does_not_pay_again_what_was_renewed_elsewhere(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("5000.00", instances=[enterprise()])) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w")
        await desk.choose("Renew an Enterprise Edition instance")
        await desk.press("backspace", "enter")
        desk.sees("step 3 of 4")
        with desk.cloud() as cloud:
            cloud.renew("iot-060a0bcd", 1, "another machine's")
        await desk.press("s")
        await desk.press("enter")
        desk.shows_dialog("Done", "The end has moved", "Checked at", "24 Nov 2026", "24 Dec 2026")
        await desk.close()
        desk.sees("4 Walk-throughs 0")
        assert desk.charged("renewal") == ["300.00"]


async def test_a_wrong_proof_pays_nothing(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("5000.00", instances=[enterprise()])) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("r", "enter")
        assert desk.dialog == ""
        await desk.press("r")
        await desk.answer("abcd")
        desk.sees("This is not the last 4 characters of iot-060a0bcd. Nothing was sent.")
        await desk.press("escape")
        assert desk.truth["orders"] == []
        assert desk.truth["balance"]["available"] == "5000.00"


async def test_a_walk_through_whose_item_was_renewed_by_its_key_pays_nothing(
    tmp_path: Path,
) -> None:
    async with at_the_desk(tmp_path, account("9000.00", instances=[enterprise()])) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w")
        await desk.choose("Renew an Enterprise Edition instance")
        await desk.press("backspace", "escape")
        desk.sees("4 Walk-throughs 1")
        await desk.press("r")
        await desk.choose("12 months")
        await desk.confirm("0bcd")
        await desk.close()
        await desk.press("4", "enter")
        desk.sees("✓ 3 Choose the duration and pay", "Ended", "The end has moved from 24 Nov 2026")
        await desk.press("enter")
        desk.shows_dialog("Done")
        await desk.close()
        desk.sees("4 Walk-throughs 0")
        assert desk.charged("renewal") == ["3600.00"]


async def test_a_renewal_that_the_cloud_refuses_leads_to_a_ticket(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("9000.00", instances=[enterprise()])) as desk:
        with desk.cloud() as cloud:
            cloud.fail("renew", how="refuse")
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("r")
        await desk.choose("1 month")
        await desk.confirm("0bcd")
        desk.shows_dialog("0 of 1 paid")
        await desk.close()
        desk.shows_dialog("The cloud refused the renewal")
        await desk.choose("Submit a ticket")
        desk.sees("step 1 of 3", "Read the draft")
        assert desk.charged("renewal") == []


async def test_a_refusal_in_the_walk_through_leads_to_a_ticket_and_back(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("9000.00", instances=[enterprise()])) as desk:
        with desk.cloud() as cloud:
            cloud.fail("renew", how="refuse")
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w", "enter", "enter")
        await desk.choose("1 month")
        await desk.confirm("0bcd")
        desk.shows_dialog("0 of 1 paid")
        await desk.close()
        desk.shows_dialog("The cloud refused the renewal")
        await desk.choose("Submit a ticket")
        desk.sees("step 1 of 3", "Read the draft")
        await desk.press("escape")
        desk.sees("step 3 of 4", "Choose the duration and pay")


@pytest.mark.parametrize("in_walk", [False, True])
async def test_no_answer_before_the_payment_says_that_nothing_was_sent(
    tmp_path: Path, *, in_walk: bool
) -> None:
    async with at_the_desk(tmp_path, account("9000.00", instances=[enterprise()])) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press(*(("w", "enter", "enter") if in_walk else ("r",)))
        await desk.choose("1 month")
        with desk.cloud() as cloud:
            cloud.fail("orders", times=3)
        await desk.confirm("0bcd")
        desk.shows_dialog("Stopped; nothing was sent", "Nothing was sent; try again later.")
        assert desk.charged("renewal") == []
