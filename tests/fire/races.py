"""Many processes that renew the same thing at the same time, from one home or several."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from tests.fire.deaths import INSTANCES, a_home
from tests.fire.dying import must_do
from tests.fire.report import Report
from tests.fire.truth import faults, renewals_of
from tui.cli import run

LATE_WORDS = ("already renewed since", "already under way", "settled by another process")


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
    for _ in range(races):
        for home in every:
            must_do(home, ["sync"])
        instance_id = chance.choice(INSTANCES)
        months = [chance.choice((1, 2, 3)) for _ in range(8)]
        before = len(renewals_of(every[0]))
        results = together([(every[n % homes], instance_id, months[n]) for n in range(8)])
        report.tried += 1
        report.lost += [f"race {report.tried}: {fault}" for fault in _faults(results, report)]
        charges = len(renewals_of(every[0])) - before
        if charges != 1:
            report.lost.append(f"race {report.tried}: {charges} charges for one end date")
        report.lost += [f"race {report.tried}: {one}" for one in faults(every[0], tuple(every))]
        report.lost += _wanted_again(chance.choice(every), instance_id)
    return report


def _faults(results: Sequence[dict[str, Any]], report: Report) -> Iterator[str]:
    for result in results:
        how = next((words for words in LATE_WORDS if words in result["message"]), "")
        report.came_to[f"{result['outcome']} {how}".strip()] += 1
        if result["outcome"] != "paid" and not (result["outcome"] == "blocked" and how):
            yield f"{result['outcome']}: {result['message']}"


def _wanted_again(home: Path, instance_id: str) -> Iterator[str]:
    """A second renewal that is wanted goes through."""
    before = len(renewals_of(home))
    must_do(home, ["sync"])
    [result] = together([(home, instance_id, 1)])
    if result["outcome"] != "paid" or len(renewals_of(home)) != before + 1:
        yield f"the second renewal: {result['outcome']}, {result['message']}"


def together(wanted: Sequence[tuple[Path, str, int]]) -> list[dict[str, Any]]:
    """The results of renewals that begin at one moment, each in a process of its own."""
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
