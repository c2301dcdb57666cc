"""Bytes to the terminal: rows 7 to 10. They are the same on any machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from tests.bench.figures import FEW, INSTANCES, READY, Bench, Figure

DOWN = "\x1b[B"
REPAINT = "\x0c"


def keys(bench: Bench) -> Iterator[Figure]:
    """Rows 7 to 9: the cursor inside a page, a scroll by one row, the first screen."""
    with bench.open(FEW) as line:
        line.until(READY)
        first = line.settle(1.0)
        frame, _ = line.press(REPAINT)
        line.press(INSTANCES)
        presses = [line.press(DOWN) for _ in range(10)]
        while line.press(DOWN)[1] < 500:
            continue
        scrolls = [line.press(DOWN) for _ in range(max(bench.rounds, 9))]
    yield _per_cell(7, "bytes a cell, cursor inside a page", presses, 1.5)
    yield _per_cell(8, "bytes a cell, scrolling by a row", scrolls, 0.15)
    yield Figure(
        9, "first screen to one full frame", first / frame, 1.3, f"{first} bytes, a frame {frame}"
    )


def _per_cell(row: int, what: str, presses: list[tuple[int, int]], goal: float) -> Figure:
    count = statistics.median(each for each, _ in presses)
    cells = statistics.median(each for _, each in presses)
    ratio = statistics.median(each / max(some, 1) for each, some in presses)
    return Figure(row, what, ratio, goal, f"{count:.0f} bytes, {cells:.0f} cells")


def held(bench: Bench) -> Iterator[Figure]:
    """Row 10: a key that repeats 30 times a second for 4 s, on a line of 8 kB/s."""
    with bench.open(FEW) as line:
        line.until(READY)
        line.press(INSTANCES)
        line.speed, before = 8000, line.received
        for _ in range(120):
            line.send(DOWN)
            line.read_for(1 / 30)
        released = time.monotonic()
        line.settle(1.5)
    lag = max(line.last - released, 0.0)
    each = f"{(line.received - before) / 120:.0f} bytes a key"
    yield Figure(10, "held key at 8 kB/s, seconds to the last byte", lag, 1.0, each)
