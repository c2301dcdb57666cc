"""Many processes that renew the same thing at the same time, from one home or several."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from shutil import copy
from time import sleep
from typing import Any

from tests.fire.deaths import INSTANCES, a_home
from tests.fire.dying import must_do
from tests.fire.over_sdk import served_home, with_the_sdk
from tests.fire.report import Report
from tests.fire.truth import Charge, all_settled, faults, renewals_of, rows_of
from tui.cli import run

LATE_WORDS = ("already renewed", "already in progress", "settled by another process")
TRIES = 5
"""A second apart."""


def homes_on_one_cloud(folder: Path, count: int) -> list[Path]:
    """Homes with stores of their own; the cloud of the first is everyone's."""
    first = a_home(folder / "home-0")
    homes = [first]
    for number in range(1, count):
        home = folder / f"home-{number}"
        home.mkdir(mode=0o700)
        (home / "practice.db").symlink_to(first / "practice.db")
        homes.append(home)
    for home in homes:
        must_do(home, ["sync"])
    return homes


def race(folder: Path, races: int, homes: int, seed: int = 0) -> Report:
    """Eight processes at a time, spread over so many homes of one cloud."""
    chance, report = Random(seed), Report("races of eight processes")
    every = homes_on_one_cloud(folder, homes)

    def renewals() -> list[Charge]:
        return renewals_of(every[0])

    for _ in range(races):
        for home in every:
            must_do(home, ["sync"])
        instance_id = chance.choice(INSTANCES)
        months = [chance.choice((1, 2, 3)) for _ in range(8)]
        before = len(renewals())
        results = together([(every[n % homes], instance_id, months[n]) for n in range(8)])
        report.tried += 1
        report.lost += [f"race {report.tried}: {fault}" for fault in _faults(results, report)]
        charges = len(renewals()) - before
        if charges != 1:
            report.lost.append(f"race {report.tried}: {charges} charges for one end date")
        report.lost += [f"race {report.tried}: {fault}" for fault in faults(every[0], tuple(every))]
        report.lost += _wanted_again(chance.choice(every), instance_id, renewals)
    return report


def race_unsynced(folder: Path, races: int, seed: int = 0) -> Report:
    """Eight homes at a time that were never synced, of one practice cloud."""
    folder.mkdir(mode=0o700)
    first = a_home(folder / "first")

    def make(home: Path) -> None:
        (home / "practice.db").symlink_to(first / "practice.db")

    what = "races of eight homes that were never synced, at the practice cloud"
    return _race_unsynced(folder, races, seed, Course(what, make, lambda: renewals_of(first)))


def race_unsynced_over_sdk(folder: Path, races: int, seed: int = 0) -> Report:
    """Eight homes at a time that were never synced, over the SDK."""
    folder.mkdir(mode=0o700)
    with_the_sdk()
    with served_home(folder / "first") as served:

        def make(home: Path) -> None:
            copy(served.home / "config.toml", home)

        what = "races of eight homes that were never synced, over the SDK"
        return _race_unsynced(folder, races, seed, Course(what, make, served.charges))


@dataclass(frozen=True)
class Course:
    """Where a race of homes is run."""

    what: str
    furnish: Callable[[Path], None]
    """Puts into a new home what leads it to the one cloud."""
    charges: Callable[[], list[Charge]]
    """What that cloud has charged."""


def _race_unsynced(folder: Path, races: int, seed: int, course: Course) -> Report:
    chance, report, every = Random(seed), Report(course.what), list[Path]()
    for number in range(races):
        homes = [folder / f"home-{number}-{index}" for index in range(8)]
        for home in homes:
            home.mkdir(mode=0o700)
            course.furnish(home)
        every += homes
        instance_id = INSTANCES[number % 3]  # from the fourth race on it was renewed just before
        before = len(course.charges())
        results = together([(home, instance_id, chance.choice((1, 2, 3))) for home in homes])
        report.tried += 1
        lost = list(_faults(results, report))
        charges, expected = len(course.charges()) - before, int(number < 3)
        if charges != expected:
            lost.append(f"{charges} charges, not {expected}")
        lost += all_settled(course.charges(), [rows_of(home) for home in every])
        lost += _wanted_again(homes[number % 8], instance_id, course.charges)
        report.lost += [f"race {report.tried}: {fault}" for fault in lost]
    return report


def _faults(results: Sequence[dict[str, Any]], report: Report) -> Iterator[str]:
    for result in results:
        how = next((words for words in LATE_WORDS if words in result["message"]), "")
        report.came_to[f"{result['outcome']} {how}".strip()] += 1
        if result["outcome"] != "paid" and not (result["outcome"] == "blocked" and how):
            yield f"{result['outcome']}: {result['message']}"


def _wanted_again(
    home: Path, instance_id: str, charges: Callable[[], list[Charge]]
) -> Iterator[str]:
    """A second renewal that is wanted goes through; within seconds of the first order, whose time
    is known to the second only, it may be taken for a command typed before it."""
    before = len(charges())
    must_do(home, ["sync"])
    [result] = together([(home, instance_id, 1)])
    for _ in range(TRIES):
        if "already renewed since" in result["message"]:
            sleep(1)
            [result] = together([(home, instance_id, 1)])
    if result["outcome"] != "paid" or len(charges()) != before + 1:
        yield f"the second renewal: {result['outcome']}, {result['message']}"


def together(wanted: Sequence[tuple[Path, str, int]]) -> list[dict[str, Any]]:
    """The results of renewals that begin at one moment, each in a separate process."""
    start, starting = os.pipe()
    answers = []
    for home, instance_id, months in wanted:
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(starting)
            _renew(home, (instance_id, "--months", str(months)), start, writing)
        os.close(writing)
        answers.append(os.fdopen(reading, "r"))
    os.close(start)
    os.close(starting)
    results = []
    for answer in answers:
        with answer:
            results += json.load(answer)["results"]
        os.wait()
    return results


def _renew(home: Path, wanted: Sequence[str], start: int, tell: int) -> None:
    try:
        os.read(start, 1)  # comes back when the starter closes its end, for all at once
        os.dup2(tell, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        run(["--home", str(home), "renew", *wanted, "--yes", "--json"])
        sys.stdout.flush()
    finally:
        os._exit(0)
