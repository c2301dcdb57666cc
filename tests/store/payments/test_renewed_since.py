"""What another one renewed since this was asked for, whichever home it was from."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from store.errors import Exit, OtherOrder
from store.orders import OrderKind, OrderState
from store.payments.offer import Payer
from store.payments.payment import PaymentState
from store.payments.reconcile import reconcile
from store.payments.results import RenewalOutcome, Result
from tests.store.payments.accounts import ScriptedCloud, open_store, payer_of, renew, rows


def asked(scripted: Payer, moment: float) -> Result:
    """A renewal that was asked for at this moment; the store has the newest end date."""
    return renew(scripted, asked_at=moment)


def test_an_order_that_was_made_since_is_not_renewed_upon(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.order("theirs", made_by=1000.5)
    result = asked(scripted, 1000.25)
    assert result.exit is Exit.STOPPED_HERE
    assert "already renewed since, by order theirs" in result.message
    assert (script.sent, rows(scripted)) == ([], [])


@pytest.mark.parametrize(
    ("state", "kind", "made_by"),
    [
        (OrderState.PAID, OrderKind.RENEWAL, 1000.0),
        (OrderState.PAID, OrderKind.RENEWAL, None),
        (OrderState.CANCELLED, OrderKind.RENEWAL, 1000.5),
        (OrderState.REFUNDED, OrderKind.AUTO_RENEWAL, 1000.5),
        (OrderState.PAID, OrderKind.PURCHASE, 1000.5),
    ],
)
def test_an_order_of_before_and_one_that_renewed_nothing_stop_nothing(
    scripted: Payer,
    script: ScriptedCloud,
    state: OrderState,
    kind: OrderKind,
    made_by: float | None,
) -> None:
    script.order("theirs", state, kind=kind, made_by=made_by)
    script.answers = [script.pays("ours")]
    assert asked(scripted, 1000.25).outcome is RenewalOutcome.PAID


def test_an_order_of_this_home_counts_by_the_moment_of_its_journal_row(
    scripted: Payer, script: ScriptedCloud
) -> None:
    """A cloud that tells whole seconds only cannot say which came first."""
    script.answers = [script.pays("1"), script.pays("2")]
    assert renew(scripted).outcome is RenewalOutcome.PAID
    scripted.db.execute("UPDATE payments SET process = '1:1.00'")
    [row] = rows(scripted)
    [order] = script.listed_orders
    script.listed_orders = []
    script.order(order.id, made_by=row.planned_at + 1, ends_at=order.ends_at)
    assert asked(scripted, row.planned_at - 0.01).exit is Exit.STOPPED_HERE
    assert asked(scripted, row.planned_at + 0.01).order_id == "2"


def test_a_home_that_was_never_synced_sees_the_end_date_that_another_one_brought(
    scripted: Payer, script: ScriptedCloud, tmp_path: Path
) -> None:
    script.answers = [script.pays("1"), script.pays("2")]
    begun = time.time()
    assert renew(scripted).outcome is RenewalOutcome.PAID
    [order] = script.listed_orders
    script.listed_orders = []
    script.order(order.id, made_by=time.time(), ends_at=order.ends_at)
    other_db = open_store(tmp_path, "other.db")
    other = payer_of(other_db, script)
    assert asked(other, begun).exit is Exit.STOPPED_HERE
    assert asked(other, time.time()).order_id == "2"
    assert len(script.sent) == 2
    other_db.close()


def test_another_term_under_the_same_token_is_settled_by_what_the_cloud_shows(
    scripted: Payer, script: ScriptedCloud
) -> None:
    refused = OtherOrder("same token, other parameters")

    def theirs_comes_first(name: str, months: int, token: str) -> str:
        script.pays("theirs")(name, 6, token)
        raise refused

    script.answers = [theirs_comes_first]
    result = renew(scripted)
    assert (result.outcome, result.order_id) == (RenewalOutcome.PAID, "theirs")
    assert "6 months" in result.message


def test_another_order_that_is_not_listed_yet_leaves_it_open(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [OtherOrder("being processed")]
    result = renew(scripted)
    assert result.exit is Exit.OUTCOME_UNKNOWN
    assert "being processed" in result.message
    script.pays("theirs")("iot-1", 1, "")
    [row] = reconcile(scripted)
    assert (row.state, row.order_id) == (PaymentState.PAID, "theirs")
