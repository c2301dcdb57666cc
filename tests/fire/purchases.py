"""Many deaths in the middle of purchases at the practice cloud.

The cloud knows no token for these: what is unknown stays so until the cloud's list settles
it or the person's word, and nothing is ever sent again.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path
from random import Random

from store.clouds.practice.cloud import PracticeCloud
from store.home import Home
from store.items.queries import items_by_id
from store.payments.journal import all_payments
from store.payments.payment import Payment, PaymentState
from store.payments.purchases import buy, offer_purchase
from store.payments.reconcile import close_unbought
from store.session import Session
from tests.fire.deaths import (
    DONE,
    EVENLY,
    LOOK,
    MEASURED_ANEW,
    MOST_IN_A_HOME,
    OPEN,
    RESEND,
    a_home,
    died,
    how_it_stood,
    in_homes,
    sometimes,
)
from tests.fire.dying import Act, in_a_process, must_do
from tests.fire.report import MOST_STARTS, Report
from tests.fire.truth import all_settled, purchases_of, rows_of

LIKE = ("lic-1", "plan-1")


def kill_purchases(folder: Path, deaths: int, seed: int = 0) -> Report:
    """Kill that many purchases, of licenses and of plans, spread over homes."""
    return in_homes(_kill_in_a_home, folder, deaths, seed, MOST_IN_A_HOME)


def _kill_in_a_home(folder: Path, deaths: int, seed: int) -> Report:
    home, chance = a_home(folder), Random(seed)
    steps = dict.fromkeys(LIKE, 0)
    report = Report("deaths in the middle of a purchase at the practice cloud")
    for attempt in count():
        if report.tried == deaths:
            return report
        like = LIKE[attempt % len(LIKE)]
        if attempt % MEASURED_ANEW < len(LIKE):
            steps[like] = must_do(home, _buying(like), counted=True).steps
        charges, rows = purchases_of(home), len(rows_of(home))
        die_at = 1 + int(attempt * EVENLY % 1 * steps[like])
        if died(in_a_process(home, _buying(like), die_at=die_at)):
            report.tried += 1
            stood = how_it_stood(home, len(purchases_of(home)), len(charges), rows)
            report.stood[stood] += 1
        bought = [charge.instance_id for charge in purchases_of(home) if charge not in charges]
        lost = _settled(home, bought, chance, report)
        lost += all_settled(purchases_of(home), [rows_of(home)])
        report.lost += [f"death {report.tried}: {fault}" for fault in lost]
    return report


def _buying(like: str) -> Act:
    """Buy one like this, confirmed at once."""

    def act(home: Path) -> int:
        with Session.open(Home(home)) as session:
            [item] = items_by_id(session.db, session.account.name, like)
            buy(session.payer, offer_purchase(session.payer, item))
        return DONE

    return act


def _close_unbought(home: Path) -> int:
    """They looked in the console and found nothing."""
    with Session.open(Home(home)) as session:
        for row in all_payments(session.db):
            if row.state is PaymentState.UNKNOWN:
                close_unbought(session.payer, row, "not in the list")
    return DONE


def _settled(home: Path, bought: list[str], chance: Random, report: Report) -> list[str]:
    """Start again as often as it takes; what was lost. What was bought is sometimes not
    listed at first."""
    charges = purchases_of(home)
    is_hidden = bool(bought) and chance.random() < 0.5
    if is_hidden:
        _list(home, bought, listed=False)
    for _ in range(MOST_STARTS):
        ended = in_a_process(home, LOOK, die_at=sometimes(chance))
        if ended.code == OPEN and is_hidden:
            report.came_to["unknown while the cloud does not list it"] += 1
            _list(home, bought, listed=True)
            is_hidden = False
        elif ended.code == OPEN and bought:
            return [f"{bought} is listed, and the payment for it is not settled"]
        elif ended.code == OPEN:
            in_a_process(home, RESEND)
            if not _open(home):
                return ["an unknown purchase that nobody charged was settled by a resend"]
            ended = in_a_process(home, _close_unbought, die_at=sometimes(chance))
            report.came_to["closed by the person's word"] += ended.code == DONE
        elif ended.code == DONE:
            report.came_to["settled by looking, or nothing was open"] += 1
        report.came_to["starts that were killed as well"] += died(ended)
        if purchases_of(home) != charges:
            return ["a start after the death bought again"]
        if ended.code == DONE:
            _list(home, bought, listed=True)
            return []
    return [f"not settled after {MOST_STARTS} starts"]


def _open(home: Path) -> list[Payment]:
    return [row for row in rows_of(home) if row.is_open]


def _list(home: Path, bought: list[str], *, listed: bool) -> None:
    with PracticeCloud.open(home / "practice.db") as cloud:
        for item_id in bought:
            (cloud.unhide if listed else cloud.hide)(item_id)
