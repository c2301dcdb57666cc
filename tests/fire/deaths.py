"""Many deaths in the middle of renewals at the practice cloud, each followed by a start that
settles it."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random

from store.clouds.practice.cloud import PracticeCloud
from tests.fire.dying import Ended, in_a_process, must_do
from tests.fire.report import MOST_STARTS, Report
from tests.fire.truth import faults, renewals_of, rows_of
from tests.store.practice.accounts import enterprise, resource_plan, scenario, sdk_license

INSTANCES = ("iot-1", "iot-2", "iot-3", "vod-1")
MEASURED_ANEW = 20
MOST_IN_A_HOME = 50
EVENLY = 0.618033988749895
"""Multiples of the golden section, less their whole parts, are spread evenly."""
DONE, OPEN = 0, 11
LOOK = ("payments", "reconcile")
RESEND = (*LOOK, "--resend")


def a_home(folder: Path) -> Path:
    """A home with three instances, an order of two licenses, a plan, and enough money."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    document = scenario(
        "99999999.00",
        instances=[enterprise(name, "2026-11-24") for name in INSTANCES[:3]],
        licenses=[sdk_license(), sdk_license("lic-2")],
        plans=[resource_plan()],
    )
    path = folder / "scenario.json"
    path.write_text(json.dumps(document))
    for command in (["practice", "reset", "--scenario", str(path)], ["sync"]):
        must_do(folder, command)
    return folder


def in_homes(
    kill: Callable[[Path, int, int], Report], folder: Path, deaths: int, seed: int, most: int
) -> Report:
    """The same in one home after another, each of so many deaths at most, since the steps
    grow with a home's orders."""
    whole = kill(folder / "home-0", min(most, deaths), seed)
    while whole.tried < deaths:
        number = whole.tried // most
        some = min(most, deaths - whole.tried)
        whole.add(kill(folder / f"home-{number}", some, seed + number))
    return whole


def kill_renewals(folder: Path, deaths: int, seed: int = 0) -> Report:
    """Kill that many renewals at the practice cloud, spread over homes."""
    return in_homes(_kill_in_a_home, folder, deaths, seed, MOST_IN_A_HOME)


def _kill_in_a_home(folder: Path, deaths: int, seed: int) -> Report:
    """Kill one payment after another, and settle each; then count."""
    home, chance, steps = a_home(folder), Random(seed), 0
    report = Report("deaths in the middle of a renewal at the practice cloud")
    for attempt in count():
        if report.tried == deaths:
            return report
        instance_id, months = chance.choice(INSTANCES), chance.choice((1, 2, 3))
        must_do(home, ["sync"])
        if attempt % MEASURED_ANEW == 0:
            steps = _undisturbed(home)
        _maybe_fail(home, chance)
        before = len(renewals_of(home)), len(rows_of(home))
        die_at = 1 + int(attempt * EVENLY % 1 * steps)
        if died(in_a_process(home, renewing(instance_id, months), die_at=die_at)):
            report.tried += 1
            report.stood[how_it_stood(home, len(renewals_of(home)), *before)] += 1
        _settle(home, chance, report)
        report.lost += [f"death {report.tried}: {fault}" for fault in faults(home)]
    return report


def _undisturbed(home: Path) -> int:
    """The steps of a whole payment; they grow with the orders that there are to look at."""
    with PracticeCloud.open(home / "practice.db") as cloud:
        cloud.fail_off()
    whole = must_do(home, renewing(INSTANCES[0], 1), counted=True)
    must_do(home, ["sync"])
    return whole.steps


def renewing(instance_id: str, months: int) -> list[str]:
    """The command that renews."""
    return ["renew", instance_id, "--months", str(months), "--yes"]


def _maybe_fail(home: Path, chance: Random) -> None:
    with PracticeCloud.open(home / "practice.db") as cloud:
        cloud.fail_off()
        if chance.random() < 0.25:
            how = chance.choice(("timeout", "reset", "5xx", "throttle"))
            cloud.fail("renew", chance.choice(("before", "after")), how)


def died(ended: Ended) -> bool:
    """Whether it was killed."""
    return ended.code < 0


def how_it_stood(home: Path, charges: int, charges_before: int, rows_before: int) -> str:
    """What the journal and the cloud had when the process died."""
    charged = "charged" if charges > charges_before else "not charged"
    journal = rows_of(home)
    if len(journal) == rows_before:
        return f"died not written down, {charged}"
    return f"died with the payment {journal[-1].state}, {charged}"


def _settle(home: Path, chance: Random, report: Report) -> None:
    """Start again as often as it takes; some of these starts are killed, too."""
    for _ in range(MOST_STARTS):
        die_at = sometimes(chance)
        ended = in_a_process(home, LOOK, die_at=die_at)
        if ended.code == OPEN:
            ended = in_a_process(home, RESEND, die_at=die_at)
            report.came_to["settled by asking again"] += ended.code == DONE
        elif ended.code == DONE:
            report.came_to["settled by looking, or nothing was open"] += 1
        if ended.code == DONE:
            return
        report.came_to["starts that were killed as well"] += died(ended)
    report.lost.append(f"death {report.tried}: not settled after {MOST_STARTS} starts")


def sometimes(chance: Random) -> int:
    """A step at which a start is killed as well; mostly 0, never."""
    return chance.randrange(1, 600) if chance.random() < 0.3 else 0
