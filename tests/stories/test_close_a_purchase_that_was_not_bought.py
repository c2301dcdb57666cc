"""A purchase whose answer never came, and which the console does not show."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from store.database.open import open_database
from store.payments import journal
from store.payments.payment import NewPayment, Operation, PaymentState
from store.schema import STORE
from tests.fire.truth import rows_of
from tests.store.payments.accounts import die
from tests.stories.driver import Desk, at_the_desk
from tests.stories.scenarios import account, plan

ACCOUNT = account("9000.00", resource_plans=[plan()])


def died_while_buying(desk: Desk) -> None:
    """A process ended after it had written down that it asks for a plan."""
    with desk.cloud() as cloud:
        now, identity = cloud.now(), cloud.identity
    wanted = NewPayment(
        "practice", identity, Operation.BUY_PLAN, "plan-storage-1", 12, None, None, "CNY", None,
        frozenset({"plan-storage-1"}),
    )  # fmt: skip
    db = open_database(desk.home / "store.db", STORE)
    payment_id = journal.add_planned(db, wanted, now - timedelta(minutes=1))
    journal.mark_sent(db, payment_id, now - timedelta(minutes=1))
    die(db)
    db.close()


async def test_the_person_looks_in_the_console_and_closes_it(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, ACCOUNT) as desk:
        died_while_buying(desk)
        await desk.press("5", "X")
        desk.sees("select a purchase with an unknown outcome")
        await desk.press("R")
        desk.shows_dialog("Payment", "unknown", "use X to close it")
        await desk.close()
        await desk.press("X")
        desk.shows_dialog("Close as not bought", "you pay twice")
        await desk.press("enter")
        desk.sees("A reason is required")
        await desk.press("escape")
        assert rows_of(desk.home)[0].state is PaymentState.UNKNOWN
        await desk.press("X")
        await desk.answer("no order of that hour")
        desk.shows_dialog("Payment", "refused", "no order of that hour")
        await desk.close()
        assert desk.charged("purchase") == []
        [row] = rows_of(desk.home)
        assert (row.state, row.error_code) == (PaymentState.REFUSED, "not-bought")
        await desk.press("X")
        desk.sees("select a purchase with an unknown outcome")
