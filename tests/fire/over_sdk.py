"""Many deaths in the middle of renewals over the official SDK, at a server of the tests.

The server lives in this process, so its charges outlive the clients that are killed. Each
death is at one of six moments; three of them the client chooses, three the server.
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from random import Random

from tests.alibaba.desk import KEY_ID, SECRET, Desk, days, instance
from tests.alibaba.server import Handler, Server
from tests.fire.deaths import (
    DONE,
    EVENLY,
    LOOK,
    OPEN,
    RESEND,
    died,
    how_it_stood,
    in_homes,
    renewing,
    sometimes,
)
from tests.fire.dying import ANSWERED, ASKED, SENT, WRITTEN, Ended, in_a_process, must_do
from tests.fire.report import MOST_STARTS, Report
from tests.fire.truth import Charge, all_settled, rows_of

INSTANCES = ("iot-1", "iot-2", "iot-3")
MOST_IN_A_HOME = 10
"""The client keeps within ten questions a second for the details of orders."""
ANY, BEFORE, UNDER_WAY, LATE, COMMITTED, AFTER = MOMENTS = (
    "at any step",
    "after it was written down as sent, before the request",
    "while the request was under way, which was then dropped",
    "while the request was under way, which took effect after the first look",
    "after the cloud had committed, before the answer",
    "after the answer, before it was written down",
)
_BETWEEN = {BEFORE: (SENT, ASKED), AFTER: (ANSWERED, WRITTEN)}
PAYS = "RenewInstance"
_LONGEST_WAIT = 30.0
_SDK = (
    "alibabacloud_bssopenapi20171214.client",
    "alibabacloud_bssopenapi20171214.models",
    "alibabacloud_credentials.client",
    "alibabacloud_tea_openapi.utils_models",
    "darabonba.runtime",
    "store.clouds.alibaba",
    "store.clouds.alibaba.guard",
)
"""Imported once, so that each process that is forked has them already."""


@dataclass
class Executioner:
    """Kills the client that the server is just serving."""

    pids: SimpleQueue[int] = field(default_factory=SimpleQueue)
    looked: threading.Event = field(default_factory=threading.Event)
    """The client has started again and looked once."""
    done: threading.Event = field(default_factory=threading.Event)
    """The request that was under way has taken effect."""

    def kill(self, handler: Handler) -> None:
        """The client is gone before it has an answer."""
        os.kill(self.pids.get(timeout=_LONGEST_WAIT), signal.SIGKILL)
        handler.close_connection = True

    def kill_and_carry_out(self, handler: Handler) -> None:
        """The client is gone; its request takes effect after it has looked again."""
        request = handler.server.requests[-1]
        self.kill(handler)
        self.looked.wait(_LONGEST_WAIT)
        with handler.server.working:
            handler.server.desk.answer(request.action, request.parameters)
        self.done.set()


@dataclass
class ServedHome:
    """A home, and the server that its account is at."""

    home: Path
    server: Server

    def charges(self) -> list[Charge]:
        """What the server charged, by its orders."""
        desk = self.server.desk
        orders = [order["OrderId"] for order in desk.orders]
        pairs = zip(orders, desk.charges, strict=True)
        return [Charge(order_id, *charged) for order_id, charged in pairs]


def kill_over_sdk(folder: Path, deaths: int, seed: int = 0) -> Report:
    """Kill that many renewals, evenly at each moment, spread over homes."""
    with_the_sdk()
    return in_homes(_kill_in_a_home, folder, deaths, seed, MOST_IN_A_HOME)


def with_the_sdk() -> None:
    """Import it, for the processes to come."""
    os.environ["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true"
    for name in _SDK:
        import_module(name)


@contextmanager
def served_home(folder: Path) -> Iterator[ServedHome]:
    """A home with one account of three instances at a separate server."""
    folder.mkdir(mode=0o700, parents=True)
    keys = {"access_key_id": KEY_ID, "access_key_secret": SECRET}
    profile = {"name": "default", "mode": "AK"} | keys
    path = folder / ".aliyun" / "config.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"current": "default", "profiles": [profile]}))
    server = Server(Desk(instances=[instance(name, days(20)) for name in INSTANCES]))
    (folder / "config.toml").write_text(
        'default = "factory"\n[accounts.factory]\ncloud = "alibaba"\nprofile = "default"\n'
        f'payments = true\nendpoint = "{server.address}"\n'
    )
    serving = threading.Thread(target=server.serve_forever, args=(0.01,))
    serving.start()
    home_before = os.environ["HOME"]
    os.environ["HOME"] = str(folder)
    try:
        yield ServedHome(folder, server)
    finally:
        os.environ["HOME"] = home_before
        server.closing.set()
        server.shutdown()
        server.server_close()
        serving.join()


@dataclass
class Death:
    """One that is to happen."""

    moment: str
    spread: float
    """How far between the beginning and the end of the moment, where it has steps: 0 to 1."""
    command: list[str]
    by: Executioner = field(default_factory=Executioner)

    def happen(self, served: ServedHome, whole: Ended) -> Ended:
        """Renew, and be killed at the moment, as far as an undisturbed payment tells where
        that is."""
        die_at, since, server = 0, "", served.server
        if self.moment is ANY:
            die_at = 1 + int(self.spread * whole.steps)
        elif self.moment in _BETWEEN:
            since, until = _BETWEEN[self.moment]
            die_at = 1 + int(self.spread * (whole.marks[until] - whole.marks[since]))
        elif self.moment is LATE:
            server.fail(PAYS, self.by.kill_and_carry_out)
        else:
            server.fail(PAYS, self.by.kill, after=self.moment is COMMITTED)
        return in_a_process(
            served.home, self.command, die_at=die_at, since=since, born=self.by.pids.put
        )


def _kill_in_a_home(folder: Path, deaths: int, seed: int) -> Report:
    report, chance = Report("deaths in the middle of a renewal over the SDK"), Random(seed)
    with served_home(folder) as served:
        must_do(served.home, ["sync"])
        whole = must_do(served.home, renewing(INSTANCES[0], 1), counted=True)
        for attempt in count(seed * MOST_IN_A_HOME):
            if report.tried == deaths:
                return report
            must_do(served.home, ["sync"])
            command = renewing(chance.choice(INSTANCES), chance.choice((1, 2, 3)))
            death = Death(MOMENTS[attempt % len(MOMENTS)], attempt * EVENLY % 1, command)
            lost = _die_and_settle(served, death, whole, chance, report)
            report.lost += [f"attempt {attempt}, {death.moment}: {fault}" for fault in lost]
    return report


def _die_and_settle(
    served: ServedHome, death: Death, whole: Ended, chance: Random, report: Report
) -> list[str]:
    """What was lost."""
    charges, rows = len(served.charges()), len(rows_of(served.home))
    asked, lost = served.server.count(PAYS), []
    if died(death.happen(served, whole)):
        report.tried += 1
        stood = how_it_stood(served.home, len(served.charges()), charges, rows)
        report.stood[f"{stood}, {death.moment}"] += 1
    elif death.moment is not ANY:
        lost.append("nobody died")
    if death.moment is BEFORE and served.server.count(PAYS) > asked:
        lost.append("a request left")
    lost += _settle(served, chance, report, death.by.looked)
    if death.moment is LATE and not death.by.done.wait(_LONGEST_WAIT):
        lost.append("the late request never took effect")
    return lost + all_settled(served.charges(), [rows_of(served.home)])


def _settle(
    served: ServedHome, chance: Random, report: Report, looked: threading.Event
) -> list[str]:
    """Start again as often as it takes; some of these starts are killed, too, and some
    resends by the server. What was lost."""
    home, server = served.home, served.server
    for _ in range(MOST_STARTS):
        ended = in_a_process(home, LOOK, die_at=sometimes(chance))
        looked.set()
        if ended.code == OPEN:
            killer = Executioner()
            if chance.random() < 0.3:
                server.fail(PAYS, killer.kill, after=chance.random() < 0.5)
            ended = in_a_process(home, RESEND, born=killer.pids.put)
            server.faults.clear()
            report.came_to["settled by asking again"] += ended.code == DONE
        elif ended.code == DONE:
            report.came_to["settled by looking, or nothing was open"] += 1
        if ended.code == DONE:
            return []
        report.came_to["starts that were killed as well"] += died(ended)
    return [f"not settled after {MOST_STARTS} starts"]
