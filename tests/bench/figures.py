"""What the rows of the table are measured with, and what they give."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.line import ROOT, Line

PROGRAM = [sys.executable, "-m", "tui"]
HELLO = [sys.executable, str(Path(__file__).with_name("hello.py"))]
READY = ": find"
"""A word on the last lines of the main screen."""
INSTANCES = "1"
"""The key of the pane of instances, whose rows are measured."""
TOUR, FEW, MANY, MILLION = 0, 1000, 100_000, 1_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured. All values are ratios, bytes or seconds; less is better."""

    row: int
    what: str
    value: float
    goal: float
    detail: str = ""

    @property
    def kept(self) -> bool:
        """Whether the goal is reached, to the precision that is shown."""
        return round(self.value, 2) <= self.goal


@dataclass(frozen=True, slots=True)
class Bench:
    """How to measure, and the practice accounts to measure on, made when first asked for."""

    folder: Path
    rounds: int = 9
    """Pairs of what is compared."""
    idle: float = 60.0
    """Seconds."""
    display: str = "thin"

    def home(self, instances: int = TOUR) -> Path:
        """A synced practice account with so many instances, or the tour."""
        home = self.folder / (str(instances) if instances else "tour")
        if not (home / "store.db").exists():
            home.mkdir(parents=True, exist_ok=True)
            (home / "config.toml").write_text(f'display = "{self.display}"\n')
            more = ["--instances", str(instances)] if instances else []
            for words in (["practice", "reset", *more], ["sync"]):
                subprocess.run(
                    [*PROGRAM, "--home", str(home), *words],
                    check=True, cwd=ROOT, capture_output=True,
                )  # fmt: skip
        return home

    def open(self, instances: int = TOUR) -> Line:
        """The program on that account, in a terminal."""
        return Line(PROGRAM, RENEWAL_HOME=str(self.home(instances)))


Row = Callable[[Bench], Iterable[Figure]]


Pairs = Sequence[tuple[float, float]]
"""What is compared, measured turn by turn."""


def ratio(row: int, what: str, pairs: Pairs, goal: float) -> Figure:
    """The least of the first to the least of the second: whatever else a machine does while a
    program runs only adds to its time."""
    ours, floor = (min(times) for times in zip(*pairs, strict=True))
    return Figure(row, what, ours / max(floor, 1e-9), goal, _detail(pairs))


def ratio_by_pairs(row: int, what: str, pairs: Pairs, goal: float) -> Figure:
    """The median of the first of a pair to the second: for keys, some of which have more to do
    than others."""
    middle = statistics.median(ours / max(floor, 1e-9) for ours, floor in pairs)
    return Figure(row, what, middle, goal, _detail(pairs))


def _detail(pairs: Pairs) -> str:
    all_ = [ours / max(floor, 1e-9) for ours, floor in pairs]
    return f"{len(all_)} rounds, {min(all_):.2f} to {max(all_):.2f}"
