"""The key bar chooses by width, cuts nothing, and always leads to the help."""

from __future__ import annotations

import pytest

from tests.tui.stage import Stage, lines_of, text_of
from tui.commands.registry import command, commands_in
from tui.text.cells import cells
from tui.widgets.key_bar import KeyBar, bar_text, lay_out, why_off

MAIN = commands_in("main", "table")


@pytest.mark.parametrize("lines", [1, 2])
def test_no_label_is_cut_and_help_is_there(lines: int) -> None:
    for width in range(8, 180):
        keys = lay_out(MAIN, width, lines, {"renew": "read-only"})
        told = bar_text(keys).plain.split("\n")
        assert len(told) <= lines
        assert all(cells(line) <= width for line in told)
        for key in keys:
            assert told[key.line][key.start :].startswith(key.text)
            assert key.command.title in key.text
        shown = {key.command.id for key in keys}
        assert "help" in shown
        assert "leave" not in shown


def test_the_most_useful_come_first() -> None:
    wide = [key.command.id for key in lay_out(MAIN, 200, 1)]
    assert wide[:4] == ["open", "walk", "renew", "topup"]
    narrow = [key.command.id for key in lay_out(MAIN, 60, 1)]
    assert narrow[:3] == ["open", "walk", "renew"]
    assert narrow[-1] == "help"


def test_two_lines_hold_the_whole_main_screen_at_80() -> None:
    shown = {key.command.id for key in lay_out(MAIN, 78, 2)}
    assert {"open", "walk", "renew", "topup", "auto", "copy", "mark", "sync", "quit"} <= shown


def test_what_is_off_stays_and_says_why() -> None:
    keys = lay_out(MAIN, 120, 1, {"renew": "the account is read-only"})
    assert "(r renew)" in [key.text for key in keys]
    told = why_off(command("renew"), "read-only \x1b")
    assert told == "“renew” is off: read-only ␛"


class BarStage(Stage):
    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        self.posted.append(message)


async def test_a_click_presses_the_key() -> None:
    bar = KeyBar()
    stage = BarStage(bar)
    async with stage.run_test(size=(60, 10)) as pilot:
        bar.show(commands_in("walk"), {"method2": "not a license"})
        await pilot.pause()
        assert "enter done, next" in text_of(stage)
        assert bar.reason("method2") == "not a license"
        assert bar.reason("next") is None
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
