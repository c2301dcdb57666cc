"""`python -m tests.long --events year --syncs 10000`: what a long life leaves behind."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
import tracemalloc
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.long.lives import live_by_events, live_by_syncs
from tests.long.measures import Held, grown

LENGTHS = {
    "no": timedelta(0),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}


def main() -> int:
    """0: nothing was left behind, and memory stayed flat."""
    parser = argparse.ArgumentParser(prog="python -m tests.long", description=__doc__)
    parser.add_argument("--events", choices=LENGTHS, default="year")
    parser.add_argument("--syncs", type=int, default=10_000)
    wanted = parser.parse_args()
    tracemalloc.start()
    left = 0
    with TemporaryDirectory() as name:
        if wanted.events != "no":
            taken: list[Held] = []
            left += _run(
                asyncio.run(live_by_events(Path(name, "e"), LENGTHS[wanted.events], taken)), taken
            )
        if wanted.syncs:
            taken = []
            left += _run(live_by_syncs(Path(name, "s"), wanted.syncs, taken), taken)
    return 1 if left else 0


def _run(lines: Iterable[str], taken: list[Held]) -> int:
    began = time.monotonic()
    for line in lines:
        sys.stdout.write(f"{line}\n")
    problems = grown(taken)
    sys.stdout.write(f"left behind: {', '.join(problems) or 'nothing'}")
    sys.stdout.write(f" ({time.monotonic() - began:.0f} s)\n\n")
    sys.stdout.flush()
    return len(problems)


if __name__ == "__main__":
    sys.exit(main())
