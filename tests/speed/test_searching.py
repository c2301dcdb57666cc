"""A search finds what the columns show, along indexes, and ends when it is overtaken."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest

from store.annotations.load import Own
from store.database.open import open_database
from store.items import daily_totals, name_index, search, search_plan
from store.items.overview import Question, overview
from store.items.pages import Window
from store.items.rows import COLUMNS, to_row
from store.items.search import Overtaken, Search, Wanted
from store.items.search_plan import find
from store.models import EnterpriseInstance, Item, OtherItem
from store.schema import STORE
from store.times import to_epoch
from tests.store.items import NOW
from tui.panes.filter_query import severity_words
from tui.panes.instance_rows import found_rows
from tui.panes.instances import INSTANCES, KINDS, record
from tui.panes.paged_rows import WindowRows
from tui.snapshot import Snapshot
from tui.text import use
from tui.widgets.rows import Rows
from tui.widgets.table_text import Order

ENDS = [
    timedelta(days=day, seconds=second)
    for day in (-400, -46, -16, -15, -2, -1, 0, 1, 2, 12, 38, 39, 200, 700)
    for second in (-1, 0, 5025)
]
NAMES = ("Factory floor", "支付网关", "ÄRGER straße", "a\nb", "", "off 12:30")


def _items() -> Iterator[Item]:
    for number, end in enumerate(ENDS):
        months, price = (None, 1, 3)[number % 3], (None, Decimal("10.00"))[number % 2]
        yield EnterpriseInstance(
            f"iot-{number:03}X", NAMES[number % 6], ("cn-shanghai", "eu-central-1")[number % 2],
            NOW + end, months, price,
        )  # fmt: skip
        yield OtherItem(
            f"ecs-{number:03}", NAMES[number % 5], "", NOW + end if number % 7 else None
        )


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Items that end around now, some of them missing."""
    found = open_database(tmp_path / "store.db", STORE)
    marks = ", ".join("?" for _ in COLUMNS)
    found.execute("BEGIN")
    found.execute(
        "INSERT INTO syncs"
        " (account, identity, cloud, site, as_of, currency, available, credit, owed)"
        " VALUES ('a', 'i', 'practice', 'china', ?, 'CNY', '60', '0', '0')",
        (to_epoch(NOW),),
    )
    for number, item in enumerate(_items()):
        found.execute(
            f"INSERT INTO items (account, {', '.join(COLUMNS)}, missing_since)"
            f" VALUES ('a', {marks}, ?)",
            (*to_row(item), to_epoch(NOW) if number % 5 == 0 else None),
        )
    daily_totals.rewrite(found, "a")
    name_index.rewrite(found, "a")
    found.execute("COMMIT")
    yield found
    found.close()


def snapshot(db: sqlite3.Connection) -> Snapshot:
    seen = overview(db, "a", "practice", "china", Question(NOW))
    return Snapshot(seen, (), (), practice=True, read_only=False, own=Own())


def keys(rows: Rows) -> list[str]:
    return [rows[index].key for index in range(len(rows))]


WAYS = {
    "all in its places": {},
    "led by ids": {"FEW": 0},
    "led by signs": {"FEW": 0, "SOME": 4},
    "frequent": {"FEW": 0, "SOME": 0, "SAMPLE": 0, "OFTEN": 0},
    "sifted": {"FEW": 0, "SOME": 0, "GLANCE": 0, "PATIENCE": 0},
}
"""How the first page is found, and what makes so few items be found so."""
in_every_way = pytest.mark.parametrize(
    ("way", "language"), [(way, ("en", "zh")[number % 2]) for number, way in enumerate(WAYS)]
)


def find_by(patch: pytest.MonkeyPatch, way: str) -> None:
    for name, value in WAYS[way].items():
        patch.setattr(search_plan, name, value)
    patch.setattr(search, "STEPS", 1)


@in_every_way
def test_every_word_of_every_column_finds_the_rows_that_show_it(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, language: str, way: str
) -> None:
    use(language)
    find_by(monkeypatch, way)
    shown = snapshot(db)
    texts = {
        one.item.id: record(one, shown).searched
        for one in shown.overview.items
        if one.item.kind in KINDS
    }
    words = {word for text in texts.values() for word in text.split()}
    parts = {word[1:] for word in words} | {word[:-1] for word in words}
    for text in [
        *sorted(words),
        *sorted(parts - words - {""})[::20],
        "zzz",
        "deleted on",
        "0 floor",
    ]:
        found = found_rows(shown, db, text, None, Event())
        rows = found.rows
        assert isinstance(rows, WindowRows)
        if found.count is not None:
            rows.counted(found.count(db))
        wanted = {key for key, whole in texts.items() if all(w in whole for w in text.split())}
        assert set(keys(rows)) == wanted, text
        assert len(rows) == len(wanted), text


@in_every_way
def test_a_word_of_a_column_finds_the_rows_that_show_it_there(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, language: str, way: str
) -> None:
    use(language)
    find_by(monkeypatch, way)
    shown = snapshot(db)
    items = [one for one in shown.overview.items if one.item.kind in KINDS]
    records = {one.item.id: record(one, shown) for one in items}
    for place, column in enumerate(INSTANCES.columns):
        cells = {key: one.cells[place].text.casefold() for key, one in records.items()}
        for word in sorted({word for text in cells.values() for word in text.split()})[::7]:
            found = found_rows(shown, db, f"{column.key}:{word}", None, Event())
            rows = found.rows
            assert isinstance(rows, WindowRows)
            if found.count is not None:
                rows.counted(found.count(db))
            assert set(keys(rows)) == {key for key, text in cells.items() if word in text}, word
    for tone in sorted({one.tone for one in records.values()}):
        found = found_rows(shown, db, f"severity:{severity_words(tone).split()[0]}", None, Event())
        if found.count is not None and isinstance(found.rows, WindowRows):
            found.rows.counted(found.count(db))
        assert set(keys(found.rows)) == {k for k, one in records.items() if one.tone == tone}


@pytest.mark.parametrize("way", [way for way in WAYS if WAYS[way]])
@pytest.mark.parametrize("words", ["floor", "nov", "off floor", "running", "floor nov"])
def test_few_stand_in_the_same_order_as_a_walk_meets_them(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, way: str, words: str
) -> None:
    shown = snapshot(db)
    for column in (None, *(each.key for each in INSTANCES.columns)):
        for reverse in (False, True):
            order = None if column is None else Order(column, reverse)
            listed = keys(found_rows(shown, db, words, order, Event()).rows)
            with monkeypatch.context() as patch:
                find_by(patch, way)
                found = found_rows(shown, db, words, order, Event())
            assert isinstance(found.rows, WindowRows)
            assert found.count is not None
            found.rows.counted(found.count(db))
            assert keys(found.rows) == listed


def test_the_register_follows_each_change_of_an_item(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_index, "LEAF", 7)
    name_index.rewrite(db, "a")
    insert = (
        "INSERT INTO items (account, kind, id, instance_id, name) VALUES ('a', 'other', ?, ?, ?)"
    )
    for item_id in ("aaa", "ecs-003x", "zzz"):
        db.execute(insert, (item_id, item_id, f"New {item_id}"))
        name_index.amend(db, "a", "other", item_id)
    db.execute("UPDATE items SET name = 'Renamed' WHERE id = 'ecs-010'")
    name_index.amend(db, "a", "other", "ecs-010")
    amended = _entries(db)
    name_index.rewrite(db, "a")
    assert amended == _entries(db)
    assert len(amended) == 2 * len(ENDS) + 3


def test_a_word_is_held_by_the_part_of_an_item_that_has_it(db: sqlite3.Connection) -> None:
    items = {"iot-1a": "Pump iot", "IOT-2B": "pump", "iot-3c": "", "ecs": "a\niot", "Ecs-iot": "x"}
    for item_id, name in items.items():
        db.execute(
            "INSERT INTO items (account, kind, id, instance_id, name)"
            " VALUES ('b', 'other', ?, ?, ?)",
            (item_id, item_id, name),
        )
    name_index.rewrite(db, "b")
    ((_kind, leaf),) = name_index.leaves(db, "b")

    def holding(word: str, part: str) -> set[str]:
        return set(name_index.holding(leaf, word, part))

    assert holding("iot", "all") == set(items)
    assert holding("iot", "id") == {"iot-1a", "IOT-2B", "iot-3c", "Ecs-iot"}
    assert holding("iot", "name") == {"iot-1a", "iot-3c", "ecs"}
    assert holding("2b", "id") == {"IOT-2B"}
    assert holding("pump", "name") == {"iot-1a", "IOT-2B"}
    assert holding("pump", "id") == holding("zzz", "all") == set()


def test_a_led_walk_looks_up_no_row_that_it_does_not_show(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_by(monkeypatch, "led by signs")
    shown = snapshot(db)
    for word in ("nov", "running", "off", "floor"):
        asked: list[str] = []
        db.set_trace_callback(asked.append)
        rows = found_rows(shown, db, word, None, Event()).rows
        db.set_trace_callback(None)
        assert len(rows), word
        walks = [one for one in asked if "INDEXED BY items_by_end" in one and "AS place" in one]
        assert walks, word
        for statement in walks:
            plan = [row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")]
            assert any("USING COVERING INDEX items_by_end" in line for line in plan), statement


def _entries(db: sqlite3.Connection) -> list[tuple[str, str]]:
    return sorted(
        (kind, entry)
        for kind, leaf in name_index.leaves(db, "a")
        for entry in leaf.decode("latin-1").split("\xff")[1:]
    )


def test_a_search_that_is_overtaken_ends(db: sqlite3.Connection) -> None:
    stop = Event()
    stop.set()
    search = Search("a", [Wanted("zzz")], {})
    with pytest.raises(Overtaken):
        find(search, _by_state(snapshot(db)), stop)
    numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        db.execute(numbers).fetchone()


def test_orders_and_rare_words_walk_along_indexes(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    shown = snapshot(db)
    db.set_trace_callback(asked.append)
    rows = found_rows(shown, db, "iot-003x", Order("state"), Event()).rows
    assert keys(rows) == ["iot-003X"]
    db.set_trace_callback(None)
    for statement in asked:
        plan = [row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")]
        assert not [line for line in plan if line.startswith("SCAN items")], statement


def test_a_page_in_the_order_of_states_sorts_nothing_that_is_many(db: sqlite3.Connection) -> None:
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    window = _by_state(snapshot(db))
    window.page()
    db.set_trace_callback(None)
    ended = [one for one in asked if "ends_at AS place" in one]
    assert ended
    for statement in ended:
        plan = [row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")]
        assert not [line for line in plan if "TEMP B-TREE FOR ORDER BY" in line], statement


def _by_state(shown: Snapshot) -> Window:
    from store.items.sort_orders import by_state
    from store.rules.standing import State

    assert shown.overview.items
    items = shown.overview.items
    return by_state(items.db, items.account, items.judge, tuple(State), ())
