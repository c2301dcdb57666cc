"""`python -m tests.fire --deaths 1000`: the long form; what was tried and what was lost."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fire.deaths import kill_renewals
from tests.fire.disks import fill_up
from tests.fire.dying import import_commands
from tests.fire.odd_answers import odd_answers
from tests.fire.over_sdk import kill_over_sdk
from tests.fire.purchases import kill_purchases
from tests.fire.races import race, race_unsynced, race_unsynced_over_sdk
from tests.fire.report import Report
from tests.fire.sequences import play_sequences

KINDS: dict[str, Callable[[Path, int, int], Report]] = {
    "practice": kill_renewals,
    "sdk": kill_over_sdk,
    "purchases": kill_purchases,
}


def main() -> int:
    """0: nothing was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.fire", description=__doc__)
    parser.add_argument("--deaths", type=int, default=1000, help="shared by the kinds")
    parser.add_argument("--over", choices=KINDS, action="append", help="this kind only")
    parser.add_argument("--races", type=int, default=0, help="of each kind")
    parser.add_argument("--disks", type=int, default=0, help="payments whose disk fills up")
    parser.add_argument("--sequences", type=int, default=0, help="of whole commands")
    parser.add_argument(
        "--answers", type=int, help="answers with an odd value in one field; 0: all of them"
    )
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    import_commands()
    lost = 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        for kind, deaths in _shared(wanted.deaths, wanted.over or list(KINDS)):
            lost += _print_report(KINDS[kind](folder / kind, deaths, wanted.seed))
        for homes in (1, 4) if wanted.races else ():
            lost += _print_report(race(folder / f"of-{homes}", wanted.races, homes, wanted.seed))
        if wanted.races:
            lost += _print_report(race_unsynced(folder / "unsynced", wanted.races, wanted.seed))
            lost += _print_report(
                race_unsynced_over_sdk(folder / "sdk-races", wanted.races, wanted.seed)
            )
        if wanted.disks:
            lost += _print_report(fill_up(folder / "disks", wanted.disks))
        if wanted.sequences:
            lost += _print_report(
                play_sequences(folder / "sequences", wanted.sequences, wanted.seed)
            )
        if wanted.answers is not None:
            lost += _print_report(odd_answers(folder / "answers", wanted.answers, wanted.seed))
    return 1 if lost else 0


def _shared(deaths: int, kinds: Sequence[str]) -> list[tuple[str, int]]:
    """So many deaths of each kind; the first kinds have what cannot be shared evenly."""
    each, over = divmod(deaths, len(kinds))
    shares = [(kind, each + (index < over)) for index, kind in enumerate(kinds)]
    return [(kind, share) for kind, share in shares if share]


def _print_report(report: Report) -> int:
    sys.stdout.writelines(f"{line}\n" for line in report.lines())
    sys.stdout.flush()
    return len(report.lost)


if __name__ == "__main__":
    sys.exit(main())
