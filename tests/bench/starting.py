"""Starting, and lying idle: rows 1, 2, 6 and 11."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil

from tests.bench.figures import (
    FEW,
    HELLO,
    MANY,
    MILLION,
    PROGRAM,
    READY,
    TOUR,
    Bench,
    Figure,
    ratio,
)
from tests.bench.line import Line

GREETING = "hello, world"


def start(bench: Bench) -> Iterator[Figure]:
    """Row 1: the tour's main screen, against the smallest app."""
    home = bench.home()
    pairs = [
        (_one_start(PROGRAM, READY, home), _one_start(HELLO, GREETING, home))
        for _ in range(bench.rounds)
    ]
    for index, name in enumerate(("wall", "CPU")):
        each = [(ours[index], floor[index]) for ours, floor in pairs]
        yield ratio(1, f"start, {name}, to the smallest app's", each, 1.25)


def _one_start(command: list[str], ready: str, home: Path) -> tuple[float, float]:
    with Line(command, RENEWAL_HOME=str(home)) as line:
        return line.until(ready), line.cpu


def second(bench: Bench) -> Iterator[Figure]:
    """Row 2: the start after a visit, with a hundred thousand instances against a thousand: it
    tells what has changed since."""
    for instances in (MANY, FEW):
        with bench.open(instances) as line:
            line.until(READY)
            line.leave("q")
    pairs = [
        (_one_start(PROGRAM, READY, bench.home(MANY)), _one_start(PROGRAM, READY, bench.home(FEW)))
        for _ in range(bench.rounds)
    ]
    for index, name in enumerate(("wall", "CPU")):
        each = [(many[index], few[index]) for many, few in pairs]
        yield ratio(2, f"second start, {name}, 100,000 to a thousand", each, 1.1)


def memory(bench: Bench) -> Iterator[Figure]:
    """Row 6: what is resident once the screen is there, against the smallest app."""
    for instances, name, goal in ((TOUR, "the tour", 1.4), (MILLION, "a million", 1.6)):
        home = bench.home(instances)
        pair = (_resident(PROGRAM, READY, home), _resident(HELLO, GREETING, home))
        yield ratio(6, f"memory at {name}, to the smallest app's", [pair], goal)


def _resident(command: list[str], ready: str, home: Path) -> float:
    with Line(command, RENEWAL_HOME=str(home)) as line:
        line.until(ready)
        return float(psutil.Process(line.pid).memory_info().rss)


def idle(bench: Bench) -> Iterator[Figure]:
    """Row 11: nothing is due and no key is pressed."""
    home, seconds = bench.home(FEW), bench.idle
    ours, ours_cpu = _idle(PROGRAM, READY, home, seconds)
    _, floor_cpu = _idle(HELLO, GREETING, home, seconds)
    yield Figure(11, f"idle for {seconds:.0f} s, bytes", ours, 0)
    yield Figure(
        11, f"idle for {seconds:.0f} s, CPU to the smallest app's",
        ours_cpu / max(floor_cpu, 0.01), 1.0, f"{ours_cpu:.2f} s and {floor_cpu:.2f} s",
    )  # fmt: skip


def _idle(command: list[str], ready: str, home: Path, seconds: float) -> tuple[int, float]:
    with Line(command, RENEWAL_HOME=str(home)) as line:
        line.until(ready)
        before, cpu = line.settle(1.0), line.cpu
        line.read_for(seconds)
        return line.received - before, line.cpu - cpu
