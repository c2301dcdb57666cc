"""Edge cases of payments that the practice cloud cannot play: a scripted cloud plays them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from store.config import ChargedTo
from store.errors import Exit, Refused, Stopped, Unreachable
from store.items.sync import sync
from store.models import License
from store.orders import OrderKind, OrderState
from store.payments.batch import pay_offer, prepare_offer
from store.payments.offer import Payer, RenewalRequest
from store.payments.payment import PaymentState
from store.payments.reconcile import reconcile, resend_payment
from store.payments.results import RenewalOutcome
from store.times import add_months
from tests.store.items import a_license
from tests.store.payments.accounts import (
    ENDS,
    ScriptedCloud,
    an_instance,
    open_store,
    payer_of,
    renew,
    rows,
)
from tests.store.practice.accounts import at

LATE = Unreachable("no answer in time")


def test_a_refund_brings_the_old_end_back_and_a_new_token(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [script.pays("1"), script.pays("2")]
    assert renew(scripted).outcome is RenewalOutcome.PAID
    script.undo("1", OrderState.REFUNDED)
    script.ends(ENDS)
    sync(scripted.db, "practice", script)
    result = renew(scripted)
    assert (result.outcome, result.order_id) == (RenewalOutcome.PAID, "2")
    assert script.sent[0][2] != script.sent[1][2]


def test_a_refund_that_the_cloud_does_not_list_is_not_paid_again(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [script.pays("1")]
    renew(scripted)
    script.ends(ENDS)
    sync(scripted.db, "practice", script)
    result = renew(scripted)
    assert result.exit is Exit.STOPPED_HERE
    assert "already renewed since" in result.message
    assert len(script.sent) == 1


def test_an_answered_order_that_was_cancelled_paid_nothing(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.order("1", OrderState.CANCELLED)
    script.answers = ["1"]
    result = renew(scripted)
    assert (result.exit, result.outcome) == (Exit.REFUSED, RenewalOutcome.REFUSED)


def test_an_answered_order_that_was_given_back_paid_nothing(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.order("1", OrderState.REFUNDED)
    script.answers = ["1"]
    assert renew(scripted).outcome is RenewalOutcome.REFUSED


def test_an_old_answer_that_is_repeated_is_no_proof(scripted: Payer, script: ScriptedCloud) -> None:
    """The order was paid, was there before, and the end date is the old one again."""
    script.order("1", at=script.clock - timedelta(minutes=1))
    script.answers = ["1"]
    result = renew(scripted)
    assert result.exit is Exit.OUTCOME_UNKNOWN
    [row] = reconcile(scripted)
    assert row.state is PaymentState.UNKNOWN


def test_an_old_order_of_unknown_end_is_no_proof_even_within_the_quarter_hour(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.order("1", months=None, at=script.clock)
    script.answers = [LATE]
    renew(scripted)
    [row] = reconcile(scripted)
    assert row.state is PaymentState.UNKNOWN
    script.order("2", months=None, at=script.clock)
    [row] = reconcile(scripted)
    assert (row.state, row.order_id, row.months) == (PaymentState.PAID, "2", 1)


def test_an_order_that_is_not_the_instances_is_no_proof(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = ["somebody else's"]
    result = renew(scripted)
    assert result.exit is Exit.OUTCOME_UNKNOWN
    assert "somebody else's" in result.message


@pytest.mark.parametrize("minutes", [15, 14])
def test_clocks_may_differ_by_a_quarter_of_an_hour(
    scripted: Payer, script: ScriptedCloud, minutes: int
) -> None:
    script.answers = [LATE]
    renew(scripted)
    script.order("1", months=None, at=script.clock - timedelta(minutes=minutes))
    [row] = reconcile(scripted)
    assert row.state is PaymentState.PAID


def test_an_order_older_than_that_is_not_this_payments(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [LATE]
    renew(scripted)
    script.order("1", months=None, at=script.clock - timedelta(minutes=15, seconds=1))
    [row] = reconcile(scripted)
    assert row.state is PaymentState.UNKNOWN


def test_a_refused_resend_settles_nothing(scripted: Payer, script: ScriptedCloud) -> None:
    """The first send was still on its way, and pays after the resend was refused."""
    script.answers = [LATE, Refused("Busy", "another order is being processed")]
    renew(scripted)
    [row] = rows(scripted)
    after = resend_payment(scripted, row)
    assert (after.state, after.error_code) == (PaymentState.UNKNOWN, "Busy")
    assert script.sent[0] == script.sent[1]
    script.pays("1")("iot-1", 1, "")
    [row] = reconcile(scripted)
    assert (row.state, row.order_id) == (PaymentState.PAID, "1")


def test_a_resend_that_is_answered_with_a_cancelled_order_settles_it(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [LATE, "1"]
    renew(scripted)
    script.order("1", OrderState.CANCELLED, months=3)
    [row] = rows(scripted)
    assert resend_payment(scripted, row).state is PaymentState.REFUSED


def test_a_cancelled_order_of_before_refuses_nothing(
    scripted: Payer, script: ScriptedCloud
) -> None:
    """Two machines, of which one was refused just before, and then had money."""
    script.order("1", OrderState.CANCELLED)
    script.answers = [LATE]
    renew(scripted)
    [row] = reconcile(scripted)
    assert row.state is PaymentState.UNKNOWN
    script.pays("2")("iot-1", 1, "")
    [row] = reconcile(scripted)
    assert (row.state, row.order_id) == (PaymentState.PAID, "2")


def test_another_persons_cancelled_order_of_another_term_refuses_nothing(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [LATE]
    renew(scripted)
    script.order("1", OrderState.CANCELLED, months=12)
    [row] = reconcile(scripted)
    assert row.state is PaymentState.UNKNOWN
    script.order("2", OrderState.CANCELLED)
    [row] = reconcile(scripted)
    assert (row.state, row.error_code) == (PaymentState.REFUSED, "OrderCancelled")


def test_another_accounts_keys_settle_nothing_and_send_nothing(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [LATE]
    renew(scripted)
    script.items = []
    [row] = reconcile(scripted)
    assert row.state is PaymentState.UNKNOWN
    with pytest.raises(Stopped, match="does not list"):
        resend_payment(scripted, row)
    script.identity = "another account"
    assert reconcile(scripted) == []
    with pytest.raises(Stopped, match="another account"):
        resend_payment(scripted, row)
    assert len(script.sent) == 1


def test_one_instance_id_under_two_products_is_left_to_the_console(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.items.append(a_license(ENDS, id="lic-9", instance_id="iot-1"))
    sync(scripted.db, "practice", script)
    result = renew(scripted)
    assert result.exit is Exit.STOPPED_HERE
    assert "two products" in result.message
    assert rows(scripted) == []


def test_a_second_product_that_turns_up_later_settles_nothing_by_its_end(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [LATE]
    renew(scripted)
    later = ENDS + timedelta(days=400)
    script.items.append(a_license(later, id="lic-9", instance_id="iot-1"))
    [row] = reconcile(scripted)
    assert row.state is PaymentState.UNKNOWN


def test_a_dialog_read_for_an_hour_while_someone_else_renews(
    scripted: Payer, script: ScriptedCloud
) -> None:
    offered = prepare_offer(scripted, [an_instance()], RenewalRequest(1))
    script.clock += timedelta(hours=1)
    script.pays("elsewhere")("iot-1", 3, "")
    result = pay_offer(scripted, offered)
    assert result.exit is Exit.STOPPED_HERE
    assert "already renewed since" in result.message
    assert (script.sent, rows(scripted)) == ([], [])


@pytest.mark.parametrize("now", ["300.01", None])
def test_a_price_that_rose_or_went_while_the_dialog_was_read_is_not_paid(
    scripted: Payer, script: ScriptedCloud, now: str | None
) -> None:
    offered = prepare_offer(scripted, [an_instance()], RenewalRequest(1))
    script.monthly_price = None if now is None else Decimal(now)
    result = pay_offer(scripted, offered)
    assert result.exit is Exit.STOPPED_HERE
    assert "changed from the CNY 300.00 you confirmed" in result.message
    assert (now or "not quoted") in result.message
    assert (script.sent, rows(scripted)) == ([], [])


def test_a_price_that_fell_while_the_dialog_was_read_is_written_down(
    scripted: Payer, script: ScriptedCloud
) -> None:
    offered = prepare_offer(scripted, [an_instance()], RenewalRequest(1))
    script.monthly_price, script.answers = Decimal("299.99"), [script.pays("1")]
    assert pay_offer(scripted, offered).outcome is RenewalOutcome.PAID
    [row] = rows(scripted)
    assert row.quoted == Decimal("299.99")


def test_an_order_that_covers_more_than_was_read_is_not_paid(
    scripted: Payer, script: ScriptedCloud
) -> None:
    def covered(*names: str) -> list[License]:
        return [a_license(ENDS, id=name, instance_id="vod-1") for name in names]

    script.items = [*covered("lic-1")]
    sync(scripted.db, "practice", script)
    offered = prepare_offer(scripted, covered("lic-1"), RenewalRequest(1))
    script.items = [*covered("lic-1", "lic-2")]
    result = pay_offer(scripted, offered)
    assert "no longer covers" in result.message
    assert script.sent == []


def test_an_account_that_was_replaced_while_the_dialog_was_read(
    scripted: Payer, script: ScriptedCloud
) -> None:
    offered = prepare_offer(scripted, [an_instance()], RenewalRequest(1))
    script.identity = "fresh"
    result = pay_offer(scripted, offered)
    assert result.exit is Exit.STOPPED_HERE
    assert (script.sent, rows(scripted)) == ([], [])


def test_an_answer_for_another_term_is_reported(scripted: Payer, script: ScriptedCloud) -> None:
    """Somebody on another machine sent the same token for another term a moment before."""
    script.answers = [lambda name, _, token: script.pays("theirs")(name, 6, token)]
    result = renew(scripted, months=1)
    assert result.outcome is RenewalOutcome.PAID
    assert "6 months" in result.message
    [row] = rows(scripted)
    assert (row.months, row.order_id) == (6, "theirs")


def test_an_end_that_auto_renewal_moved_names_its_order(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [LATE]
    renew(scripted)
    script.order("auto", kind=OrderKind.AUTO_RENEWAL, months=3)
    script.ends(at("2027-02-24"))
    [row] = reconcile(scripted)
    assert (row.state, row.order_id, row.months) == (PaymentState.PAID, "auto", 3)


def test_an_end_that_moved_without_an_order_is_proof_enough(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [LATE]
    renew(scripted)
    script.ends(ENDS + timedelta(days=30))
    [row] = reconcile(scripted)
    assert (row.state, row.order_id) == (PaymentState.PAID, None)
    assert row.ends_after == ENDS + timedelta(days=30)


@pytest.mark.parametrize("months", [2, 12])
def test_an_end_that_was_moved_in_the_console_shows_its_term(
    scripted: Payer, script: ScriptedCloud, months: int
) -> None:
    script.answers = [LATE]
    renew(scripted, months=1)
    script.ends(add_months(ENDS, months))
    [row] = reconcile(scripted)
    assert (row.state, row.months, row.ends_after) == (
        PaymentState.PAID, months, add_months(ENDS, months),
    )  # fmt: skip
    assert f"moved by {months} months instead of 1" in (row.note or "")


def test_an_end_that_counts_from_a_late_renewal_shows_its_term(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.clock = ENDS + timedelta(days=3)
    script.answers = [LATE]
    renew(scripted, months=1)
    script.ends(add_months(script.clock, 6))
    [row] = reconcile(scripted)
    assert (row.state, row.months) == (PaymentState.PAID, 6)


def test_an_order_without_a_term_has_it_from_the_dates(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [LATE]
    renew(scripted, months=1)
    script.order("1", months=None, ends_at=add_months(ENDS, 3))
    [row] = reconcile(scripted)
    assert (row.state, row.months, row.order_id) == (PaymentState.PAID, 3, "1")


@pytest.mark.parametrize("kind", [OrderKind.PURCHASE, OrderKind.CHANGE])
def test_an_order_that_is_no_renewal_proves_none(
    scripted: Payer, script: ScriptedCloud, kind: OrderKind
) -> None:
    script.answers = [LATE]
    renew(scripted)
    script.order("1", kind=kind)
    [row] = reconcile(scripted)
    assert row.state is PaymentState.UNKNOWN


@pytest.mark.parametrize(
    ("starts_at", "state"),
    [
        (ENDS - timedelta(days=1, seconds=1), PaymentState.UNKNOWN),
        (ENDS - timedelta(days=1), PaymentState.PAID),
        (ENDS + timedelta(days=1), PaymentState.PAID),
        (ENDS + timedelta(days=1, seconds=1), PaymentState.UNKNOWN),
        (None, PaymentState.PAID),
    ],
)
def test_an_order_for_another_period_proves_nothing(
    scripted: Payer, script: ScriptedCloud, starts_at: datetime | None, state: PaymentState
) -> None:
    script.answers = [LATE]
    renew(scripted)
    script.order("1", starts_at=starts_at)
    [row] = reconcile(scripted)
    assert row.state is state


@pytest.mark.parametrize(
    ("waited", "state"),
    [
        (timedelta(hours=23, minutes=59, seconds=59), PaymentState.UNKNOWN),
        (timedelta(hours=24), PaymentState.REFUSED),
    ],
)
def test_an_end_date_that_was_taken_back_is_not_renewed_by_a_later_order(
    scripted: Payer, script: ScriptedCloud, waited: timedelta, state: PaymentState
) -> None:
    """Refunded to an earlier end, and renewed from there by another person."""
    earlier = add_months(ENDS, -1)
    script.order("6", starts_at=earlier, ends_at=ENDS)
    script.answers = [LATE]
    renew(scripted)
    script.clock += waited
    script.undo("6", OrderState.REFUNDED)
    script.order("7", months=3, starts_at=earlier, ends_at=add_months(earlier, 3))
    script.ends(add_months(earlier, 3))
    [row] = reconcile(scripted)
    assert row.state is state
    if state is PaymentState.REFUSED:
        assert "order 7 renewed from an earlier end date" in (row.error_message or "")


def test_an_order_of_an_unclear_period_takes_nothing_back_without_a_refund(
    scripted: Payer, script: ScriptedCloud
) -> None:
    """Some clouds may date each order from the first purchase."""
    script.answers = [LATE]
    renew(scripted)
    bought = add_months(ENDS, -35)
    script.order("7", months=36, starts_at=bought, ends_at=add_months(ENDS, 1))
    script.ends(add_months(ENDS, 1))
    [row] = reconcile(scripted)
    assert row.state is PaymentState.PAID


def test_an_order_that_is_dated_from_when_it_was_made_takes_nothing_back(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [LATE]
    renew(scripted)
    script.order("7", starts_at=script.clock, ends_at=add_months(ENDS, 1))
    script.ends(add_months(ENDS, 1))
    [row] = reconcile(scripted)
    assert (row.state, row.order_id) == (PaymentState.PAID, None)


def test_of_what_had_ended_the_period_may_begin_with_the_order(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.clock = ENDS + timedelta(days=9)
    script.answers = [LATE]
    renew(scripted)
    script.order("1", starts_at=script.clock, ends_at=add_months(script.clock, 1))
    [row] = reconcile(scripted)
    assert (row.state, row.order_id) == (PaymentState.PAID, "1")


def test_an_unpaid_order_of_the_same_item_stops_a_renewal(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.order("2026-7", OrderState.UNPAID, kind=OrderKind.CHANGE)
    result = renew(scripted)
    assert result.exit is Exit.STOPPED_HERE
    assert "order 2026-7 for iot-1 is unpaid" in result.message
    assert "Orders" in result.message
    assert (script.sent, rows(scripted)) == ([], [])
    script.undo("2026-7", OrderState.CANCELLED)
    script.answers = [script.pays("1")]
    assert renew(scripted).outcome is RenewalOutcome.PAID


def test_an_unpaid_order_is_named_though_no_price_is_quoted(
    scripted: Payer, script: ScriptedCloud
) -> None:
    """The cloud may quote none because of it."""
    script.order("2026-7", OrderState.UNPAID)
    script.monthly_price = None
    assert "order 2026-7 for iot-1 is unpaid" in renew(scripted).message


def test_an_order_that_was_left_unpaid_while_the_dialog_was_read(
    scripted: Payer, script: ScriptedCloud
) -> None:
    offered = prepare_offer(scripted, [an_instance()], RenewalRequest(1))
    script.order("2026-7", OrderState.UNPAID)
    result = pay_offer(scripted, offered)
    assert result.exit is Exit.STOPPED_HERE
    assert (script.sent, rows(scripted)) == ([], [])


@pytest.mark.parametrize(
    ("available", "owed", "missing"),
    [("0.00", "0.00", "300.00"), ("12.40", "36.50", "324.10"), ("30.00", "36.50", "306.50")],
)
def test_what_is_missing_is_the_price_and_what_is_owed_less_what_is_available(
    scripted: Payer, script: ScriptedCloud, available: str, owed: str, missing: str
) -> None:
    script.money, script.owed = Decimal(available), Decimal(owed)
    result = renew(scripted)
    assert result.exit is Exit.STOPPED_HERE
    assert f"CNY {missing} short" in result.message
    assert "P-TOPUP" in result.message


def test_without_a_price_at_least_what_is_owed_is_missing(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.money, script.owed, script.monthly_price = Decimal(0), Decimal("36.50"), None
    unquoted = replace(scripted, policy=replace(scripted.policy, allow_unquoted=True))
    assert "at least CNY 36.50 short" in renew(unquoted).message


def test_a_cheaper_renewal_lacks_its_price_and_not_what_is_owed(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.money, script.owed, script.monthly_price = Decimal(30), Decimal("36.50"), Decimal(1)
    assert "CNY 7.50 short" in renew(scripted).message


def test_an_account_that_is_charged_to_a_card_is_not_judged_by_its_balance(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.money = Decimal("0.00")
    script.answers = [script.pays("1")]
    card = replace(scripted, policy=replace(scripted.policy, charged_to=ChargedTo.CARD))
    assert renew(card).outcome is RenewalOutcome.PAID


@pytest.mark.parametrize("answer", ["1", LATE, Refused("No", "no")])
def test_everything_that_a_license_order_covers_is_named_in_words(
    scripted: Payer, script: ScriptedCloud, answer: str | Exception
) -> None:
    script.items = [
        a_license(ENDS, id="lic-1", instance_id="vod-1"),
        a_license(ENDS, id="lic-2", instance_id="vod-1", application="Club", sdks=("Beauty SDK",)),
    ]
    sync(scripted.db, "practice", script)
    script.answers = [answer]
    for result in (renew(scripted, "vod-1", dry_run=True), renew(scripted, "vod-1")):
        assert "Kids app (lic-1): Player SDK, Short Video SDK" in result.message
        assert "Club (lic-2): Beauty SDK" in result.message


def test_timers_on_two_machines(scripted: Payer, script: ScriptedCloud, tmp_path: Path) -> None:
    """The second one's store is old: the cloud's end date decides."""
    other_db = open_store(tmp_path, "other.db")
    other = payer_of(other_db, script)
    script.answers = [script.pays("1")]
    week = timedelta(days=7)
    assert renew(scripted, if_ends_within=week).outcome is RenewalOutcome.PAID
    assert renew(other, if_ends_within=week).outcome is RenewalOutcome.NOT_DUE
    assert renew(other).exit is Exit.STOPPED_HERE
    assert len(script.sent) == 1
    other_db.close()


def test_a_row_of_before_the_migration_that_keeps_no_earlier_orders_is_settled(
    scripted: Payer, script: ScriptedCloud
) -> None:
    script.answers = [LATE]
    renew(scripted)
    scripted.db.execute("UPDATE payments SET known_before = NULL")
    script.pays("1")("iot-1", 1, "")
    [row] = reconcile(scripted)
    assert row.state is PaymentState.PAID
