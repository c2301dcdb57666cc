"""The text of a filter: any text is accepted, and an unknown field is named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.items.filters import Contains, Filter, OneOf
from store.times import parse_time, to_epoch
from tests.store.items import NOW
from tui.panes.filter_completion import complete_last_word
from tui.panes.filter_fields import FilterField
from tui.panes.filter_query import parse, with_problems
from tui.panes.filter_text import replace_term, translate_filter
from tui.panes.instances import INSTANCES
from tui.panes.licenses import LICENSES
from tui.panes.pane import filter_rows
from tui.text import use_language
from tui.widgets.columns import Column
from tui.widgets.rows import Row

FIELDS = INSTANCES.fields
COLUMNS = (Column("name", "Name", 10),)
DAY = timedelta(days=1)


def a_row(key: str, name: str, state: str, **more: str | int | None) -> Row:
    text = "\n".join((name, key, str(more.get("owner", "")), str(more.get("note", ""))))
    values = {"text": text, "name": name, "id": key, "state": state, "severity": "ok", **more}
    return Row(key, (name,), values=values)


def seconds(days: float) -> int:
    return to_epoch(NOW + days * DAY)


ROWS = [
    a_row(
        "a", "pump north", "stopped", severity="critical", owner="li wei 李伟", ends=seconds(-3),
        lost=seconds(12), auto=0, cost=120_000, edition="iot-enterprise", region="cn-shanghai",
    ),
    a_row(
        "b", "stopped clock", "used-up", severity="warning", note="ask [finance]",
        ends=seconds(20), auto=12, cost=99_999, edition="iot-public-new",
    ),
    a_row(
        "public:b", "pump south", "running", ends=to_epoch(parse_time("2026-12-31T23:59:59+08:00"))
    ),
]  # fmt: skip


def matches(text: str, fields: tuple[FilterField, ...] = FIELDS) -> str:
    rows = filter_rows(ROWS, COLUMNS, parse(text, fields, NOW).filter, None)
    return " ".join(rows[n].key for n in range(len(rows)))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", "a b public:b"),
        ("stopped", "b"),
        ("state:stopped", "a"),
        ("STATE:Stop", "a"),
        ("state:us", "b"),
        ("name:stopped", "b"),
        ("ＮＡＭＥ：ＰＵＭＰ", "a public:b"),
        ("name:pump -south", ""),
        ('name:"pump n"', "a"),
        ('name:"pump n', "a"),
        ("name:pump state:running", "public:b"),
        ("state：used", "b"),
        ("id:public:b", "public:b"),
        ("instanceid:b", "b public:b"),
        ("instance_id:b", "b public:b"),
        ("public:b", "public:b"),
        ("owner:李", "a"),
        ("李伟 pump", "a"),
        ("note:[fin", "b"),
        ("severity:attention", "a b"),
        ("severity:ok", "public:b"),
        ("state:", "a b public:b"),
        (":", "public:b"),
        ("edition:enterprise", "a"),
        ("edition:public", "b"),
        ("region:shanghai", "a"),
        ("auto:off", "a"),
        ("auto:on", "b"),
        ("auto=12", "b"),
        ("auto>6", "b"),
        ("cost>1000", "a"),
        ("cost>=1,200", "a"),
        ("cost>1200", ""),
        ("cost＜1000", "b"),
        ("cost<=999.99", "b"),
        ("cost:999.99", "b"),
        ("ends<20d", "b"),
        ("ends<19d23h", ""),
        ("ends<20", "b"),
        ("ends>20d", "public:b"),
        ("ends:2026-12", "b public:b"),
        ("ends:2026-12-31", "public:b"),
        ("ends=2026", "a b public:b"),
        ("ends:2027", ""),
        ("ends<2026-12", "a"),
        ("ends<=2026/12", "a b public:b"),
        ("ends>2026-11", "b public:b"),
        ("ends>=2026.12.31", "public:b"),
        ("lost<12d", "a"),
        ("lost<11d", ""),
        ("ends<", "a b public:b"),
    ],
)
def test_rows_that_match(text: str, keys: str) -> None:
    assert matches(text) == keys


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("colour:red pump", "colour:red pump (no field colour)"),
        ("sate:red", "sate:red (no field sate; state?)"),
        ("state:red", "state:red (state has no red)"),
        ("state<red", "state<red (state only takes “:”)"),
        ("ends:soon", "ends:soon (ends takes a length such as 30d or a date such as 2026-12)"),
        (
            "ends:2026-13",
            "ends:2026-13 (ends takes a length such as 30d or a date such as 2026-12)",
        ),
        ("cost>much", "cost>much (cost takes an amount such as 1000)"),
        ("auto:maybe", "auto:maybe (auto takes on, off or a number of months such as 12)"),
        ("application:x", "application:x (no field application)"),
        ("a:1 b:2", "a:1 b:2 (no field a; no field b)"),
        ("pump Stopped", "pump Stopped (state:stopped?)"),
        ("已停止", "已停止 (state:stopped?)"),
        ("stop", "stop"),
    ],
)
def test_what_is_not_understood_is_named(text: str, problem: str) -> None:
    assert with_problems(text, parse(text, FIELDS, NOW)) == problem


def test_a_value_that_is_not_understood_yet_hides_no_row() -> None:
    assert matches("ends<soon") == matches("cost>x") == matches("state:red") == "a b public:b"


def test_fields_and_their_words_have_names_in_every_language() -> None:
    for language in ("en", "zh"):
        use_language(language)
        for text in ("状态:stopped", "state:stopped", "state:已停止", "状态：已停"):
            expected = Filter((OneOf("state", frozenset({"stopped"})),))
            assert parse(text, FIELDS, NOW).filter == expected
        assert parse("负责人：李", FIELDS, NOW).filter == Filter((Contains("owner", "李"),))


def test_a_filter_is_shown_in_the_language_in_use() -> None:
    use_language("zh")
    assert translate_filter('pump state:"used up" severity:attention name:ok', FIELDS) == (
        "pump state:已用尽 severity:待处理 name:ok"
    )
    use_language("en")
    assert translate_filter("state:已用尽", FIELDS) == 'state:"used up"'


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("sta", "state:"),
        ("pump end", "pump ends<"),
        ("cos", "cost>"),
        ("state:st", "state:stopped"),
        ("severity:a", "severity:attention"),
        ("auto:of", "auto:off"),
        ("AUT", "AUTo:"),
        ("pump", None),
        ("state:", None),
        ("state:stopped", None),
        ("colour:r", None),
        ("", None),
        ("state:stopped ", None),
    ],
)
def test_what_a_text_can_go_on_with(text: str, whole: str | None) -> None:
    assert complete_last_word(text, FIELDS) == whole


def test_completion_knows_the_names_of_the_language_in_use_and_of_the_pane() -> None:
    use_language("zh")
    assert complete_last_word("状", FIELDS) == "状态:"
    assert complete_last_word("状态：已停", FIELDS) == "状态：已停止"
    use_language("en")
    assert complete_last_word("app", FIELDS) is None
    assert complete_last_word("app", LICENSES.fields) == "application:"


@given(st.text())
def test_any_text_is_understood(text: str) -> None:
    query = parse(text, FIELDS, NOW)
    filter_rows(ROWS, COLUMNS, query.filter, None)
    with_problems(text, query)
    replace_term(text, "state", "used up", FIELDS)
    translate_filter(text, FIELDS)
    suggested = complete_last_word(text, FIELDS)
    assert suggested is None or suggested.startswith(text)


def test_a_choice_takes_the_place_of_the_one_before() -> None:
    text = replace_term("pump severity:ok", "state", "used up", FIELDS)
    assert text == 'pump state:"used up"'
    assert replace_term(text, "severity", "attention", FIELDS) == "pump severity:attention"
    assert replace_term(text, "", "", FIELDS) == "pump"
