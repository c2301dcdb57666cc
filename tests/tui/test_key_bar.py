"""The key bar chooses by width, cuts nothing, and always leads to the keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.driver import at_the_desk
from tests.tui.stage import Stage, lines_of, text_of
from tui.commands.registry import command
from tui.text.cells import cells
from tui.widgets.key_bar import KeyBar, bar_keys, bar_text, off_message, place_keys

MAIN = bar_keys((("open", "walk", "view", "keep"), ("filter", "palette"), ("help",)))


@pytest.mark.parametrize("lines", [1, 2])
def test_no_label_is_cut_and_help_is_there(lines: int) -> None:
    for width in range(8, 180):
        placed = place_keys(MAIN, width, lines)
        shown = bar_text(placed).plain.split("\n")
        assert len(shown) <= lines
        assert all(cells(line) <= width for line in shown)
        for each in placed:
            assert shown[each.line][each.start :].startswith(each.key.text)
        assert "help" in {each.key.command.id for each in placed}


def test_the_most_useful_come_first() -> None:
    assert [each.key for each in place_keys(MAIN, 200, 1)] == list(MAIN)
    narrow = [each.key.command.id for each in place_keys(MAIN, 40, 1)]
    assert narrow == ["open", "walk", "help"]


def test_groups_are_set_off_and_a_command_without_keys_is_left_out() -> None:
    keys = bar_keys((("open", "theme"), (), ("help",)), {"open": "renew"})
    assert bar_text(place_keys(keys, 80, 1)).plain == "enter renew   ? keys"


def test_a_key_that_is_off_says_why() -> None:
    assert off_message(command("renew"), "read-only \x1b") == "“renew” is off: read-only ␛"


class BarStage(Stage):
    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        self.posted.append(message)


async def test_a_click_presses_the_key() -> None:
    bar = KeyBar()
    stage = BarStage(bar)
    async with stage.run_test(size=(30, 10)) as pilot:
        bar.show(bar_keys((("next", "back"), ("leave", "help")), {"next": "pay"}))
        await pilot.pause()
        assert "enter pay" in text_of(stage)
        assert bar.size.height == 2
        line = lines_of(stage)[0]
        await pilot.click(bar, offset=(line.index("bksp back") + 1, 0))
        await pilot.click(bar, offset=(line.index("enter") + 1, 1))
        await pilot.pause()
        pressed = [each.command_id for each in stage.posted if isinstance(each, KeyBar.Pressed)]
        assert pressed[0] == "back"
        await pilot.resize_terminal(240, 10)
        await pilot.pause()
        assert bar.size.height == 1


async def test_the_bar_holds_what_matters_on_the_row(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, pane="due") as desk:
        desk.sees("enter renew w walk-through v details K keep all / filter : find ? keys")
        await desk.press("down")
        desk.sees("enter settle")
        y = len(desk.lines) - 1
        await desk.pilot.click(offset=(desk.lines[y].index("enter settle"), y))
        await desk.settle()
        desk.shows_dialog("Top up the practice account")
        await desk.press("escape")
        await desk.press("1")
        desk.sees("enter open r renew w walk-through space mark / filter : find ? keys")
        await desk.press("space")
        desk.sees("r renew a auto-renewal z snooze space mark")
        await desk.press("3")
        desk.sees("enter open w walk-through space mark")
        await desk.press("enter")
        desk.sees("w walk-through z snooze N note esc go back")
        desk.misses("r renew", "a auto-renewal")
        await desk.press("escape", "4")
        desk.sees("/ filter : find ? keys")
        desk.misses("enter", "x close")
        await desk.press("5")
        desk.sees("R reconcile")


async def test_an_empty_list_offers_no_key_for_a_row(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        assert "space mark" in desk.lines[-1]
        await desk.press("/")
        await desk.write("nothing has this name")
        await desk.press("enter")
        desk.sees("No matches")
        assert desk.lines[-1].split() == ["/", "filter", ":", "find", "?", "keys"]
