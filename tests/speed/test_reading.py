"""A screen reads few rows, whatever the number of items."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path

import pytest

from store.annotations.load import Annotations
from store.home import open_home
from store.items.assessment import Assessment, Assessor
from store.items.overview import Overview, OverviewOptions, read_overview
from store.items.pages import PAGE
from store.items.queries import names_by_prefix
from store.session import Session
from store.walkthroughs.opening import open_walk
from store.walkthroughs.view import check_goal, read_walkthrough
from tests.speed.conftest import MANY, statements
from tests.store.items import NOW
from tui.line_mode.item import item_line
from tui.line_mode.menu import PAGE_SIZE, choose_entry
from tui.line_mode.prompter import run
from tui.panes.due import due_rows
from tui.panes.instances import instance_rows
from tui.snapshot import Snapshot
from tui.widgets.table_text import ColumnOrder


def current(db: sqlite3.Connection) -> Overview:
    return read_overview(db, "a", "practice", "china", OverviewOptions(NOW))


def snapshot(db: sqlite3.Connection) -> Snapshot:
    return Snapshot(current(db), (), (), practice=True, read_only=False, annotations=Annotations())


def test_an_overview_judges_one_item_at_most(db: sqlite3.Connection, judged: list[str]) -> None:
    shown = current(db)
    assert shown.severity.value == "critical"
    assert shown.forecast is not None
    assert len(judged) <= 1


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the items that are judged from here on."""
    ids: list[str] = []
    assess = Assessor.assess

    def counted(self: Assessor, row: sqlite3.Row) -> Assessment:
        ids.append(row["id"])
        return assess(self, row)

    monkeypatch.setattr(Assessor, "assess", counted)
    return ids


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(
    "column", [None, "name", "instance_id", "edition", "region", "state", "ends", "then", "auto"]
)
def test_a_screen_costs_a_page_in_any_order(
    db: sqlite3.Connection, judged: list[str], column: str | None, reverse: bool
) -> None:
    shown = snapshot(db)
    rows = instance_rows(shown, None if column is None else ColumnOrder(column, reverse))
    judged.clear()
    assert len(rows) == MANY
    for start in (0, 64, MANY - 30):
        keys = [rows[index].key for index in range(start, start + 30)]
        assert len(set(keys)) == 30
    assert len(judged) <= 5 * 64


def test_due_reads_its_first_page_and_what_is_gone(
    db: sqlite3.Connection, judged: list[str]
) -> None:
    rows = due_rows(snapshot(db))
    judged.clear()
    assert [rows[index].tone for index in range(8)] == ["critical"] * 8
    assert len(judged) <= 64 + 2  # a page, and the names in the line of what is gone


def test_a_key_inside_a_known_page_asks_nothing_and_at_its_edge_a_page(
    db: sqlite3.Connection,
) -> None:
    rows = instance_rows(snapshot(db), ColumnOrder("ends"))
    assert rows[0].key == "iot-00000"
    assert not statements(db, lambda: [rows[index] for index in range(1, 64)])
    assert len(statements(db, lambda: rows[64])) <= 3
    assert rows[64].key == "iot-00064"


def test_every_row_has_its_index_by_key(db: sqlite3.Connection) -> None:
    shown = snapshot(db)
    for order in (None, ColumnOrder("ends"), ColumnOrder("name", reverse=True)):
        rows = instance_rows(shown, order)
        fresh = instance_rows(shown, order)
        for index in (0, 1, 63, 64, 2500, MANY - 1):
            assert fresh.index_of(rows[index].key) == index
            assert instance_rows(shown, order)[index].key == rows[index].key


def test_a_walk_through_reads_only_its_item(
    db: sqlite3.Connection, tmp_path: Path, judged: list[str]
) -> None:
    del db
    with Session.open(open_home(str(tmp_path))) as session:
        session.db.execute("UPDATE items SET account = 'practice'")
        session.db.execute("UPDATE syncs SET account = 'practice'")
        judged.clear()
        walk = open_walk(session, "P-IOT-RENEW", "iot-02500")
        shown = read_walkthrough(session, walk)
        assert shown.item is not None
        assert not check_goal(session, walk).is_shown
    assert len(set(judged)) <= 2  # its own, and the worst one, which the header tells


def test_line_mode_reads_what_it_lists(
    db: sqlite3.Connection, judged: list[str], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    async def show(_item: Assessment) -> None: ...

    monkeypatch.setattr("sys.stdin", io.StringIO("31\n0\n"))
    run(choose_entry("All items", iter(current(db).items), item_line, show))
    stdout = capsys.readouterr().out
    assert "31 More" in stdout
    assert stdout.count("iot-") >= 2 * PAGE_SIZE
    assert len(set(judged)) <= 3 * PAGE


def test_no_question_about_one_item_or_one_screen_walks_all_items(db: sqlite3.Connection) -> None:
    def ask() -> None:
        shown = snapshot(db)
        assert shown.overview.of_id("iot-00007") is not None
        assert shown.overview.of_instance("iot-00007")
        assert names_by_prefix(db, "a", "id", "iot-0000", 3)
        assert names_by_prefix(db, "a", "instance_id", "iot-0000", 3)
        for rows in (instance_rows(shown, None), due_rows(shown)):
            assert rows[0].key

    for statement in statements(db, ask):
        if statement.startswith(("SELECT", "WITH")):
            for row in db.execute(f"EXPLAIN QUERY PLAN {statement}"):
                plan = row["detail"]
                assert not plan.startswith("SCAN items"), statement
                assert not plan.endswith("items USING PRIMARY KEY (account=?)"), statement
