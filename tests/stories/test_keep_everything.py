"""Keep everything: one plan, one confirmation, each paid in the order of what is lost first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.stories.driver import Desk, at_the_desk
from tests.stories.scenarios import account, enterprise, plan, public_previous, sdk_license

MAX_KEYS = 12


def three(available: str = "12.40", **parts: Any) -> dict[str, object]:
    """Two instances, a license order and a plan that end within 30 days."""
    return account(
        available,
        instances=[
            enterprise(),
            enterprise("iot-late", name="Depot", expires_at="2026-12-20T00:00:00+08:00"),
        ],
        licenses=[sdk_license()],
        resource_plans=[plan()],
        **parts,
    )


def paid_for(desk: Desk) -> list[str]:
    """The Instance IDs that were renewed, in their order."""
    return [each["instance_id"] for each in desk.truth["charges"] if each["what"] == "renewal"]


async def test_from_the_practice_start_to_a_paid_plan(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, "tour") as desk:
        keys = ["K", "t", "enter", "enter", *"21660", "enter", "enter"]
        assert len(keys) <= MAX_KEYS
        await desk.press("K")
        desk.sees("7 staged · Total CNY 21,660.00 · balance 12.40 · owed 36.50")
        assert "bind" in desk.row("Studio")
        await desk.press("t")
        desk.shows_dialog("Top up the practice account", "21684.10")
        await desk.press(*keys[2:4])
        desk.shows_dialog("Renew 7 items", "Boiler house (iot-060a1f3e)", "CNY 3,600.00")
        await desk.press(*keys[4:])
        assert paid_for(desk) == [
            "iot-060a1f3e", "iot-060a0bcd", "vod-sdk-77", "iot-060a4c17", "iot-060a5d28",
            "vod-sdk-81",
        ]  # fmt: skip
        desk.shows_dialog("6 of 7 paid", "直播商城 (vod-sdk-93) refused")


async def test_what_failed_stays_with_its_reason_and_its_procedure(tmp_path: Path) -> None:
    broken = sdk_license("lic-no", application="Studio", instance_id="vod-sdk-93",
                         renewal_error="No: it cannot")  # fmt: skip
    scenario = account("9000.00", instances=[enterprise()], licenses=[broken])
    async with at_the_desk(tmp_path, scenario) as desk:
        await desk.press("K", "enter")
        await desk.confirm("5760")
        desk.shows_dialog("1 of 2 paid", "No: it cannot")
        await desk.close()
        assert "✓" in desk.row("Factory floor")
        await desk.press("space")
        desk.sees("it is paid already", "0 staged")
        assert "!" in desk.row("Studio")
        desk.sees("0 staged", "Set apart")
        await desk.move_to("vod-sdk-93")
        desk.sees("refused by the cloud; nothing was paid", "Procedure: Replace a license")
        await desk.press("enter", "enter")
        desk.sees("Replace a license, method 2")


async def test_terms_staging_and_the_horizon_change_the_total(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, three()) as desk:
        await desk.press("K")
        desk.sees("3 staged · Total CNY 9,360.00", "missing 9,347.60")
        await desk.press("right")
        assert "24 mo" in desk.row("Factory floor")
        desk.sees("Total CNY 12,960.00")
        await desk.press("left", "left", "space")
        assert "[ ]" in desk.row("Factory floor")
        assert "9 mo" in desk.row("Factory floor")
        desk.sees("2 staged · Total CNY 5,760.00", "missing 5,747.60")
        await desk.press("h", "h", "h")
        desk.sees("Keep everything · 7 days", "0 staged · Total CNY 0.00", "covered")
        desk.misses("Depot")
        await desk.press("h")
        desk.sees("Keep everything · 30 days", "2 staged")
        assert "9 mo" in desk.row("Factory floor")


async def test_what_is_missing_is_topped_up_to_the_cent(tmp_path: Path) -> None:
    owing = three()
    owing["instances"] = [*owing["instances"], public_previous()]  # type: ignore[misc]
    async with at_the_desk(tmp_path, owing) as desk:
        await desk.press("K")
        desk.sees("owed 36.50 · missing 9,384.10")
        await desk.press("enter")
        desk.shows_dialog("The balance is too low", "Missing CNY 9,384.10", "Cancel")
        desk.misses("Not now")
        await desk.press("escape")
        assert desk.truth["balance"]["available"] == "12.40"
        await desk.press("enter", "enter", "enter")
        assert desk.truth["balance"]["available"] == "9360.00"
        desk.sees("balance 9,360.00 · covered")
        await desk.press("t")
        desk.sees("nothing is missing")
        await desk.press("enter")
        await desk.confirm("9,360.00")
        assert paid_for(desk) == ["iot-060a0bcd", "vod-sdk-77", "iot-late"]
        assert desk.truth["balance"]["available"] == "0.00"


async def test_keys_typed_ahead_wait_for_the_prices(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, three()) as desk:
        await desk.pilot.press("K", "t")
        await desk.settle()
        desk.shows_dialog("Top up the practice account", "9347.60")
        await desk.press("enter", "escape")
        await desk.pilot.press("K", "enter")
        await desk.settle()
        desk.shows_dialog("Renew 3 items", "Total CNY 9,360.00")
        assert paid_for(desk) == []


async def test_enter_alone_pays_nothing_and_another_total_is_no_proof(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, three("10000.00")) as desk:
        await desk.press("K", "enter", "enter", "enter")
        assert paid_for(desk) == []
        await desk.confirm("9361")
        desk.sees("This is not the total")
        await desk.press("escape")
        assert paid_for(desk) == []
        desk.sees("3 staged")


async def test_what_cannot_be_renewed_is_walked_through(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, three()) as desk:
        await desk.press("K")
        await desk.move_to("plan-storage-1")
        await desk.press("space")
        desk.sees("it has no price here")
        await desk.press("enter", "enter")
        desk.sees("Buy the next resource plan")
        await desk.press("escape", "escape")
        assert len(desk.app.screen_stack) == 1


async def test_read_only_shows_the_plan_and_pays_nothing(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, three("9999.00"), read_only=True) as desk:
        await desk.press("K", "enter")
        desk.sees("read-only mode: nothing is paid or changed", "Total CNY 9,360.00")
        assert paid_for(desk) == []


async def test_a_price_that_fails_sets_its_item_apart(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, three("9999.00")) as desk:
        with desk.cloud() as cloud:
            cloud.fail("quote")
        await desk.press("K")
        desk.sees("2 staged", "Set apart")
        await desk.move_to("iot-060a0bcd")
        await desk.press("s")
        desk.sees("3 staged")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 15)])
async def test_price_and_missing_amount_are_visible_in_every_size(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(tmp_path, three(), size=size) as desk:
        await desk.press("K")
        desk.sees("Price", "3,600.00", "missing 9,347.60", "enter pay", "t top up")
        assert all(len(line) <= size[0] for line in desk.lines)
