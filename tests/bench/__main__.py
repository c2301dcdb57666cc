"""Measure start, bytes and idling, and print each figure beside its goal. Nothing fails."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.line import ROOT, Line

PROGRAM = [sys.executable, "-m", "tui"]
HELLO = [sys.executable, str(Path(__file__).with_name("hello.py"))]
DOWN = "\x1b[B"
REPAINT = "\x0c"
READY = "palette"
"""A word on the last lines of the main screen."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured; all values are ratios, bytes or seconds."""

    row: str
    what: str
    value: float
    goal: float
    detail: str


@dataclass(frozen=True, slots=True)
class Homes:
    """Two practice accounts."""

    tour: Path
    thousand: Path


def make_homes(folder: Path, display: str) -> Homes:
    """Practice accounts, made as a person would make them."""
    homes = Homes(folder / "tour", folder / "thousand")
    for home, more in ((homes.tour, []), (homes.thousand, ["--instances", "1000"])):
        home.mkdir()
        (home / "config.toml").write_text(f'display = "{display}"\n')
        subprocess.run(
            [*PROGRAM, "--home", str(home), "practice", "reset", *more],
            check=True, cwd=ROOT, capture_output=True,
        )  # fmt: skip
        with Line(PROGRAM, RENEWAL_HOME=str(home)) as line:
            line.until(READY)
    return homes


def start(homes: Homes, rounds: int) -> list[Figure]:
    """Row 1: in pairs with the smallest app, so that a busy machine cancels out."""
    walls, cpus = [], []
    for _ in range(rounds):
        (wall, cpu), (floor_wall, floor_cpu) = (
            _one_start(PROGRAM, READY, homes.tour), _one_start(HELLO, "hello, world", homes.tour),
        )  # fmt: skip
        walls.append(wall / floor_wall)
        cpus.append(cpu / floor_cpu)
    return [
        Figure("1", f"start, {name}, to the smallest app's", statistics.median(all_), 1.35,
               f"{rounds} rounds, {min(all_):.2f} to {max(all_):.2f}")
        for name, all_ in (("wall", walls), ("CPU", cpus))
    ]  # fmt: skip


def _one_start(command: list[str], ready: str, home: Path) -> tuple[float, float]:
    with Line(command, RENEWAL_HOME=str(home)) as line:
        return line.until(ready), line.cpu


def keys(homes: Homes, rounds: int) -> list[Figure]:
    """Rows 7 to 9: bytes are the same on any machine."""
    with Line(PROGRAM, RENEWAL_HOME=str(homes.thousand)) as line:
        line.until(READY)
        first = line.settle(1.0)
        frame, _ = line.press(REPAINT)
        presses = [line.press(DOWN) for _ in range(10)]
        while line.press(DOWN)[1] < 500:
            continue
        scrolls = [line.press(DOWN) for _ in range(max(rounds, 9))]
    return [
        _per_cell("7", "bytes a cell, cursor inside a page", presses, 1.5),
        _per_cell("8", "bytes a cell, scrolling by a row", scrolls, 0.15),
        Figure("9", "first screen to one full frame", first / frame, 1.3,
               f"{first} bytes, a frame {frame}"),
    ]  # fmt: skip


def _per_cell(row: str, what: str, presses: list[tuple[int, int]], goal: float) -> Figure:
    count = statistics.median(each for each, _ in presses)
    cells = statistics.median(each for _, each in presses)
    ratio = statistics.median(each / max(some, 1) for each, some in presses)
    return Figure(row, what, ratio, goal, f"{count:.0f} bytes, {cells:.0f} cells")


def held(homes: Homes, _rounds: int) -> list[Figure]:
    """Row 10: a key that repeats 30 times a second for 4 s, on a line of 8 kB/s."""
    with Line(PROGRAM, RENEWAL_HOME=str(homes.thousand)) as line:
        line.until(READY)
        line.speed, before = 8000, line.received
        for _ in range(120):
            line.send(DOWN)
            line.read_for(1 / 30)
        released = time.monotonic()
        line.settle(1.5)
    lag = max(line.last - released, 0.0)
    return [Figure("10", "held key at 8 kB/s, seconds to the last byte", lag, 1.0,
                   f"{(line.received - before) / 120:.0f} bytes a key")]  # fmt: skip


def idle(homes: Homes, seconds: float) -> list[Figure]:
    """Row 11: nothing due, nobody there."""
    ours, ours_cpu = _idle(PROGRAM, READY, homes.thousand, seconds)
    _, floor_cpu = _idle(HELLO, "hello, world", homes.thousand, seconds)
    return [
        Figure("11", f"idle for {seconds:.0f} s, bytes", ours, 0, ""),
        Figure("11", f"idle for {seconds:.0f} s, CPU to the smallest app's",
               ours_cpu / max(floor_cpu, 0.01), 1.0, f"{ours_cpu:.2f} s and {floor_cpu:.2f} s"),
    ]  # fmt: skip


def _idle(command: list[str], ready: str, home: Path, seconds: float) -> tuple[int, float]:
    with Line(command, RENEWAL_HOME=str(home)) as line:
        line.until(ready)
        before, cpu = line.settle(1.0), line.cpu
        line.read_for(seconds)
        return line.received - before, line.cpu - cpu


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="pairs of starts")
    parser.add_argument("--idle", type=float, default=60.0, help="seconds to idle")
    parser.add_argument("--display", choices=("thin", "plain"), default="thin")
    chosen = parser.parse_args()
    measures: list[Callable[[Homes], list[Figure]]] = [
        lambda homes: start(homes, chosen.rounds),
        lambda homes: keys(homes, chosen.rounds),
        lambda homes: held(homes, chosen.rounds),
        lambda homes: idle(homes, chosen.idle),
    ]
    load, cores = os.getloadavg()[0], os.cpu_count()
    _say(f"120x40, xterm-256color, display {chosen.display}, {cores} cores, load {load:.1f}")
    _say(f"{'row':>3}  {'what':<52} {'figure':>8} {'goal':>6}")
    with tempfile.TemporaryDirectory() as folder:
        homes = make_homes(Path(folder), chosen.display)
        for measure in measures:
            for each in measure(homes):
                kept = "" if each.value <= each.goal else "over"
                _say(
                    f"{each.row:>3}  {each.what:<52} {each.value:>8.2f} {each.goal:>6.2f}"
                    f" {kept:<5}{each.detail}"
                )


if __name__ == "__main__":
    main()
