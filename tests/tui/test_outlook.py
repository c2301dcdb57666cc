"""The chart of the outlook fits its width; the same is there in words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from store.items.outlook import Day
from tests.stories.driver import at_the_desk
from tui.panes.outlook import outlook_picture
from tui.text.cells import cells

_NUMBERS = st.integers(0, 12)
_DAYS = st.lists(
    st.builds(
        Day,
        date=st.just(date(2026, 11, 22)),
        ends=_NUMBERS,
        lost=_NUMBERS,
        names=st.lists(st.text(max_size=12), max_size=3),
        names_of_lost=st.lists(st.text(max_size=12), max_size=3),
        due=st.decimals(0, 1000, places=2),
        left=st.none() | st.decimals(-1000, 1000, places=2),
    ),
    max_size=90,
)


@given(days=_DAYS, width=st.integers(20, 120))
def test_no_line_is_wider_than_it_may_be(days: list[Day], width: int) -> None:
    assert max(cells(line.plain) for line in outlook_picture(days, "CNY", width)) <= width


def test_each_day_has_one_place() -> None:
    start = date(2026, 11, 22)
    days = [Day(start + timedelta(days=n), ends=n % 3, left=Decimal(9 - n)) for n in range(12)]
    strips = [line.plain for line in outlook_picture(days, "CNY", 80)]
    assert strips[1].split() == ["ends", *"·12·12·12·12"]
    assert strips[3].split() == ["balance", *"█▇▆▅▄▄▃▂▁▁××"]
    assert "CNY 2.00 short from 2 Dec." in strips


async def test_d_shows_it_everywhere(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.press("d")
        desk.shows_dialog("The next 90 days", "22 Nov", "data deleted", "Factory floor ends")
        desk.sees("CNY 21,684.10 short from 22 Nov.")
        await desk.press("escape", "enter", "d")
        desk.shows_dialog("The next 90 days")


async def test_a_plan_burns_down_on_its_page(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.press("3")
        await desk.press("end", "enter")
        assert "at this rate" in desk.text or "unknown" in desk.text
        assert "█" in desk.text
