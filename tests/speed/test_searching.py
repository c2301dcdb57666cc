"""A filter reads each item once, shows a page by row numbers, and ends when superseded."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from store.annotations.load import Annotations
from store.annotations.notes import Note
from store.items.filters import Filter
from store.items.overview import OverviewOptions, read_overview
from store.items.pages import PAGE
from store.items.search import stop_with
from tests.speed.conftest import MANY, statements
from tests.store.items import NOW
from tests.stories.driver import at_the_desk
from tui.panes.filter_query import parse
from tui.panes.instances import INSTANCES, instance_rows, matching_rows
from tui.screens import searching
from tui.snapshot import Snapshot
from tui.widgets.record_table import RecordTable
from tui.widgets.rows import Rows
from tui.widgets.table_text import ColumnOrder


def snapshot(db: sqlite3.Connection) -> Snapshot:
    notes = {("iot-enterprise", "iot-00007"): Note("Li Wei", "ask finance")}
    shown = read_overview(db, "a", "practice", "china", OverviewOptions(NOW))
    return Snapshot(
        shown, (), (), practice=True, read_only=False, annotations=Annotations(notes=notes)
    )


def find(shown: Snapshot, db: sqlite3.Connection, text: str, **options: int) -> Rows:
    asked = parse(text, INSTANCES.fields, NOW).filter
    return matching_rows(shown, db, asked, None, Event(), **options)


def keys(rows: Rows) -> list[str]:
    return [rows[index].key for index in range(len(rows))]


def test_a_filter_is_one_look_at_the_items_and_a_page_of_rows(db: sqlite3.Connection) -> None:
    shown = snapshot(db)
    for text in (
        "FLOOR", "zzz", "floor 199", "state:stopped", "severity:attention floor", "wei",
        "region:shanghai auto:off edition:enterprise", "ends<30d lost<40d cost>10",
        "name:floor id:7",
    ):  # fmt: skip
        asked = statements(db, partial(find, shown, db, text))
        looks = [statement for statement in asked if "json_group_array" in statement]
        assert len(looks) == 1, text
        assert len(asked) <= 2, text
        plan = [row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {looks[0]}")]
        assert any("USING COVERING INDEX items_by_text" in line for line in plan), plan
    rows = find(shown, db, "FLOOR")
    assert len(rows) == MANY
    assert not statements(db, lambda: [rows[index] for index in range(PAGE)])
    assert len(statements(db, lambda: rows[PAGE])) == 1
    assert len(find(shown, db, "FLOOR", limit=PAGE + 1)) == PAGE + 1


def test_a_filter_lists_the_matching_rows(db: sqlite3.Connection) -> None:
    shown = snapshot(db)
    assert keys(find(shown, db, "finance")) == keys(find(shown, db, "owner:WEI")) == ["iot-00007"]
    assert len(find(shown, db, "state:released")) == 121
    assert len(find(shown, db, "state:stopped")) == 360
    assert len(find(shown, db, "ends<30d")) == 720
    rows = find(shown, db, "floor 199")
    names = {rows[index].cells[0] for index in range(len(rows))}
    assert names == {f"Floor {number}" for number in range(MANY) if "199" in str(number)}
    rows = find(shown, db, "floor")
    for index in (0, PAGE, MANY - 1):
        assert find(shown, db, "floor").index_of(rows[index].key) == index
    assert not rows.holds("iot-99999")


def test_a_search_that_is_superseded_ends(db: sqlite3.Connection) -> None:
    shown, stop = snapshot(db), Event()
    stop.set()
    stop_with(db, stop)
    numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        db.execute(numbers).fetchone()
    db.set_progress_handler(None, 0)
    assert matching_rows(shown, db, Filter(), None, Event(), limit=1)


@pytest.mark.parametrize("column", [None, *(column.key for column in INSTANCES.columns)])
def test_a_page_of_no_order_sorts_what_is_many(db: sqlite3.Connection, column: str | None) -> None:
    asked = statements(
        db, lambda: instance_rows(snapshot(db), None if column is None else ColumnOrder(column))[0]
    )
    pages = [statement for statement in asked if "position_key" in statement]
    assert pages
    for statement in pages:
        plan = [row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")]
        by_end = "ORDER BY ends_at" in statement or column not in {None, "state"}
        if by_end:
            assert not [line for line in plan if "TEMP B-TREE FOR ORDER BY" in line], statement


async def test_the_first_page_of_many_items_is_shown_before_all_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "FEW", 2)
    monkeypatch.setattr(searching, "PAGE", 3)
    loads: list[tuple[int, object]] = []
    load = RecordTable.load

    def counted(self: RecordTable, rows: Rows, **options: object) -> None:
        if options.get("filter_text"):
            loads.append((len(rows), options.get("is_complete", True)))
        load(self, rows, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(RecordTable, "load", counted)
    async with at_the_desk(tmp_path) as desk:
        await desk.press("1", "slash")
        await desk.write("o")
        assert loads == [(4, False), (12, True)]
        desk.sees("/ o · 12 of 13")
        await desk.write("boiler")
        assert loads[-1] == (1, True)
