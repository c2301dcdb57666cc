"""Filter by column and by state, sort, and find it all again after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.driver import at_the_desk


async def test_the_choice_is_kept_and_always_shown(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.press("f")
        await desk.choose("state: only stopped")
        desk.sees("/ state:stopped · 1 of 13", "1 Instances 13 /", "Boiler house")
        await desk.press("2", "/")
        assert desk.lines[-1].split("  ") == [" enter to the rows", "esc clear"]
        await desk.write("sdks:short colour:red")
        desk.sees("(no field colour) · 0 of 6")
        await desk.write("sdks:short")
        await desk.press("enter", "S", "S", "O")
        desk.sees("/ sdks:short", "Application ▼", "2 Licenses 6 /", "w walk-through")
        await desk.press("1")
        desk.sees("/ state:stopped · 1 of 13")
    async with at_the_desk(tmp_path, fresh=False, size=(80, 24)) as desk:
        desk.sees("/ state:stopped · 1 of 13")
        await desk.press("2")
        desk.sees("/ sdks:short", "▼")
        await desk.press("1", "f")
        await desk.choose("only what needs attention")
        desk.sees("/ severity:attention")
        await desk.press("f")
        await desk.choose("everything")
        desk.misses("/ sev")
        desk.sees("1 Instances 13 · 2 Licenses 6 /", "Cold storage")


async def test_the_hint_of_the_box_is_cut_with_a_sign(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, size=(40, 15)) as desk:
        await desk.press("/")
        assert next(line for line in desk.lines if "filter: words" in line).endswith("…")


@pytest.mark.parametrize("pane", ["0", "1"])
async def test_the_city_before_a_name_is_found(tmp_path: Path, pane: str) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.press(pane, "/")
        await desk.write("tokyo")
        desk.sees("Tokyo · Pub")
        desk.misses("Boiler house")
        await desk.press("enter", "L", "/")
        await desk.write("东京")
        desk.sees("东京 · Pub")


async def test_the_due_list_starts_whole_and_in_its_order(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, pane="due") as desk:
        await desk.press("S", "/")
        await desk.write("studio")
        await desk.press("enter")
        desk.misses("Boiler house")
    async with at_the_desk(tmp_path, fresh=False, pane="due") as desk:
        desk.sees("0 Due 14 ·", "Boiler house")
        assert "Boiler house" in desk.lines[5]
