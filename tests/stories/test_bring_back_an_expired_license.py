"""An expired license can be renewed, but nothing of it is due: each screen says what it adds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.contract.program import Program
from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise, sdk_license

ENDED = "2026-11-20T00:00:00+08:00"
ADDED = "+ CNY 2,160.00 for 1 expired license"


def there(**license_fields: Any) -> dict[str, object]:
    """One instance that is due, and an order of licenses that has expired."""
    expired = sdk_license(expires_at=ENDED, **license_fields)
    return account("12.40", instances=[enterprise()], licenses=[expired])


async def test_strip_forecast_account_and_plan_agree(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, there(), pane="due") as desk:
        desk.sees("due in 30 days 3,600.00 · CNY 3,587.60 short", "+ 2,160.00 for 1 expired")
        await desk.press("t")
        desk.shows_dialog("Top up the practice account", f"{ADDED}, not included", "› 3587.60")
        await desk.press("escape", "d")
        desk.shows_dialog("The next 90 days", "costs CNY 3,600.00.", f"{ADDED}, not included")
        await desk.press("escape", "b")
        desk.sees("Due in 30 days CNY 3,600.00", ADDED, f"{ADDED}, not included")
        await desk.press("escape", "K")
        desk.sees("Total CNY 5,760.00 (2,160.00 of it for 1 expired license)", "missing 5,747.60")
        await desk.move_to("vod-sdk-77")
        await desk.press("space")
        desk.misses("of it for")
        desk.sees("1 staged · Total CNY 3,600.00", "missing 3,587.60")


@pytest.mark.parametrize(
    ("fields", "text"),
    [({"monthly_price": None}, "+ ? for 1 expired license"), ({"instance_id": ""}, None)],
)
async def test_one_without_a_price_or_an_order(
    tmp_path: Path, fields: dict[str, object], text: str | None
) -> None:
    async with at_the_desk(tmp_path, there(**fields), pane="due") as desk:
        desk.sees("CNY 3,587.60 short")
        if text:
            desk.sees(text)
        else:
            desk.misses("expired license")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 15)])
async def test_a_narrow_strip_keeps_what_is_short(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_the_desk(tmp_path, there(), pane="due", size=size) as desk:
        assert "3,587.60 short" in desk.lines[1]
        assert ("+ 2,160.00 expired" in desk.lines[1]) is (size[0] > 40)


def test_the_status_is_that_of_the_contract_and_names_it(example: Program) -> None:
    example.scenario(**there())
    assert example.status()["forecast"]["due"] == "3600.00"
    assert ADDED in example("status").out


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_the_total_of_the_plan_says_how_much_of_it_is_for_what_has_expired(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(tmp_path, there(), pane="due", size=size) as desk:
        await desk.press("K")
        desk.sees("Total CNY 5,760.00 (2,160.00 ", "expired", "missing 5,747.60")
