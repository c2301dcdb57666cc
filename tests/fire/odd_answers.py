"""Whole commands over the SDK, at a server that puts an odd value into one field of an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from store.errors import Exit
from tests.alibaba.desk import days, plan, wire_time
from tests.alibaba.odd_values import ODD, changed, paths
from tests.alibaba.server import Handler
from tests.fire.deaths import LOOK, OPEN, RESEND, renewing
from tests.fire.dying import in_a_process, must_do
from tests.fire.over_sdk import INSTANCES, PAYS, ServedHome, served_home, with_the_sdk
from tests.fire.report import Report
from tests.fire.truth import all_settled, rows_of

MOST_IN_A_HOME = 40
READS = (
    "QueryAccountBalance",
    "QueryAvailableInstances",
    "QueryResourcePackageInstances",
    "QueryOrders",
    "GetOrderDetail",
    "GetSubscriptionPrice",
)
OF_STATUS = {Exit.DONE, Exit.WARNING, Exit.CRITICAL, Exit.UNKNOWN}
OF_RENEW = {
    Exit.DONE, Exit.REFUSED, Exit.OUTCOME_UNKNOWN, Exit.STOPPED_HERE, Exit.UNREACHABLE, Exit.DENIED,
}  # fmt: skip

Case = tuple[str, tuple[str | int, ...], str]
"""An operation, a place in its answer, an odd value."""


def odd_answers(folder: Path, answers: int, seed: int = 0) -> Report:
    """So many cases, drawn without repeating; 0: all of them."""
    with_the_sdk()
    report = Report("answers with an odd value in one field")
    cases, number = list[Case](), 0
    while number == 0 or cases:
        with served_home(folder / f"home-{number}") as served:
            _furnish(served)
            if number == 0:
                cases = _drawn(served, answers, Random(seed))
            for case in cases[:MOST_IN_A_HOME]:
                report.tried += 1
                report.lost += [f"{case}: {fault}" for fault in _play(served, case, report)]
        cases, number = cases[MOST_IN_A_HOME:], number + 1
    return report


def _furnish(served: ServedHome) -> None:
    desk = served.server.desk
    desk.plans = [plan("plan-1")]
    desk.orders = [desk.order_of(desk.instances[0], 12, CreateTime=wire_time(days(-9)))]
    desk.charges = [(INSTANCES[0], 12)]
    must_do(served.home, ["sync"])


def _drawn(served: ServedHome, answers: int, chance: Random) -> list[Case]:
    """The answer itself is left out: what is no JSON object is asked for again, with waits."""
    cases = [
        (operation, path, name)
        for operation in (*READS, PAYS)
        for path in list(paths(_answer(served, operation)))[1:]
        for name in ODD
    ]
    chance.shuffle(cases)
    return cases[: answers or None]


def _answer(served: ServedHome, operation: str) -> Any:
    if operation == PAYS:
        return {"Code": "Success", "Message": "ok", "Success": True, "Data": {"OrderId": "1"}}
    desk = served.server.desk
    asked = {
        "OrderId": desk.orders[0]["OrderId"],
        "ServicePeriodQuantity": "1",
        "CreateTimeStart": wire_time(days(-400)),
        "CreateTimeEnd": wire_time(days(1)),
    }
    return desk.answer(operation, asked)


def _play(served: ServedHome, case: Case, report: Report) -> Iterator[str]:
    """What was lost. What the odd answer leaves open is settled once the answers are as ever."""
    operation, path, odd = case
    home, server = served.home, served.server

    def answer(handler: Handler) -> None:
        body = changed(_answer(served, operation), path, ODD[odd])
        handler.tell(200, json.dumps(body).encode())

    server.fail(operation, answer, 99, after=operation == PAYS)
    status = in_a_process(home, ["status", "--max-age", "0"]).code
    if status not in OF_STATUS:
        yield f"`status` ended with {status}"
    before = len(served.charges())
    renewed = in_a_process(home, renewing(INSTANCES[0], 1)).code
    charged = len(served.charges()) - before
    report.stood[f"status {status}, renew {renewed}, {charged} charged"] += 1
    if renewed not in OF_RENEW:
        yield f"`renew` ended with {renewed}"
    if (renewed == Exit.DONE) != (charged == 1) and renewed != Exit.OUTCOME_UNKNOWN:
        yield f"`renew` ended with {renewed}, and {charged} were charged"
    if in_a_process(home, LOOK).code not in {*OF_RENEW}:
        yield "`payments reconcile` met a defect"
    server.faults.clear()
    if in_a_process(home, LOOK).code == OPEN:
        in_a_process(home, RESEND)
    ours = served.charges()[1:]
    yield from all_settled(ours, [rows_of(home)])
    must_do(home, ["sync"])
