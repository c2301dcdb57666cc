"""Keys in the table, at a thousand instances, a hundred thousand and a million: rows 3 and 5."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.bench.figures import (
    FEW,
    INSTANCES,
    MANY,
    MILLION,
    READY,
    Bench,
    Figure,
    ratio_by_pairs,
)
from tests.bench.line import Line
from tests.bench.writing import DOWN

PAGE_DOWN, HOME, END, SORT = "\x1b[6~", "\x1b[H", "\x1b[F", "S"
MOVES = (("down", DOWN), ("page down", PAGE_DOWN), ("end", END), ("home", HOME))
ORDERS = ("name", "Instance ID", "state", "end", "what follows", "auto-renewal", "deadline")
"""The orders of the table of instances that its key goes through: by each column that is shown,
and then the default one, which the following rows of the bench start from."""
MOST_PAGES = FEW // 40
"""So many pages down are still moves at a thousand rows."""
ERASE = "\x15"
"""ctrl+u: the box is empty."""


def keys(bench: Bench) -> Iterator[Figure]:
    """Row 3: the same keys on both, turn by turn, to the first bytes that they lead to."""
    for instances, name, goal in ((MANY, "100,000", 1.2), (MILLION, "a million", 1.5)):
        with bench.open(instances) as many, bench.open(FEW) as few:
            for line in (many, few):
                line.until(READY)
                line.press(INSTANCES)
            rounds = min(3 * bench.rounds, MOST_PAGES)
            for key_name, key in MOVES:
                pairs = [(_moved(many, key), _moved(few, key)) for _ in range(rounds)]
                yield ratio_by_pairs(3, f"{key_name}, {name} to a thousand", pairs, goal)
            sorts: dict[str, list[tuple[float, float]]] = {order: [] for order in ORDERS}
            for _ in range(bench.rounds):
                for pairs in sorts.values():
                    pairs.append((many.answers(SORT, whole=True), few.answers(SORT, whole=True)))
            for order, pairs in sorts.items():
                yield ratio_by_pairs(3, f"sort by {order}, {name} to a thousand", pairs, goal)
            for line in (many, few):
                line.press("/")
            pairs = [(_letter(many), _letter(few)) for _ in range(rounds)]
            yield ratio_by_pairs(3, f"a letter in the filter, {name} to a thousand", pairs, goal)


def _moved(line: Line, key: str) -> float:
    """From the other end, where the key leads to one."""
    if key in {HOME, END}:
        line.press(END if key == HOME else HOME)
    return line.answers(key)


def _letter(line: Line) -> float:
    line.press(ERASE)
    return line.answers("z")


def against_visidata(bench: Bench) -> Iterator[Figure]:
    """Row 5: a row down in the same rows, where visidata is to be had (VISIDATA, or PATH)."""
    program = os.environ.get("VISIDATA") or shutil.which("vd")
    if program is None:
        return
    rows = bench.folder / "rows.csv"
    _export(bench.home(FEW), rows)
    with bench.open(FEW) as ours, Line([program, str(rows)]) as theirs:
        ours.until(READY)
        ours.press(INSTANCES)
        theirs.until(f"{FEW} rows")
        pairs = [(ours.answers(DOWN), theirs.answers(DOWN)) for _ in range(3 * bench.rounds)]
    yield ratio_by_pairs(5, "row down, to visidata's", pairs, 0.2)


def _export(home: Path, target: Path) -> None:
    with closing(sqlite3.connect(home / "store.db")) as db, target.open("w", newline="") as out:
        rows = db.execute("SELECT name, id, kind, region, ends_at, monthly_price FROM items")
        writer = csv.writer(out)
        writer.writerow([each[0] for each in rows.description])
        writer.writerows(rows)
