"""Many deaths in the middle of payments, each followed by a start that settles it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

from store.clouds.practice import PracticeCloud
from tests.fire.dying import Ended, in_a_process, must_do
from tests.fire.truth import faults, renewals_of, rows_of
from tests.store.practice.accounts import enterprise, scenario, sdk_license

INSTANCES = ("iot-1", "iot-2", "iot-3", "vod-1")
MEASURED_ANEW = 20
MOST_IN_A_HOME = 50
EVENLY = 0.618033988749895
"""Multiples of the golden section, less their whole parts, are spread evenly."""
DONE, OPEN, RESEND = 0, 11, ("payments", "reconcile", "--resend")


@dataclass
class Report:
    """What was tried, and what was lost."""

    deaths: int = 0
    died: Counter[str] = field(default_factory=Counter)
    """How the payment stood when its process died."""
    settled: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Take in what another home came to."""
        self.deaths += other.deaths
        self.died += other.died
        self.settled += other.settled
        self.lost += other.lost

    def lines(self) -> Iterator[str]:
        """As words."""
        yield f"{self.deaths} deaths in the middle of a payment"
        for how, times in sorted(self.died.items()):
            yield f"  {times:5}  died with the payment {how}"
        for how, times in sorted(self.settled.items()):
            yield f"  {times:5}  {how}"
        yield f"lost: {len(self.lost) or 'nothing'}"
        yield from self.lost


def a_home(folder: Path) -> Path:
    """A home with three instances, a license order of two licenses, and enough money."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    document = scenario(
        "99999999.00",
        instances=[enterprise(name, "2026-11-24") for name in INSTANCES[:3]],
        licenses=[sdk_license(), sdk_license("lic-2")],
    )
    path = folder / "scenario.json"
    path.write_text(json.dumps(document))
    for command in (["practice", "reset", "--scenario", str(path)], ["sync"]):
        must_do(folder, command)
    return folder


def kill_in_homes(folder: Path, deaths: int, seed: int = 0) -> Report:
    """The same in one home after another, since the steps grow with a home's orders."""
    whole = Report()
    while whole.deaths < deaths:
        number = whole.deaths // MOST_IN_A_HOME
        most = min(MOST_IN_A_HOME, deaths - whole.deaths)
        whole.add(kill_payments(a_home(folder / f"deaths-{number}"), most, seed + number))
    return whole


def kill_payments(home: Path, deaths: int, seed: int = 0) -> Report:
    """Kill that many payments, one after another, and settle each; then count."""
    chance, report, steps = Random(seed), Report(), 0
    for attempt in count():
        if report.deaths == deaths:
            return report
        instance_id, months = chance.choice(INSTANCES), chance.choice((1, 2, 3))
        must_do(home, ["sync"])
        if attempt % MEASURED_ANEW == 0:
            steps = _undisturbed(home)
        _maybe_fail(home, chance)
        before = len(renewals_of(home)), len(rows_of(home))
        die_at = 1 + int(attempt * EVENLY % 1 * steps)
        if _died(in_a_process(home, _renew(instance_id, months), die_at=die_at)):
            report.deaths += 1
            report.died[_how_it_stood(home, *before)] += 1
        _settle(home, chance, report)
        report.lost += [f"death {report.deaths}: {fault}" for fault in faults(home)]
    return report


def _undisturbed(home: Path) -> int:
    """The steps of a whole payment; they grow with the orders that there are to look at."""
    with PracticeCloud.open(home / "practice.db") as cloud:
        cloud.fail_off()
    whole = must_do(home, _renew(INSTANCES[0], 1))
    must_do(home, ["sync"])
    return whole.steps


def _renew(instance_id: str, months: int) -> list[str]:
    return ["renew", instance_id, "--months", str(months), "--yes"]


def _maybe_fail(home: Path, chance: Random) -> None:
    with PracticeCloud.open(home / "practice.db") as cloud:
        cloud.fail_off()
        if chance.random() < 0.25:
            how = chance.choice(("timeout", "reset", "5xx", "throttle"))
            cloud.fail("renew", chance.choice(("before", "after")), how)


def _died(ended: Ended) -> bool:
    return ended.code < 0


def _how_it_stood(home: Path, orders: int, rows: int) -> str:
    charged = "charged" if len(renewals_of(home)) > orders else "not charged"
    journal = rows_of(home)
    if len(journal) == rows:
        return f"not written down, {charged}"
    return f"{journal[-1].state}, {charged}"


def _settle(home: Path, chance: Random, report: Report) -> None:
    """Start again as often as it takes; some of these starts are killed, too."""
    for _ in range(20):
        die_at = chance.randrange(1, 600) if chance.random() < 0.3 else 0
        ended = in_a_process(home, ["payments", "reconcile"], die_at=die_at)
        if ended.code == OPEN:
            ended = in_a_process(home, RESEND, die_at=die_at)
            report.settled["settled by asking again"] += ended.code == DONE
        elif ended.code == DONE:
            report.settled["settled by looking, or nothing was open"] += 1
        if ended.code == DONE:
            return
        report.settled["starts that were killed as well"] += _died(ended)
    report.lost.append(f"death {report.deaths}: not settled after 20 starts")
