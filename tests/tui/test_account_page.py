"""The account page: what is owed, what is coming, and what is unknown, at every width."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line.test_line_mode import answers, number
from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise, public_previous


async def test_bills_charges_and_the_balance_after_each(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.press("b")
        desk.sees(
            "Owed CNY 36.50, since 22 Nov 06:00 (3 h ago)",
            "Missing CNY 21,684.10 short from 22 Nov",
            "22 Nov 06:00 Tokyo · Public instance",
            "cycle 21 Nov 02:00 to 22 Nov 02:00 36.50 owed for 3 h",
            "22 Nov Boiler house 3,600.00 → -3,624.10",
            "15 Dec Fleet trackers ? → ≤ -17,304.10",
        )
        await desk.press("t")
        desk.shows_dialog("Top up the practice account", "21684.10")
        await desk.press("enter")
        desk.sees("Owed nothing", "22 Nov Boiler house 3,600.00 → 18,060.00", "bill · Tokyo")
        desk.misses("Missing")
        await desk.press("b")
        desk.sees("this is the account page")
        await desk.press("escape")
        desk.sees("1 Instances")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 15)])
async def test_no_amount_is_cut(tmp_path: Path, size: tuple[int, int]) -> None:
    parts = [enterprise(name="直" * 60), enterprise("iot-b", name="", monthly_price=None)]
    scenario = account("12.40", instances=[public_previous(name="x" * 200), *parts])
    async with at_the_desk(tmp_path, scenario, size=size) as desk:
        await desk.press("b")
        texts = []
        for _ in range(30):
            texts.append(desk.words)
            await desk.press("down")
        whole = " ".join(texts)
        for amount in ("36.50", "owed for 0 s", "3,600.00", "→ -3,624.10", "→ ≤ -3,624.10"):
            assert amount in whole, f"{amount}\n{desk.shown}"


def test_the_account_in_line_mode(tmp_path: Path) -> None:
    menu = answers(tmp_path).stdout
    page = answers(tmp_path, number(menu, "Balance and bills")).stdout
    assert "Owed: CNY 36.50, since 22 Nov 06:00 (3 h ago)" in page
    assert "→ -3,624.10" in page
