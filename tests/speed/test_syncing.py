"""How little a sync does: what did not change is not written, nor looked for."""

from __future__ import annotations

from pathlib import Path

from store.items.sync import sync
from tests.speed.conftest import statements
from tests.store.items import enterprise
from tests.store.payments.accounts import open_store
from tests.store.test_sync import paged

ITEMS = [enterprise(id=f"iot-{number}") for number in range(30)]


def test_a_sync_that_brings_nothing_new_writes_no_item_and_looks_for_none_gone(
    tmp_path: Path,
) -> None:
    db = open_store(tmp_path)
    sync(db, "a", paged((ITEMS, len(ITEMS))))
    before = db.total_changes
    asked = statements(db, lambda: sync(db, "a", paged((ITEMS, len(ITEMS)))))
    staged, remembered = len(ITEMS), 1
    assert db.total_changes - before == staged + remembered
    assert not [each for each in asked if "NOT IN (SELECT kind, id FROM incoming)" in each]
    gone = statements(db, lambda: sync(db, "a", paged((ITEMS[1:], len(ITEMS) - 1))))
    assert [each for each in gone if "NOT IN (SELECT kind, id FROM incoming)" in each]
    db.close()
