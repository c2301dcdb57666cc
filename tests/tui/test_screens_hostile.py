"""Every screen with names that want to do harm: shown as marks, in straight columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.stories.driver import Desk, at_the_desk
from tests.stories.scenarios import hostile
from tui.text.cells import cells

HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def is_clean(desk: Desk) -> None:
    """Nothing on the screen is harmful, and each line is as wide as the screen."""
    width, height = desk.app.size
    shown = desk.whole_lines
    assert len(shown) == height
    for line in shown:
        assert HARMFUL.search(line) is None, repr(line)
        assert cells(line) == width, f"{cells(line)} cells in place of {width}: {line!r}"


async def through_all(desk: Desk) -> None:
    """Open each screen and each dialog that shows something foreign, and look."""
    is_clean(desk)
    for pane in "12345":
        await desk.press(pane)
        is_clean(desk)
    await desk.press("tab")
    is_clean(desk)
    await desk.press("b", "end")
    is_clean(desk)
    await desk.press("escape")
    for pane, key in (("instances", "iot-harm-1"), ("licenses", "lic-kids")):
        await desk.go_to(pane, key)
        for keys in (("enter",), ("c",), ("escape",), ("w",), ("escape",), ("r",), ("enter",)):
            await desk.press(*keys)
            is_clean(desk)
        await desk.leave_all()


@pytest.mark.parametrize("size", [(160, 40), (120, 36), (60, 20), (40, 15)])
async def test_screens_and_dialogs(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_the_desk(tmp_path, hostile(), size=size) as desk:
        await desk.top_up("1000")
        await through_all(desk)


async def test_a_walk_through_to_its_ticket(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, hostile(), size=(80, 24)) as desk:
        await desk.top_up("1000")
        await desk.go_to("licenses", "lic-kids")
        await desk.press("w", "enter")
        is_clean(desk)
        for _ in range(3):
            await desk.press("backspace")
            is_clean(desk)
        await desk.press("enter")
        desk.sees("step 4 of 6")
        await desk.press("enter")
        await desk.choose("1 month")
        is_clean(desk)
        await desk.confirm("k-77")
        is_clean(desk)
        await desk.close()
        is_clean(desk)
        await desk.choose("Draft a ticket")
        is_clean(desk)
        await desk.press("enter")
        is_clean(desk)
        assert desk.charged("renewal") == []


async def test_a_filter_and_an_answer_with_markup(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, hostile()) as desk:
        await desk.press("slash")
        await desk.write("[/b][@click=quit]")
        is_clean(desk)
        await desk.press("enter")
        is_clean(desk)
        await desk.press("t")
        await desk.answer("[/b] 1")
        is_clean(desk)
        assert desk.dialog
