"""`python -m tests.fire --deaths 1000`: the long form; what was tried and what was lost."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fire.deaths import Report, kill_in_homes
from tests.fire.races import Races, race


def main() -> int:
    """0: nothing was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.fire", description=__doc__)
    parser.add_argument("--deaths", type=int, default=1000)
    parser.add_argument("--races", type=int, default=0, help="on one home, and on four")
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    lost = 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        if wanted.deaths:
            lost += _told(kill_in_homes(folder, wanted.deaths, wanted.seed))
        for homes in (1, 4) if wanted.races else ():
            lost += _told(race(folder / f"of-{homes}", wanted.races, homes, wanted.seed))
    return 1 if lost else 0


def _told(report: Report | Races) -> int:
    sys.stdout.writelines(f"{line}\n" for line in report.lines())
    sys.stdout.flush()
    return len(report.lost)


if __name__ == "__main__":
    sys.exit(main())
