"""The quick form of what `python -m tests.long` does at length."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.long.lives import live_by_events, live_by_syncs
from tests.long.measures import Held, grown, rows_of


async def test_events_with_the_app_open_leave_nothing_behind(tmp_path: Path) -> None:
    told: list[Held] = []
    await live_by_events(tmp_path, timedelta(days=2), told)
    assert len(told) == 2
    assert grown(told) == []


def test_a_sync_adds_no_row_and_leaves_nothing_open(tmp_path: Path) -> None:
    told: list[Held] = []
    list(live_by_syncs(tmp_path, 10, told))
    assert grown(told) == []
    before = rows_of(tmp_path / "store.db")
    list(live_by_syncs(tmp_path, 10, told))
    assert rows_of(tmp_path / "store.db") == before
    assert before["syncs"] == 1
