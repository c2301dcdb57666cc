"""The quick form of what `python -m tests.long` does at length."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.long.lives import live_by_events, live_by_syncs
from tests.long.measures import Held, grown, rows_of
from tests.stories.driver import at_the_desk


@pytest.fixture
def memory_is_traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.usefixtures("caches_are_seen")
async def test_events_with_the_app_open_leave_nothing_behind(tmp_path: Path) -> None:
    samples: list[Held] = []
    await live_by_events(tmp_path, timedelta(days=2), samples)
    assert len(samples) == 2
    assert grown(samples) == []


async def test_what_is_written_ahead_is_brought_in_while_the_app_is_open(tmp_path: Path) -> None:
    """Each move of the clock syncs, and each sync makes the screen hold another state."""
    gc.collect()
    gc.freeze()  # each collection below looks at what this test makes, and at nothing older
    async with at_the_desk(tmp_path) as desk:
        sizes = []
        for _ in range(12):
            await desk.move_clock("1 hour")
            gc.collect()  # an older state is let go of when nothing shows it any more
            sizes.append((tmp_path / "store.db-wal").stat().st_size)
    assert max(sizes) < sizes[0] * len(sizes) / 2, "what each move wrote was all kept"


@pytest.mark.usefixtures("caches_are_seen", "memory_is_traced")
def test_a_sync_adds_no_row_and_leaves_nothing_open(tmp_path: Path) -> None:
    samples: list[Held] = []
    list(live_by_syncs(tmp_path, 10, samples))
    assert grown(samples) == []
    before = rows_of(tmp_path / "store.db")
    list(live_by_syncs(tmp_path, 10, samples))
    assert rows_of(tmp_path / "store.db") == before
    assert before["syncs"] == 1
