"""From the cloud to the store: everything or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from store.errors import Unreachable
from store.items.queries import last_sync
from store.items.sync import sync, sync_instance
from store.models import Item
from tests.store.items import enterprise, plan, stored_items
from tests.store.payments.accounts import ScriptedCloud, open_store

ONE, TWO, THREE = (enterprise(id=name) for name in ("iot-1", "iot-2", "iot-3"))
Pages = list[tuple[Sequence[Item], int] | Exception]


class PagedCloud(ScriptedCloud):
    """Pages as a test wrote them; one that is an error is raised."""

    script: Pages

    def pages(self) -> Iterator[tuple[Sequence[Item], int]]:
        for page in self.script:
            if isinstance(page, Exception):
                raise page
            yield page


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def paged(*script: tuple[Sequence[Item], int] | Exception, identity: str = "one") -> PagedCloud:
    cloud = PagedCloud(identity=identity)
    cloud.script = list(script)
    return cloud


def stored(db: sqlite3.Connection) -> list[Item]:
    return sorted(stored_items(db, "a"), key=lambda item: item.id)


def missing(db: sqlite3.Connection) -> list[str]:
    """The ids of what the last sync no longer listed."""
    rows = db.execute("SELECT id FROM items WHERE missing_since IS NOT NULL ORDER BY id")
    return [item_id for (item_id,) in rows]


def test_pages_add_up(db: sqlite3.Connection) -> None:
    calls: list[tuple[str, int, int]] = []
    cloud = paged(([ONE, TWO], 3), ([THREE], 3))
    assert sync(db, "a", cloud, lambda *step: calls.append(step)) == 3
    assert stored(db) == [ONE, TWO, THREE]
    assert calls == [("balance", 0, 0), ("items", 2, 3), ("items", 3, 3)]


@pytest.mark.parametrize(
    "script",
    [
        [([ONE], 2), Unreachable("the second page failed")],
        [([ONE], 2)],
        [([ONE], 2), ([ONE], 2)],
        [([ONE, THREE], 1)],
    ],
)
def test_what_is_not_complete_changes_nothing(db: sqlite3.Connection, script: Pages) -> None:
    sync(db, "a", paged(([ONE, TWO], 2)))
    before = stored(db), last_sync(db, "a")
    cloud = paged(*script)
    cloud.clock = cloud.clock.replace(hour=23)
    with pytest.raises(Unreachable):
        sync(db, "a", cloud)
    assert (stored(db), last_sync(db, "a")) == before
    assert not db.in_transaction


def test_what_is_no_longer_listed_is_missing_until_it_is_again(db: sqlite3.Connection) -> None:
    sync(db, "a", paged(([ONE, TWO], 2)))
    sync(db, "a", paged(([ONE], 1)))
    assert missing(db) == [stored(db)[1].id]
    sync(db, "a", paged(([ONE, TWO], 2)))
    assert missing(db) == []


def test_nothing_listed_is_everything_missing(db: sqlite3.Connection) -> None:
    sync(db, "a", paged(([ONE, TWO], 2)))
    sync(db, "a", paged(([], 0)))
    assert missing(db) == [item.id for item in stored(db)]


def test_another_cloud_under_the_same_name_is_a_fresh_start(db: sqlite3.Connection) -> None:
    sync(db, "a", paged(([ONE, TWO], 2)))
    sync(db, "b", paged(([ONE], 1)))
    sync(db, "a", paged(([THREE], 1), identity="two"))
    assert [item.id for item in stored(db)] == ["iot-3"]
    assert missing(db) == []
    assert len(stored_items(db, "b")) == 1


def test_an_account_that_is_replaced_while_it_is_read_changes_nothing(
    db: sqlite3.Connection,
) -> None:
    sync(db, "a", paged(([ONE], 1)))

    class Replaced(PagedCloud):
        def pages(self) -> Iterator[tuple[Sequence[Item], int]]:
            self.identity = "two"
            return super().pages()

    cloud = Replaced(identity="one")
    cloud.script = [([TWO], 1)]
    with pytest.raises(Unreachable, match="replaced"):
        sync(db, "a", cloud)
    assert [item.id for item in stored(db)] == ["iot-1"]


def test_a_refresh_of_another_cloud_brings_nothing_in(db: sqlite3.Connection) -> None:
    sync(db, "a", paged(([ONE], 1)))
    sync_instance(db, "a", ScriptedCloud(identity="two", items=[TWO]), "iot-2")
    assert [item.id for item in stored(db)] == ["iot-1"]
    sync_instance(db, "a", ScriptedCloud(identity="one", items=[TWO]), "iot-2")
    assert [item.id for item in stored(db)] == ["iot-1", "iot-2"]


def test_one_id_of_two_kinds_is_two_items(db: sqlite3.Connection) -> None:
    sync(db, "a", paged(([ONE, plan(id="iot-1")], 2)))
    assert len(stored(db)) == 2


def test_readers_see_the_old_data_until_all_is_there(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    sync(db, "a", paged(([ONE], 1)))
    reader = open_store(tmp_path)
    counts: list[int] = []
    cloud = paged(([ONE, TWO], 3), ([THREE], 3))
    sync(db, "a", cloud, lambda *_: counts.append(len(stored_items(reader, "a"))))
    assert counts == [1, 1, 1]
    assert len(stored_items(reader, "a")) == 3
    reader.close()
