"""The main screen: its tables, its keys, what is off and why, its sizes, the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from tests.store.practice.accounts import public_new
from tests.stories.driver import PANES, Desk, at_the_desk
from tests.stories.scenarios import account, enterprise, sdk_license
from tests.tui.stage import strips_of
from tui.panes.due import GONE_KEY
from tui.screens.item import ItemScreen
from tui.widgets.record_table import RecordTable

TWO = account(
    "9000.00",
    instances=[enterprise(), enterprise("iot-2", name="Cold storage", monthly_price=None)],
    licenses=[sdk_license(), sdk_license("lic-spare", application="", instance_id="vod-sdk-99")],
)

HEADER = 4
"""The line of the table's header."""


def keys_of(desk: Desk) -> list[str]:
    """The rows' keys of the table that has the focus, in their order."""
    table = desk.app.focused
    assert isinstance(table, RecordTable)
    return [table._rows[n].key for n in range(len(table._rows))]


async def test_a_filter_narrows_stays_and_goes(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        everything = keys_of(desk)
        await desk.press("slash")
        await desk.answer("TRIAL abroad")
        assert keys_of(desk) == ["iot-public-new-2"]
        desk.sees("/ TRIAL abroad · 1 of 13")
        await desk.move_clock("1 hour")
        assert keys_of(desk) == ["iot-public-new-2"]
        await desk.press("slash", "escape")
        assert keys_of(desk) == everything


async def test_a_filter_that_nothing_has(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.press("slash")
        await desk.answer("[/no]")
        desk.sees("No matches; Esc clears the filter.")
        await desk.press("r")
        desk.sees("no item is selected")


async def test_tab_reaches_the_balance_and_enter_opens_the_account(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, pane="due") as desk:
        await desk.press("shift+tab")
        desk.sees("enter account t top up K keep all ? keys")
        await desk.press("r")
        desk.sees("no item is selected")
        await desk.press("enter")
        desk.sees("Account practice")
        await desk.press("escape", "tab")
        assert keys_of(desk)
        desk.sees("enter renew")
        await desk.press("5", "tab")
        desk.sees("enter account")


@pytest.mark.parametrize("pane", ["due", "instances", "licenses", "plans"])
async def test_each_column_of_each_table_sorts_both_ways(tmp_path: Path, pane: str) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.press(PANES[pane])
        by_default = keys_of(desk)
        before = sorted(by_default)
        table = desk.app.focused
        assert isinstance(table, RecordTable)
        shown = {table.columns[each.index].key for each in table._placed}
        for column in table.columns:
            if column.key not in shown:
                continue
            await desk.press("S")
            assert "▲" in desk.lines[HEADER]
            upwards = keys_of(desk)
            assert GONE_KEY not in upwards[:-1]
            assert table.order is not None
            assert table.order.column == column.key
            await desk.press("O")
            assert "▼" in desk.lines[HEADER]
            assert sorted(keys_of(desk)) == sorted(upwards) == before
            await desk.press("O")
        in_order = keys_of(desk)
        await desk.press("S")
        assert table.order is None
        assert "▲" not in desk.lines[HEADER]
        assert keys_of(desk) == by_default != in_order


async def test_a_walk_through_is_no_item(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w", "enter", "backspace", "escape", "4")
        for key in ("r", "a", "c"):
            await desk.press(key)
            assert desk.dialog == ""
            desk.sees("no item is selected")
        await desk.press("w")
        desk.sees("step 2 of 4")


async def test_x_closes_a_walk_through_from_the_list_with_a_reason(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("x")
        desk.sees("select a walk-through in pane 4 first")
        await desk.press("w", "enter", "backspace", "escape", "4", "x")
        await desk.answer("")
        assert desk.dialog
        await desk.answer("done elsewhere")
        desk.sees("4 Walk-throughs 0")


async def test_several_walk_throughs_are_open_at_once(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w", "enter", "backspace", "escape")
        await desk.go_to("licenses", "lic-kids")
        await desk.press("w", "enter", "backspace", "escape")
        await desk.find("P-TOPUP")
        await desk.press("backspace", "escape", "4")
        desk.sees("4 Walk-throughs 3", "2 of 4", "3 of 6", "3 of 5", "the account")


async def test_what_was_only_looked_at_leaves_nothing_open(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w", "enter")
        desk.sees("step 3 of 4")
        desk.misses("kept since")
        await desk.press("escape")
        desk.sees("4 Walk-throughs 0")


async def test_w_continues_the_open_walk_through_of_an_item(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO) as desk:
        await desk.go_to("instances", "iot-060a0bcd")
        await desk.press("w", "enter", "backspace", "escape", "w")
        desk.sees("step 2 of 4", "started 22 Nov")


async def test_what_has_no_price_is_not_paid(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO) as desk:
        desk.sees("+ 1 without a price")
        await desk.go_to("instances", "iot-2")
        await desk.press("r")
        desk.sees("not quoted", "The cloud quotes no price for this term.")
        await desk.press("0", "b", "enter", "enter")
        assert desk.truth["orders"] == []


async def test_a_sync_that_fails_keeps_what_was_there_and_says_so(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO) as desk:
        with desk.cloud() as cloud:
            cloud.fail("items", how="denied")
        await desk.press("s")
        desk.sees("Sync failed; showing stored data.", "Factory floor")
        await desk.clear_notices()
        await desk.press("s")
        desk.sees("4 items synced")


async def test_an_item_that_the_cloud_no_longer_lists_is_missing(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO) as desk:
        with desk.cloud() as cloud:
            cloud.hide("iot-060a0bcd")
        await desk.press("s")
        assert "missing" in desk.row("iot-060a0bcd")
        await desk.press("0")
        desk.sees("no longer listed by the cloud", "look")


async def test_nothing_to_reconcile(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO) as desk:
        await desk.press("R")
        desk.sees("No open payments.")


async def test_v_shows_the_details_of_what_is_due(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, TWO, pane="due") as desk:
        await desk.move_to("lic-kids")
        await desk.press("v")
        assert isinstance(desk.app.screen, ItemScreen)
        desk.sees("Kids app", "vod-sdk-77", "LIC-6")


async def test_enter_does_what_the_do_column_says(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, pane="due") as desk:
        for item_id, dialog in (
            ("iot-060a1f3e", "Renew Boiler house"),
            ("public-previous:ap-northeast-1", "Top up the practice account"),
            ("vod", "Top up the practice account"),
            ("lic-studio", "Bind a license to Studio"),
            ("lic-spare", "Bind the license"),
        ):
            await desk.go_to("due", item_id)
            await desk.press("enter")
            assert desk.dialog == dialog
            await desk.press("escape")
        await desk.go_to("due", "plan-transcoding-1")
        await desk.press("enter")
        desk.sees("Transcoding 100 h", "step")


async def test_the_first_screen_says_what_to_save_first_and_its_price(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, pane="due") as desk:
        first = next(line for line in desk.lines if "Boiler house" in line)
        assert "3,600.00 / 12 mo" in first
        assert "renew" in first
        assert desk.lines.index(first) == min(
            n for n, line in enumerate(desk.lines) if line.startswith("│ !")
        )
        desk.sees("Balance CNY 12.40", "owed 36.50", "short from", "1 gone since 16 Nov")


async def test_the_first_row_stays_in_view_when_rows_change(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, size=(80, 12), pane="due") as desk:
        for _ in range(4):
            await desk.move_clock("To the next event")
            await desk.clear_notices()
            table = desk.app.focused
            assert isinstance(table, RecordTable)
            assert (table.cursor_row, table.scroll_offset.y) == (0, 0)


async def test_what_is_gone_is_folded_and_can_be_opened(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, pane="due") as desk:
        await desk.press("end", "enter")
        assert desk.dialog == "Gone for good"
        await desk.press("enter")
        assert isinstance(desk.app.screen, ItemScreen)
        desk.sees("Old pilot line")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 15)])
async def test_every_pane_is_reached_on_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_the_desk(tmp_path, size=size) as desk:
        for pane, key in PANES.items():
            await desk.press(key)
            assert isinstance(desk.app.focused, RecordTable)
            assert desk.app.focused.id == pane
            assert desk.app.focused.region.height > 3


async def test_a_resize_keeps_the_row(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.move_to("iot-060a4c17")
        for size in ((60, 20), (40, 15), (120, 36)):
            await desk.pilot.resize_terminal(*size)
            await desk.settle()
            table = desk.app.focused
            assert isinstance(table, RecordTable)
            assert table.cursor_key == "iot-060a4c17"
            desk.sees("Cold storage")


async def test_what_has_no_room_is_named_also_after_a_change_behind(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, size=(60, 20)) as desk:
        await desk.press("4")
        notice = next(line for line in desk.lines if "not shown: Next step" in line)
        await desk.press("1", "L", "L", "4")
        assert notice in desk.lines


async def test_where_hardly_anything_has_room_no_column_goes_to_a_scrollbar(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, size=(20, 5)) as desk:
        assert not desk.app.screen.show_vertical_scrollbar
        assert desk.app.screen.region.width == desk.app.screen.query_one("#tabs").region.width


async def test_a_filter_keeps_the_row_that_the_cursor_is_on(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.move_to("iot-060a4c17")
        await desk.press("slash")
        await desk.answer("o")
        table = desk.app.focused
        assert isinstance(table, RecordTable)
        assert table.cursor_key == "iot-060a4c17"
        desk.sees("Cold storage", "/ o · 12 of 13")
        await desk.press("slash", "escape")
        assert table.cursor_key == "iot-060a4c17"


async def test_a_filter_comes_back_to_the_row_that_its_first_letters_left_out(
    tmp_path: Path,
) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.move_to("iot-060a4c17")
        await desk.press("slash", *"zz")  # one by one, each with its search
        desk.sees("No matches")
        await desk.press("backspace", "backspace", "o", "enter")
        table = desk.app.focused
        assert isinstance(table, RecordTable)
        desk.sees("/ o · 12 of 13")
        assert table.cursor_key == "iot-060a4c17"


async def test_the_mouse_opens_tabs_and_presses_keys(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        for words in ("2 Licenses", "r renew"):
            y = next(n for n, line in enumerate(desk.lines) if words in line)
            await desk.pilot.click(offset=(desk.lines[y].index(words) + 1, y))
            await desk.settle()
        assert desk.dialog == "Renew Kids app"
        await desk.press("escape")
        assert desk.app.focused is not None
        assert desk.app.focused.id == "licenses"


async def test_a_theme_by_the_palette(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        before = desk.app.theme
        await desk.find("theme")
        await desk.press("down", "enter")
        assert desk.app.theme != before


async def test_an_instance_that_is_gone_stands_last_and_muted(tmp_path: Path) -> None:
    released = enterprise("iot-gone", name="Old", expires_at="2026-11-01T00:00:00+08:00")
    running = enterprise("iot-later", expires_at="2027-11-01T00:00:00+08:00")
    there = account(instances=[released, running, public_new(), enterprise()])
    async with at_the_desk(tmp_path, there) as desk:
        assert keys_of(desk) == ["iot-060a0bcd", "iot-later", "iot-new", "iot-gone"]
        row = desk.row("iot-gone")
        assert "released" in row
        assert "deleted since 16 Nov" in row
        assert "!" not in row
        strip = next(each for each in strips_of(desk.app) if "iot-gone" in each.text)
        muted = Color.parse(desk.app.theme_variables["text-muted"]).rich_color.triplet
        colors = {each.style.color for each in strip if each.style and "│" not in each.text}
        assert {color and color.triplet for color in colors} == {muted}
