"""Measure the program, and print each figure with its goal. No figure fails a test."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from tests.bench import moving, starting, working, writing
from tests.bench.figures import Bench, Figure, Row

ROWS: tuple[tuple[tuple[int, ...], Row], ...] = (
    ((1,), starting.start),
    ((2,), starting.second),
    ((3,), moving.keys),
    ((4,), working.filters),
    ((5,), moving.against_visidata),
    ((6,), starting.memory),
    ((7, 8, 9), writing.keys),
    ((10,), writing.held),
    ((11,), starting.idle),
    ((12,), working.status),
    ((13,), working.sync),
    ((14,), working.rules),
)
"""What measures which rows."""


def main() -> None:
    """Measure and print."""
    chosen = _parser().parse_args()
    wanted = set(map(int, chosen.rows.split(","))) if chosen.rows else None
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.folder or Path(scratch)
        bench = Bench(folder, chosen.rounds, chosen.idle, chosen.display)
        _print(_head(chosen.display, table=chosen.readme))
        for numbers, measure in ROWS:
            if wanted is None or wanted.intersection(numbers):
                for each in measure(bench):
                    _print(_table_line(each) if chosen.readme else _line(each))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rows", default="", help="only these, as 3,4")
    parser.add_argument("--rounds", type=int, default=9, help="pairs of what is compared")
    parser.add_argument("--idle", type=float, default=60.0, help="seconds to idle")
    parser.add_argument("--display", choices=("thin", "plain"), default="thin")
    parser.add_argument("--folder", type=Path, help="keep the accounts there, for another time")
    parser.add_argument("--readme", action="store_true", help="as a table of README")
    return parser


def _head(display: str, *, table: bool) -> str:
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    where = f"120x40, xterm-256color, display {display}, {machine}, load {os.getloadavg()[0]:.1f}"
    if table:
        return f"{where}\n\n| row | what | figure | goal | |\n|--:|---|--:|--:|---|"
    return f"{where}\n{'row':>3}  {'what':<56} {'figure':>8} {'goal':>6}"


def _line(each: Figure) -> str:
    kept = "ok" if each.kept else "missed"
    return (
        f"{each.row:>3}  {each.what:<56} {each.value:>8.2f} {each.goal:>6.2f} "
        f"{kept:<7}{each.detail}"
    )


def _table_line(each: Figure) -> str:
    kept = "ok" if each.kept else "missed"
    return f"| {each.row} | {each.what} | {each.value:.2f} | {each.goal:.2f} | {kept} |"


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
