"""Several instances are marked and renewed together: one total, one confirmation."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import Desk, at_the_desk
from tests.stories.scenarios import account, enterprise

THREE = [
    enterprise(),
    enterprise("iot-060a4c17", name="Cold storage", monthly_price="480.00"),
    enterprise("iot-060a6e39", name="Wind farm", monthly_price="20.00"),
]


async def mark(desk: Desk, *instance_ids: str) -> None:
    await desk.press("1")
    for instance_id in instance_ids:
        await desk.move_to(instance_id)
        await desk.press("space")


async def test_all_paid_after_the_total_was_typed(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("1000.00", instances=THREE)) as desk:
        await mark(desk, "iot-060a0bcd", "iot-060a4c17")
        await desk.press("r")
        await desk.choose("1 month")
        desk.shows_dialog(
            "Renew 2 items", "Factory floor (iot-060a0bcd)", "CNY 300.00", "Cold storage",
            "CNY 480.00", "Type the total 780,", "CNY 220.00 left afterwards",
        )  # fmt: skip
        desk.misses("Wind farm (")
        await desk.confirm("780.00")
        desk.shows_dialog("2 of 2 paid", "iot-060a0bcd", "iot-060a4c17")
        await desk.close()
        await desk.press("5")
        desk.misses("iot-060a4c17")
        await desk.press("enter")
        desk.shows_dialog("Payment", "Name Cold storage", "Instance ID iot-060a4c17")
        await desk.close()
        await desk.press("1")
        ends = {row["instance_id"]: row["expires_at"] for row in desk.truth["instances"]}
        assert ends["iot-060a0bcd"] == ends["iot-060a4c17"] == "2026-12-24T00:00:00+08:00"
        assert ends["iot-060a6e39"] == "2026-11-24T00:00:00+08:00"
        assert desk.truth["balance"]["available"] == "220.00"
        await desk.press("r")
        desk.misses("Cold storage (iot-060a4c17)")


async def test_a_total_above_the_balance_pays_none(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("779.99", instances=THREE)) as desk:
        await mark(desk, "iot-060a0bcd", "iot-060a4c17")
        await desk.press("r")
        await desk.choose("1 month")
        desk.shows_dialog("Renew 2 items", "CNY 0.01 is missing", "0.01 short")
        assert desk.truth["orders"] == []


async def test_a_refused_and_a_paid_renewal_are_both_reported(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("1000.00", instances=THREE)) as desk:
        await mark(desk, "iot-060a0bcd", "iot-060a4c17")
        await desk.press("r")
        await desk.choose("1 month")
        with desk.cloud() as cloud:
            cloud.fail("renew", how="refuse")
        await desk.confirm("780.00")
        desk.shows_dialog(
            "1 of 2 paid", "✓ Cold storage (iot-060a4c17)", "! Factory floor (iot-060a0bcd)"
        )
        assert desk.charged("renewal") == ["480.00"]
