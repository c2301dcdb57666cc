"""Keys in the table, at a thousand instances and at a million: rows 3 to 5."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.bench.figures import FEW, MANY, READY, Bench, Figure, ratio
from tests.bench.line import Line
from tests.bench.writing import DOWN

PAGE_DOWN, HOME, END, SORT = "\x1b[6~", "\x1b[H", "\x1b[F", "o"
MOVES = (("down", DOWN), ("page down", PAGE_DOWN), ("end", END), ("home", HOME))
ORDERS = ("name", "Instance ID", "edition", "region", "state", "end", "what follows", "auto")
"""What the table of instances is sorted by, one after another."""
WORDS = (
    ("one letter", "p"), ("a frequent word", "factory"), ("a rare word", "4711"),
    ("two words", "singapore 36"), ("one Chinese letter", "西"), ("Chinese", "西安"),
    ("no hit", "zzzz"), ("no hit, two letters", "qj"), ("a region", "shanghai"),
    ("a state", "stopped"), ("a rare state", "expired"), ("auto-renewal", "off"),
    ("a day", "nov"), ("a time", "23:17"),
)  # fmt: skip
ERASE = "\x15"
"""ctrl+u: the box is empty."""


def keys(bench: Bench) -> Iterator[Figure]:
    """Row 3: the same keys on both, turn by turn."""
    with bench.open(MANY) as many, bench.open(FEW) as few:
        for line in (many, few):
            line.until(READY)
        for name, key in MOVES:
            pairs = [(_moved(many, key), _moved(few, key)) for _ in range(bench.rounds)]
            yield ratio(3, f"{name}, a million to a thousand", pairs, 1.2)
        sorts: dict[str, list[tuple[float, float]]] = {name: [] for name in ORDERS}
        for _ in range(bench.rounds):
            for pairs in sorts.values():
                pairs.append((many.answers(SORT, whole=True), few.answers(SORT, whole=True)))
        for name, pairs in sorts.items():
            yield ratio(3, f"sort by {name}, a million to a thousand", pairs, 1.5)


def _moved(line: Line, key: str) -> float:
    """From the other end, where the key leads to one."""
    if key in {HOME, END}:
        line.press(END if key == HOME else HOME)
    return line.answers(key)


def words(bench: Bench) -> Iterator[Figure]:
    """Row 4: from the last key of a word to the first page of what has it."""
    with bench.open(MANY) as many, bench.open(FEW) as few:
        for line in (many, few):
            line.until(READY)
            line.press("/")
        for name, word in WORDS:
            pairs = [(_filtered(many, word), _filtered(few, word)) for _ in range(bench.rounds)]
            yield ratio(4, f"filter by {name}, a million to a thousand", pairs, 2)
        typed = [(_letter(many), _letter(few)) for _ in range(bench.rounds)]
        yield ratio(4, "a letter in the box, a million to a thousand", typed, 1.2)


def _filtered(line: Line, word: str) -> float:
    line.press(ERASE)
    line.shows(" of ", shown=False)
    started = time.monotonic()
    line.send(word)
    return line.shows(f"/ {word} ") - started


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
        theirs.until(f"{FEW} rows")
        pairs = [(ours.answers(DOWN), theirs.answers(DOWN)) for _ in range(3 * bench.rounds)]
    yield ratio(5, "row down, to visidata's", pairs, 0.2)


def _export(home: Path, target: Path) -> None:
    with closing(sqlite3.connect(home / "store.db")) as db, target.open("w", newline="") as out:
        found = db.execute("SELECT name, id, kind, region, ends_at, monthly_price FROM items")
        writer = csv.writer(out)
        writer.writerow([each[0] for each in found.description])
        writer.writerows(found)
