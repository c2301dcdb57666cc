"""Keys that arrive all at once do what they do one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from textual import events

from tests.stories.driver import Desk, at_the_desk
from tests.stories.scenarios import account, enterprise
from tui.panes.filter_fields import FilterField
from tui.panes.filter_query import FilterQuery, parse
from tui.screens import searching
from tui.screens.item import ItemScreen
from tui.widgets.filter_box import FilterBox
from tui.widgets.record_table import RecordTable

ACCOUNT = account("9000.00", instances=[enterprise()])
NAMED = {
    "\r": "enter",
    "/": "slash",
    ":": "colon",
    "\x1b": "escape",
    "\t": "tab",
    " ": "space",
    ",": "comma",
}


async def at_once(desk: Desk, typed: str) -> None:
    """All in one burst, as a slow line delivers it."""
    for letter in typed:
        name = NAMED.get(letter, letter)
        desk.app.post_message(events.Key(name, letter if letter.isprintable() else None))
    await desk.settle()


async def test_letters_behind_the_slash_are_words_of_the_filter(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await at_once(desk, "/rat")
        assert desk.app.focused is desk.app.screen.query_one(FilterBox)
        desk.sees("/ rat · 0 of 13", "No matches; Esc clears the filter.")
        await at_once(desk, "\x1b/boiler\r2")
        desk.sees("/ ", "1 Instances 13 /", "2 Licenses 6")
        await at_once(desk, "1/\x1bjj")
        desk.misses("1 Instances 13 /")
        table = desk.app.focused
        assert isinstance(table, RecordTable)
        assert table.cursor_row == 2


async def test_letters_that_come_at_once_are_searched_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str]()

    def counted(text: str, fields: Sequence[FilterField], now: datetime | None) -> FilterQuery:
        asked.append(text)
        return parse(text, fields, now)

    monkeypatch.setattr(searching, "parse", counted)
    async with at_the_desk(tmp_path) as desk:
        await at_once(desk, "/boiler")
        desk.sees("/ boiler · ")
    assert asked == ["boiler"]


async def test_what_follows_a_key_that_opens_a_dialog_is_for_the_dialog(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await at_once(desk, ":9999\r\r")
        assert desk.dialog == "Find"
        desk.sees("› 9999", "No matches.")
        await at_once(desk, "\x1bNLi Wei\rcall first\r")
        desk.misses("Owner")
        await desk.press("N")
        desk.sees("› Li Wei", "› call first")


async def test_keys_between_two_dialogs_of_an_action_are_for_the_second(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await at_once(desk, ":top up\r1,000\r")
        desk.sees("CNY 1,000.00 added")
        assert desk.truth["balance"]["available"] == "975.90"


async def test_what_was_typed_before_a_dialog_that_pays_is_thrown_away(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, ACCOUNT) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await at_once(desk, "r0bcd\r\r")
        desk.shows_dialog("Renew Factory floor", "› ")
        desk.misses("› 0bcd")
        await at_once(desk, "0bcd\r\r2")
        desk.shows_dialog("1 of 1 paid", "24 Nov 2027")
        await at_once(desk, "\r2")
        assert isinstance(desk.app.focused, RecordTable)
        assert desk.app.focused.id == "licenses"


async def test_keys_that_no_dialog_takes_are_for_the_screen_once_the_action_ends(
    tmp_path: Path,
) -> None:
    async with at_the_desk(tmp_path) as desk:
        await at_once(desk, "R2")
        desk.sees("No open payments.")
        assert isinstance(desk.app.focused, RecordTable)
        assert desk.app.focused.id == "licenses"


async def test_a_key_behind_the_one_that_opens_a_page_is_for_the_page(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await at_once(desk, "jj\rjjj")
        assert isinstance(desk.app.screen, ItemScreen)
        await at_once(desk, "\x1b")
        table = desk.app.focused
        assert isinstance(table, RecordTable)
        assert table.cursor_row == 2
        await at_once(desk, "Sj")
        assert table.cursor_row == 1


async def test_a_key_in_a_table_is_not_forwarded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(tmp_path) as desk:
        await at_once(desk, "j")  # the first key tells the app that it has the focus
        forwarded = list[events.Event]()
        monkeypatch.setattr(RecordTable, "_forward_event", lambda _, event: forwarded.append(event))
        table = desk.app.focused
        assert isinstance(table, RecordTable)
        for number in (2, 3, 4):
            desk.app.post_message(events.Key("j", "j"))
            while table.cursor_row < number and not forwarded:
                await asyncio.sleep(0)
            await desk.settle()
        assert forwarded == []
        assert table.cursor_row == 4


@pytest.mark.parametrize("turns", range(5))
async def test_a_key_close_behind_enter_is_for_the_form(tmp_path: Path, turns: int) -> None:
    """`turns`: of the event loop, between the two keys."""
    async with at_the_desk(tmp_path, pane="due") as desk:
        await at_once(desk, "jk")  # the first key tells the app that it has the focus
        desk.app.post_message(events.Key("enter", None))
        for _ in range(turns):
            await asyncio.sleep(0)
        await at_once(desk, "1")
        assert desk.dialog == "Renew Boiler house"
        await desk.press("escape")
        desk.sees("When Item")
