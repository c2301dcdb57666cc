"""The filter's text: any text is understood, and what is no column is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.panes.filter_query import Term, spoken, told_filter, wish, with_term
from tui.panes.listed_rows import rows_of
from tui.panes.pane import Cell, Pane, Record
from tui.text import use
from tui.widgets.columns import Column

COLUMNS = (
    Column("name", "Name", 10),
    Column("instance_id", "Instance ID", 10),
    Column("state", "State", 10),
)
PANE = Pane("p", "P", COLUMNS, lambda _: (), "")


def row(key: str, name: str, state: str, **more: str) -> Record:
    return Record(key, (Cell(name), Cell(key), Cell(state)), **more)  # type: ignore[arg-type]


ROWS = [
    row("a", "Pump north", "stopped", tone="critical", owner="Li Wei 李伟"),
    row("b", "Stopped clock", "used up", tone="warning", note="ask [finance]"),
    row("public:b", "Pump south", "running"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "a b public:b"),
        ("stopped", "a b"),
        ("state:stopped", "a"),
        ("STATE:Stop", "a"),
        ("name:stopped", "b"),
        ("name:pump -south", ""),
        ('name:"pump n"', "a"),
        ('name:"pump n', "a"),
        ("name:pump state:running", "public:b"),
        ("state：used", "b"),
        ("instanceid:public:b", "public:b"),
        ("instance_id:b", "b public:b"),
        ("public:b", "public:b"),
        ("owner:李", "a"),
        ("note:[fin", "b"),
        ("severity:attention", "a b"),
        ("severity:ok", "public:b"),
        ("state:", "a b public:b"),
        (":", "public:b"),
    ],
)
def test_rows_that_are_found(text: str, found: str) -> None:
    rows = rows_of(PANE, ROWS, text)
    assert [rows[n].key for n in range(len(rows))] == found.split()


def test_columns_have_their_names_in_every_language() -> None:
    for language, stopped in (("en", "stopped"), ("zh", "已停止")):
        use(language)
        for text in ("状态:stopped", "state:stopped", "state:已停止"):
            assert wish(text, COLUMNS).terms == (Term(stopped, "state"),)
        assert wish("负责人：李", COLUMNS).terms == (Term("李", "owner"),)


def test_a_filter_is_told_in_the_language_in_use() -> None:
    use("zh")
    assert spoken('pump state:"used up" severity:attention name:ok', COLUMNS) == (
        "pump state:已用尽 severity:待处理 name:ok"
    )
    use("en")
    assert spoken("state:已用尽", COLUMNS) == 'state:"used up"'


def test_what_is_no_column_is_told_and_looked_for_as_it_is() -> None:
    assert told_filter("colour:red pump", COLUMNS) == "colour:red pump (no column colour)"
    assert told_filter("state:red", COLUMNS) == "state:red"


@given(st.text())
def test_any_text_is_understood(text: str) -> None:
    rows_of(PANE, ROWS, text)
    told_filter(text, COLUMNS)
    with_term(text, "state", "used up", COLUMNS)


def test_a_choice_takes_the_place_of_the_one_before() -> None:
    text = with_term("pump severity:ok", "state", "used up", COLUMNS)
    assert text == 'pump state:"used up"'
    assert with_term(text, "severity", "attention", COLUMNS) == "pump severity:attention"
    assert with_term(text, "", "", COLUMNS) == "pump"
