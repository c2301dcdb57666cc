"""The table reads only what is on the screen, keeps its place by key, and cuts nothing silently."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from tests.tui.stage import Stage, lines_of, strips_of, text_of
from tui.widgets.columns import Column
from tui.widgets.record_table import RecordTable
from tui.widgets.rows import ListRows, Row, Rows
from tui.widgets.table_text import ColumnOrder

COLUMNS = (
    Column("name", "Name", 14, weight=2),
    Column("id", "Instance ID", 12, priority=1),
    Column("state", "State", 9, priority=2, toned=True),
    Column("price", "Price", 8, priority=3, align="right", sortable=False),
)
NAMES = (
    "Factory floor",
    "生产环境网关的名字很长很长",
    "[/prod] [b",
    "\x1b[31mred\u202egnp",
    "Five",
)


class Million:
    """A million rows that are made when they are asked for, and counted."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __len__(self) -> int:
        return 1_000_000

    def __getitem__(self, index: int, /) -> Row:
        self.asked.append(index)
        return Row(str(index), (f"row {index}", f"iot-{index}", "running", "1.00"))

    def index_of(self, key: str, /) -> int | None:
        return int(key)

    def holds(self, key: str, /) -> bool:
        return 0 <= int(key) < len(self)


class TableStage(Stage):
    def __init__(self, table: RecordTable) -> None:
        super().__init__(table)
        self.table = table

    def on_record_table_opened(self, message: RecordTable.Opened) -> None:
        self.posted.append(message)

    def on_record_table_moved(self, message: RecordTable.Moved) -> None:
        self.posted.append(message)

    def on_record_table_marked(self, message: RecordTable.Marked) -> None:
        self.posted.append(message)

    def on_sortable_table_sort_requested(self, message: RecordTable.SortRequested) -> None:
        self.posted.append(message)


def some_rows(*names: str) -> ListRows:
    return ListRows([Row(f"k-{name}", (name, "iot-1", "running", "300.00")) for name in names])


async def shown(stage: TableStage, pilot: Pilot[None], rows: Rows) -> None:
    stage.table.load(rows)
    stage.table.focus()
    await pilot.pause()
    stage.posted.clear()


async def test_a_million_rows_cost_what_a_screen_costs() -> None:
    stage = TableStage(RecordTable(COLUMNS))
    rows = Million()
    async with stage.run_test(size=(80, 24)) as pilot:
        await shown(stage, pilot, rows)
        assert len(rows.asked) <= 3 * 24
        for key in ("pagedown", "end", "home", "G", "pageup", "up"):
            rows.asked.clear()
            await pilot.press(key)
            await pilot.pause()
            assert len(rows.asked) <= 24 + 3, key
        assert stage.table.cursor_row < 1_000_000 - 20
        assert "row 999" in text_of(stage)


async def test_the_cursor_inside_the_page_repaints_two_lines() -> None:
    stage = TableStage(RecordTable(COLUMNS))
    rows = Million()
    async with stage.run_test(size=(80, 24)) as pilot:
        await shown(stage, pilot, rows)
        await pilot.press("down")
        rows.asked.clear()
        await pilot.press("j")
        await pilot.pause()
        assert set(rows.asked) == {1, 2}
        assert len(rows.asked) <= 3


async def test_keys_move_as_arrows_and_as_vim() -> None:
    stage = TableStage(RecordTable(COLUMNS))
    async with stage.run_test(size=(80, 24)) as pilot:
        await shown(stage, pilot, Million())
        for keys, row in (
            (["down", "j"], 2), (["up"], 1), (["k", "k"], 0), (["pagedown"], 21),
            (["G"], 999_999), (["down"], 999_999), (["g"], 0), (["end"], 999_999), (["home"], 0),
        ):  # fmt: skip
            await pilot.press(*keys)
            assert stage.table.cursor_row == row, keys
        await pilot.press("down", "enter")
        await pilot.pause()
        opened = [each for each in stage.posted if isinstance(each, RecordTable.Opened)]
        assert [each.key for each in opened] == ["1"]


@pytest.mark.parametrize("width", [120, 80, 60, 40, 24])
async def test_columns_stay_straight_whatever_the_names(width: int) -> None:
    stage = TableStage(RecordTable(COLUMNS))
    async with stage.run_test(size=(width, 12)) as pilot:
        await shown(stage, pilot, some_rows(*NAMES))
        lines = lines_of(stage)
        assert all(strip.cell_length == width for strip in strips_of(stage))
        assert "[/prod] [b" in text_of(stage)
        assert "␛[31mred⟨U+2" in text_of(stage)
        assert "\x1b" not in text_of(stage)
        head = lines[1]
        if width >= 40:
            start = cell_len(head[: head.index("Instance")])
            for line in lines[2:7]:
                assert cell_len(line[: line.index("iot-1")]) == start
        status = lines[-1]
        assert ("not sho" in status) is (width < 60)


async def test_the_cursor_is_visible_without_colour() -> None:
    stage = TableStage(RecordTable(COLUMNS))
    async with stage.run_test(size=(80, 12)) as pilot:
        await shown(stage, pilot, some_rows(*NAMES))

        def reversed_lines() -> list[int]:
            return [
                y
                for y, strip in enumerate(strips_of(stage))
                if any(segment.style and segment.style.reverse for segment in strip)
            ]

        assert reversed_lines() == [2]
        await pilot.press("down")
        await pilot.pause()
        assert reversed_lines() == [3]


async def test_no_color_leaves_the_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stage = TableStage(RecordTable(COLUMNS))
    async with stage.run_test(size=(80, 12)) as pilot:
        await shown(stage, pilot, some_rows(*NAMES))
        assert stage.ansi_color or stage.no_color
        assert any(segment.style and segment.style.reverse for segment in strips_of(stage)[2])


async def test_rows_may_come_before_the_screen_does() -> None:
    table = RecordTable(COLUMNS, order=ColumnOrder("name"))
    table.load(some_rows("A", "B"), filter_text="a", total=9)
    stage = TableStage(table)
    async with stage.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        assert table.cursor_key == "k-A"
        assert "Name ▲" in text_of(stage)
        assert "/ a · 2 of 9" in text_of(stage)


async def test_severity_has_a_mark() -> None:
    stage = TableStage(RecordTable(COLUMNS))
    rows = ListRows(
        [
            Row("a", ("A", "i", "stopped", ""), "critical"),
            Row("b", ("B", "i", "missing", ""), "unknown"),
            Row("c", ("C", "i", "running", ""), "warning"),
            Row("d", ("D", "i", "running", ""), "ok", sign="✓"),
        ]
    )
    async with stage.run_test(size=(60, 10)) as pilot:
        await shown(stage, pilot, rows)
        assert [line[2:5] for line in lines_of(stage)[2:6]] == ["! A", "? B", "· C", "✓ D"]


async def test_the_cursor_stays_with_its_row() -> None:
    stage = TableStage(RecordTable(COLUMNS))
    async with stage.run_test(size=(80, 12)) as pilot:
        await shown(stage, pilot, some_rows("A", "B", "C"))
        await pilot.press("down")
        stage.table.load(some_rows("X", "Y", "A", "B", "C"))
        assert (stage.table.cursor_key, stage.table.cursor_row) == ("k-B", 3)
        stage.table.load(some_rows("X", "Y"))
        assert (stage.table.cursor_key, stage.table.cursor_row) == ("k-Y", 1)
        stage.table.load(ListRows(), empty="No instance.\nPress s to fetch them.")
        await pilot.pause()
        assert stage.table.cursor_key is None
        assert "No instance." in text_of(stage)
        assert "Press s" in text_of(stage)
        await pilot.press("space", "enter", "down", "G", "o")
        moved = [each.key for each in stage.posted if isinstance(each, RecordTable.Moved)]
        assert moved == ["k-B", "k-Y", None]
        assert not [each for each in stage.posted if isinstance(each, RecordTable.Opened)]


async def test_marks_are_shown_kept_under_a_filter_and_dropped_with_their_rows() -> None:
    stage = TableStage(RecordTable(COLUMNS))
    async with stage.run_test(size=(80, 12)) as pilot:
        await shown(stage, pilot, some_rows("A", "B", "C"))
        assert list(stage.table.targets) == ["k-A"]
        await pilot.press("space", "space", "space")
        await pilot.press("space")
        assert list(stage.table.marks) == ["k-A", "k-B"]
        assert list(stage.table.targets) == ["k-A", "k-B"]
        await pilot.pause()
        assert lines_of(stage)[2][1] == "*"
        assert "2 marked" in lines_of(stage)[-1]
        stage.table.load(some_rows("A"), filter_text="[a", total=3)
        await pilot.pause()
        assert "/ [a · 1 of 3 · 2 marked, 1 of them not shown" in lines_of(stage)[-1]
        stage.table.load(some_rows("B", "C"))
        await pilot.pause()
        assert list(stage.table.marks) == ["k-B"]
        stage.table.clear_marks()
        await pilot.pause()
        marked = [each.keys for each in stage.posted if isinstance(each, RecordTable.Marked)]
        assert marked[-2:] == [("k-B",), ()]
        assert "marked" not in lines_of(stage)[-1]


async def test_order_is_asked_for_and_shown() -> None:
    stage = TableStage(RecordTable(COLUMNS, order=ColumnOrder("state")))
    async with stage.run_test(size=(80, 12)) as pilot:
        await shown(stage, pilot, some_rows("A"))
        assert "State ▲" in lines_of(stage)[1]
        await pilot.press("S", "S", "O", "S")
        await pilot.pause()
        asked = [each.order for each in stage.posted if isinstance(each, RecordTable.SortRequested)]
        assert asked == [
            None,
            ColumnOrder("name"),
            ColumnOrder("name", reverse=True),
            ColumnOrder("id"),
        ]
        assert "Instance … ▲" in lines_of(stage)[1]


async def test_the_mouse_moves_opens_and_sorts() -> None:
    stage = TableStage(RecordTable(COLUMNS))
    async with stage.run_test(size=(80, 12)) as pilot:
        await shown(stage, pilot, Million())
        await pilot.click(stage.table, offset=(10, 4))
        assert stage.table.cursor_row == 2
        await pilot.click(stage.table, offset=(10, 4), times=2)
        await pilot.click(stage.table, offset=(6, 1))
        await pilot.pause()
        kinds = [type(each).__name__ for each in stage.posted]
        assert "Opened" in kinds
        assert stage.table.order == ColumnOrder("name")
        assert not ListRows().index_of("x")


async def test_resizing_keeps_the_cursor_on_the_screen() -> None:
    stage = TableStage(RecordTable(COLUMNS))
    async with stage.run_test(size=(120, 36)) as pilot:
        await shown(stage, pilot, Million())
        await pilot.press(*["down"] * 30)
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert "row 30" in text_of(stage)
        assert len(lines_of(stage)[1]) <= 40
