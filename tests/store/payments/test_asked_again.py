"""The same renewal asked for again after an unknown outcome."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from store.clouds.practice.cloud import PracticeCloud
from store.errors import CloudError, Exit, Stopped, Unreachable
from store.items.queries import items_by_id
from store.models import Item
from store.payments.batch import renew_all
from store.payments.offer import Offer, Payer, RenewalRequest
from store.payments.payment import PaymentState
from store.payments.purchases import buy, offer_purchase
from store.payments.reconcile import reconcile
from store.payments.results import RenewalOutcome
from tests.store.payments.accounts import ScriptedCloud, die, renew, rows


def charges(cloud: PracticeCloud) -> int:
    document: Any = cloud.show()
    return len(document["charges"])


def test_a_lost_answer_and_the_same_command_again_pay_once(
    payer: Payer, cloud: PracticeCloud
) -> None:
    cloud.fail("renew", "after")
    assert renew(payer).exit is Exit.OUTCOME_UNKNOWN
    again = renew(payer)
    assert (again.exit, again.outcome) == (Exit.STOPPED_HERE, RenewalOutcome.BLOCKED)
    assert "is paid: iot-1 was renewed until 24 Dec 2026 00:00 UTC+8" in again.message
    assert [row.state for row in rows(payer)] == [PaymentState.PAID]
    assert charges(cloud) == 1
    assert renew(payer).outcome is RenewalOutcome.PAID
    assert charges(cloud) == 2


def test_a_process_that_died_after_the_cloud_was_paid_counts_as_under_way(
    payer: Payer, cloud: PracticeCloud
) -> None:
    renew(payer)
    payer.db.execute("UPDATE payments SET state = 'sent', order_id = NULL, ends_after = NULL")
    die(payer.db)
    assert renew(payer).exit is Exit.STOPPED_HERE
    assert charges(cloud) == 1


def test_a_payment_that_was_never_sent_is_reported_and_the_next_command_pays(
    payer: Payer, cloud: PracticeCloud
) -> None:
    cloud.fail("renew")
    renew(payer)
    payer.db.execute("UPDATE payments SET state = 'planned', sent_at = NULL")
    die(payer.db)
    stopped = renew(payer)
    assert stopped.exit is Exit.STOPPED_HERE
    assert "nothing was paid (the process ended before the payment was sent)" in stopped.message
    assert renew(payer).outcome is RenewalOutcome.PAID
    assert charges(cloud) == 1


def test_what_was_open_when_a_command_started_stays_under_way_for_it(
    payer: Payer, cloud: PracticeCloud
) -> None:
    """While the first item's question is read, another process settles the second one."""
    cloud.fail("renew", "after")
    assert renew(payer, "iot-2").exit is Exit.OUTCOME_UNKNOWN

    def read(_: Offer) -> bool:
        assert reconcile(payer, "iot-2")[0].state is PaymentState.PAID
        return True

    first, second = renew_all(payer, ["iot-1", "iot-2"], RenewalRequest(1), read)
    assert first.outcome is RenewalOutcome.PAID
    assert second.exit is Exit.STOPPED_HERE
    assert "was renewed until" in second.message
    assert charges(cloud) == 2


@pytest.mark.parametrize("operation", ["orders", "items"])
def test_an_open_payment_stops_the_next_even_where_the_cloud_cannot_be_asked(
    payer: Payer, cloud: PracticeCloud, operation: str
) -> None:
    cloud.fail("renew", "after")
    renew(payer)
    cloud.fail(operation, times=9)
    stopped = renew(payer)
    assert stopped.exit is Exit.STOPPED_HERE
    assert "outcome cannot be checked" in stopped.message
    assert rows(payer)[0].state is PaymentState.UNKNOWN


def test_an_item_that_is_not_due_is_left_alone_whatever_is_open(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [Unreachable("lost")]
    renew(scripted)
    script.pays("1")("iot-1", 1, "")
    assert renew(scripted, if_ends_within=timedelta(days=7)).outcome is RenewalOutcome.NOT_DUE


def plan(payer: Payer) -> Item:
    [item] = items_by_id(payer.db, "practice", "plan-1")
    return item


def test_a_purchase_whose_answer_was_lost_is_reported_before_another_is_offered(
    payer: Payer, cloud: PracticeCloud
) -> None:
    buy(payer, offer_purchase(payer, plan(payer)))
    payer.db.execute("UPDATE payments SET state = 'unknown', order_id = NULL")
    with pytest.raises(Stopped, match=r"is paid \(plan-1-2 was bought\)"):
        offer_purchase(payer, plan(payer))
    assert charges(cloud) == 1
    offer_purchase(payer, plan(payer))


def test_a_purchase_of_unknown_outcome_stops_another(payer: Payer, cloud: PracticeCloud) -> None:
    bought = buy(payer, offer_purchase(payer, plan(payer)))
    payer.db.execute("UPDATE payments SET state = 'unknown', order_id = NULL")
    cloud.hide(bought.new_id or "")
    with pytest.raises(Stopped, match="cannot be sent again; nothing was sent"):
        offer_purchase(payer, plan(payer))


def test_an_error_with_nothing_open_is_reported_unchanged(
    payer: Payer, cloud: PracticeCloud
) -> None:
    cloud.fail("balance")
    with pytest.raises(CloudError):
        offer_purchase(payer, plan(payer))
    assert renew(payer).outcome is RenewalOutcome.PAID
