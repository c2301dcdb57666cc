"""The journal, the token, and the payments that they make."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.clouds.practice.cloud import PracticeCloud
from store.errors import Denied, Exit, FileTrouble, Refused, Stopped, Unreachable
from store.items.queries import items_by_id
from store.items.sync import sync
from store.models import Item, Kind
from store.orders import OrderKind, OrderState
from store.payments import journal
from store.payments.batch import pay_offer, prepare_offer
from store.payments.offer import Payer, RenewalRequest
from store.payments.pay import client_token
from store.payments.payment import NewPayment, Operation, Paid, PaymentState, Refusal, Unclear
from store.payments.process import is_alive, process_started_at, this_process
from store.payments.purchases import buy, offer_purchase
from store.payments.reconcile import close_unbought, reconcile, resend_payment
from store.payments.results import RenewalOutcome, Result, worst_exit
from tests.store.items import NOW
from tests.store.payments.accounts import (
    ENDS,
    ScriptedCloud,
    an_instance,
    die,
    open_store,
    payer_of,
    renew,
    rows,
)
from tests.store.practice.accounts import enterprise, scenario

WANTED = NewPayment("a", "one", Operation.RENEW, "iot-1", 1, "t" * 64, None, "CNY", ENDS)


def test_one_payment_is_open_for_one_instance_whoever_asks(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    journal.add_planned(db, WANTED, NOW)
    other = open_store(tmp_path)
    with pytest.raises(Stopped, match="already in progress"):
        journal.add_planned(other, replace(WANTED, client_token="u" * 64), NOW)
    for free in (replace(WANTED, account="b"), replace(WANTED, identity="two")):
        journal.add_planned(other, free, NOW)
    other.close()


def test_a_row_passes_through_the_states_in_order(db: sqlite3.Connection) -> None:
    payment_id = journal.add_planned(db, WANTED, NOW)
    journal.settle(db, payment_id, Paid("1", ENDS, 1), NOW)
    assert journal.read_payment(db, payment_id).state is PaymentState.PLANNED
    journal.mark_sent(db, payment_id, NOW)
    assert not journal.close_unsent(db, payment_id, NOW, "late")
    with pytest.raises(Stopped):
        journal.mark_sent(db, payment_id, NOW)
    journal.settle(db, payment_id, Unclear("a", "b"), NOW)
    journal.settle(db, payment_id, Paid("1", ENDS, 1), NOW)
    journal.settle(db, payment_id, Refusal("no", "no"), NOW)
    row = journal.read_payment(db, payment_id)
    assert (row.state, row.order_id, row.error_code) == (PaymentState.PAID, "1", None)
    with pytest.raises(Stopped, match="already renewed since"):
        journal.add_planned(db, WANTED, NOW)


def test_what_was_dropped_as_unsent_is_not_sent(db: sqlite3.Connection) -> None:
    payment_id = journal.add_planned(db, WANTED, NOW)
    assert journal.close_unsent(db, payment_id, NOW, "its process ended")
    assert journal.read_payment(db, payment_id).error_code == "never-sent"
    with pytest.raises(Stopped, match="nothing was sent"):
        journal.mark_sent(db, payment_id, NOW)


def test_the_token_is_everyones_and_has_no_term_in_it(script: ScriptedCloud) -> None:
    def token(
        site: str = "china", product: str = "iot-enterprise", instance_id: str = "iot-1"
    ) -> str:
        return client_token(site, product, instance_id, ENDS, script.listed_orders)

    first = token()
    assert len(first) == 64
    script.order("1")
    script.order("2", OrderState.CANCELLED, kind=OrderKind.AUTO_RENEWAL)
    assert token() == first
    assert len({first, token(site="x"), token(product="x"), token(instance_id="x")}) == 4
    script.order("3", OrderState.CANCELLED)
    second = token()
    script.order("4", OrderState.REFUNDED)
    assert len({first, second, token()}) == 3


def test_two_machines_send_the_same_token_for_different_terms(
    scripted: Payer, script: ScriptedCloud, tmp_path: Path
) -> None:
    other_db = open_store(tmp_path, "other.db")
    other = payer_of(other_db, script)
    script.answers = [Unreachable("lost"), Unreachable("lost")]
    renew(scripted, months=1)
    renew(other, months=12)
    assert script.sent[0][2] == script.sent[1][2]
    other_db.close()


@pytest.mark.parametrize(
    ("error", "exit_code", "state"),
    [
        (Refused("A", "no"), Exit.REFUSED, PaymentState.REFUSED),
        (Denied("no right"), Exit.DENIED, PaymentState.REFUSED),
        (Unreachable("garbage"), Exit.OUTCOME_UNKNOWN, PaymentState.UNKNOWN),
        (FileTrouble("practice.db is locked"), Exit.OUTCOME_UNKNOWN, PaymentState.UNKNOWN),
    ],
)
def test_only_a_definite_no_is_a_refusal(
    scripted: Payer, script: ScriptedCloud, error: Exception, exit_code: Exit, state: PaymentState
) -> None:
    script.answers = [error]
    assert renew(scripted).exit is exit_code
    assert rows(scripted)[0].state is state


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ZeroDivisionError()])
def test_what_interrupts_a_payment_leaves_it_unknown_and_comes_through(
    scripted: Payer, script: ScriptedCloud, error: BaseException
) -> None:
    script.answers = [error]
    with pytest.raises(type(error)):
        renew(scripted)
    assert rows(scripted)[0].state is PaymentState.UNKNOWN
    script.pays("1")("iot-1", 1, "")
    assert reconcile(scripted)[0].state is PaymentState.PAID


def test_no_resend_after_24_hours(scripted: Payer, script: ScriptedCloud) -> None:
    script.answers = [Unreachable("lost"), Unreachable("lost again")]
    renew(scripted)
    [row] = rows(scripted)
    script.clock += timedelta(hours=24) - timedelta(seconds=1)
    assert resend_payment(scripted, row).state is PaymentState.UNKNOWN
    script.clock += timedelta(seconds=1)
    with pytest.raises(Stopped, match="24 hours"):
        resend_payment(scripted, row)
    assert "cannot be sent again" in renew(scripted).message
    assert len(script.sent) == 2


def test_read_only_looks_and_never_asks_again(scripted: Payer, script: ScriptedCloud) -> None:
    script.answers = [Unreachable("lost")]
    renew(scripted)
    careful = replace(scripted, policy=replace(scripted.policy, read_only=True))
    assert reconcile(careful)[0].state is PaymentState.UNKNOWN
    with pytest.raises(Stopped, match="read-only"):
        resend_payment(careful, rows(scripted)[0])


@pytest.mark.parametrize("took", [False, True])
def test_a_second_renewal_at_the_same_instant_is_not_settled_by_the_first(
    payer: Payer, cloud: PracticeCloud, took: bool
) -> None:
    first = renew(payer)
    cloud.fail("renew", "after" if took else "before")
    renew(payer)
    row = reconcile(payer)[0]
    assert row.state is (PaymentState.PAID if took else PaymentState.UNKNOWN)
    assert row.order_id != first.order_id
    if not took:
        assert resend_payment(payer, row).state is PaymentState.PAID
    assert len(cloud.orders("iot-1")) == 2


def test_a_refusal_just_before_does_not_refuse_the_next(payer: Payer, cloud: PracticeCloud) -> None:
    cloud.fail("renew", "after", "refuse")
    assert renew(payer).outcome is RenewalOutcome.REFUSED
    cloud.fail("renew")
    renew(payer)
    assert reconcile(payer)[0].state is PaymentState.UNKNOWN


def test_a_fresh_practice_cloud_is_not_blocked_by_the_old_ones_rows(
    payer: Payer, cloud: PracticeCloud
) -> None:
    cloud.fail("renew")
    renew(payer)
    cloud.reset(scenario("9999.00", instances=[enterprise()]))
    sync(payer.db, "practice", cloud)
    assert reconcile(payer) == []
    assert renew(payer).outcome is RenewalOutcome.PAID
    assert [row.state for row in rows(payer)] == [PaymentState.UNKNOWN, PaymentState.PAID]


@pytest.mark.parametrize("like", ["plan-1", "lic-1", "iot-new"])
def test_a_purchase_has_its_order_and_an_interrupted_one_is_listed(
    payer: Payer, cloud: PracticeCloud, like: str
) -> None:
    [item] = items_by_id(payer.db, "practice", like)
    monthly_price = Decimal(500) if item.kind is Kind.PUBLIC_NEW else None
    bought = buy(payer, offer_purchase(payer, item, monthly_price))
    assert bought.payment.state is PaymentState.PAID
    assert bought.payment.order_id
    assert items_by_id(payer.db, "practice", bought.new_id or "")
    payer.db.execute("UPDATE payments SET state = 'sent', order_id = NULL")
    die(payer.db)
    sync(payer.db, "practice", cloud)
    [row] = reconcile(payer)
    assert (row.state, row.order_id) == (PaymentState.PAID, bought.payment.order_id)


def test_a_purchase_that_is_not_listed_is_never_sent_again_and_closed_by_the_person(
    payer: Payer, cloud: PracticeCloud
) -> None:
    [item] = items_by_id(payer.db, "practice", "plan-1")
    bought = buy(payer, offer_purchase(payer, item))
    payer.db.execute("UPDATE payments SET state = 'sent'")
    die(payer.db)
    cloud.hide(bought.new_id or "")
    [row] = reconcile(payer)
    assert row.state is PaymentState.UNKNOWN
    with pytest.raises(Stopped, match="never sent again"):
        resend_payment(payer, row)
    closed = close_unbought(payer, row, "not in the\x1b list")
    assert (closed.state, closed.error_code) == (PaymentState.REFUSED, "not-bought")
    assert "\x1b" not in str(closed.error_message)
    assert "list" in str(closed.error_message)


def test_what_the_cloud_lists_goes_before_the_word_that_it_was_not_bought(
    payer: Payer, cloud: PracticeCloud
) -> None:
    [item] = items_by_id(payer.db, "practice", "plan-1")
    bought = buy(payer, offer_purchase(payer, item))
    payer.db.execute("UPDATE payments SET state = 'unknown', order_id = NULL")
    [row] = rows(payer)
    closed = close_unbought(payer, row, "I saw nothing")
    assert (closed.state, closed.order_id) == (PaymentState.PAID, bought.payment.order_id)


def test_a_renewal_is_not_closed_by_word(scripted: Payer, script: ScriptedCloud) -> None:
    script.answers = [Unreachable("no answer in time")]
    renew(scripted)
    [row] = rows(scripted)
    with pytest.raises(Stopped, match="same client token"):
        close_unbought(scripted, row, "I saw nothing")
    assert rows(scripted) == [row]


def test_processes_are_distinguished() -> None:
    assert is_alive(this_process())
    assert not is_alive(f"{os.getpid()}:1.00")
    child = subprocess.Popen([sys.executable, "-c", "pass"], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.read()
    name = this_process().replace(str(os.getpid()), str(child.pid), 1)
    assert not is_alive(name)
    child.communicate()
    assert not is_alive("nonsense")
    assert process_started_at() > 0


@given(st.lists(st.sampled_from(list(Exit)), max_size=5))
def test_any_exits_have_a_worst_one(exits: list[Exit]) -> None:
    results = [Result("iot-1", code, RenewalOutcome.BLOCKED, "") for code in exits]
    worst = worst_exit(results)
    assert worst in exits or (worst is Exit.DONE and not exits)
    if Exit.OUTCOME_UNKNOWN in exits:
        assert worst is Exit.OUTCOME_UNKNOWN


def test_after_the_confirmation_the_item_is_looked_at_three_times(
    scripted: Payer, script: ScriptedCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is sent, for the evidence, and to bring the store to what the cloud shows."""
    offer = prepare_offer(scripted, [an_instance()], RenewalRequest(1))
    looks: list[str] = []

    def counted(instance_id: str) -> Sequence[Item]:
        looks.append(instance_id)
        return ScriptedCloud.items_of(script, instance_id)

    monkeypatch.setattr(script, "items_of", counted)
    script.answers = [script.pays("1")]
    assert pay_offer(scripted, offer).outcome is RenewalOutcome.PAID
    assert looks == ["iot-1"] * 3
