"""Settling open payments by looking, never by paying; a resend needs a person's request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from store.errors import CloudError, Stopped
from store.formats import clause, instant_with_zone
from store.i18n import _
from store.payments import journal
from store.payments.evidence import TOKEN_LIFETIME, find_renewal, prove
from store.payments.offer import Payer, current_items
from store.payments.payment import (
    Operation,
    Paid,
    Payment,
    PaymentState,
    Refusal,
    Settlement,
    Unclear,
)
from store.payments.process import is_alive
from store.payments.purchase_evidence import find_purchase
from store.payments.send import record_settlement, renewal_call, request_settlement
from store.sanitize import plain


def reconcile(payer: Payer, instance_id: str | None = None) -> list[Payment]:
    """Settle the open payments of one Instance ID, or all; return their rows afterwards.

    Payments under another identity of the cloud are skipped, and so are those that a running
    process is working on. Raises what the cloud raises; what was settled by then stays settled.
    """
    rows = journal.open_payments(payer.db, payer.account, payer.cloud.identity, instance_id)
    return [_reconcile_payment(payer, payment) for payment in rows]


def check_none_in_progress(
    payer: Payer, instance_id: str, open_before: Sequence[Payment] = ()
) -> None:
    """Raise `Stopped` if a payment for this Instance ID is open, or was open when the new one was
    requested (`open_before`).

    Its outcome is looked up first and reported. A payment that has been settled by now still stops
    the new one: whoever requested it did not know the outcome and may have meant the same renewal.
    """
    try:
        rows = reconcile(payer, instance_id)
    except CloudError as error:
        if not journal.open_payments(payer.db, payer.account, payer.cloud.identity, instance_id):
            raise
        raise Stopped(
            _(
                "a payment for {instance_id} is already in progress, and its outcome "
                "cannot be checked in the cloud ({reason}); nothing was sent."
            ).format(instance_id=instance_id, reason=clause(error.message))
        ) from error
    for payment in (*rows, *(journal.read_payment(payer.db, before.id) for before in open_before)):
        raise Stopped(_in_progress_message(payment, payer.cloud.now()))


def _in_progress_message(payment: Payment, now: datetime) -> str:
    """The message about a payment that was open when another one was requested."""
    if payment.state is PaymentState.UNKNOWN and not can_resend(payment, now):
        words = _(
            "the outcome of an earlier payment for {instance_id} is unknown, and it "
            "cannot be sent again; nothing was sent. Look in the console, under "
            "Orders; if it was not paid, pay for it there."
        )
    elif payment.is_open:
        words = _(
            "a payment for {instance_id} is already in progress, and the cloud does "
            "not show its outcome yet; nothing was sent. `renewal payments "
            "reconcile` checks again; `--resend` asks the cloud again with the same "
            "client token."
        )
    elif payment.state is PaymentState.REFUSED:
        words = _(
            "a payment for {instance_id} was already in progress; it is now "
            "settled, and nothing was paid ({reason}). Nothing was sent this time "
            "either: run the command again."
        )
    elif payment.operation is Operation.RENEW:
        words = _(
            "a payment for {instance_id} was already in progress and is paid: "
            "{instance_id} was renewed until {until}. Nothing more was sent. Renew "
            "again only if you want another term after that."
        )
    else:
        words = _(
            "a purchase like {instance_id} was already in progress and is paid "
            "({note}). Nothing more was sent. Buy again only if you want another "
            "one."
        )
    return words.format(
        instance_id=payment.instance_id,
        reason=clause(payment.error_message),
        until=instant_with_zone(payment.ends_after) if payment.ends_after else _("unknown"),
        note=payment.note or payment.order_id,
    )


def _reconcile_payment(payer: Payer, payment: Payment) -> Payment:
    if payment.state is not PaymentState.UNKNOWN and is_alive(payment.process):
        return payment
    if payment.state is PaymentState.PLANNED:
        why = _("the process ended before the payment was sent")
        journal.close_unsent(payer.db, payment.id, payer.cloud.now(), why)
        payment = journal.read_payment(payer.db, payment.id)
    if not payment.is_open:
        return payment
    settlement = _look_up(payer, payment)
    if settlement is None and payment.state is PaymentState.SENT:
        settlement = Unclear(
            "process-ended", _("the process ended before the answer arrived; no order found yet")
        )
    if settlement is not None:
        journal.settle(payer.db, payment.id, settlement, payer.cloud.now())
    if isinstance(settlement, Paid):
        prove(payer, payment.instance_id)
    return journal.read_payment(payer.db, payment.id)


def _look_up(payer: Payer, payment: Payment) -> Settlement | None:
    other_orders = journal.orders_of_others(payer.db, payment)
    if payment.operation is Operation.RENEW:
        return find_renewal(payer.cloud, payment, other_orders)
    return find_purchase(payer.cloud, payment, other_orders)


def can_resend(payment: Payment, now: datetime) -> bool:
    """Whether the cloud still knows the client token of this payment, so that sending it again pays
    nothing twice."""
    is_renewal = payment.operation is Operation.RENEW and payment.sent_at is not None
    return is_renewal and now - (payment.sent_at or now) < TOKEN_LIFETIME


def resend_payment(payer: Payer, payment: Payment) -> Payment:
    """Send a renewal of unknown outcome again, with the same client token.

    Looks for an outcome first. Raises `Stopped` if it may not be sent: it is too old, has no token,
    or is no longer listed with its end date. A refusal of the resend settles nothing, since the
    first request may still arrive; a listed order does.
    """
    payer.policy.check()
    _check_identity(payer, payment)
    payment = _reconcile_payment(payer, payment)
    if payment.state is not PaymentState.UNKNOWN:
        return payment
    _check_can_be_resent(payer, payment)
    settlement = request_settlement(renewal_call(payer.db, payer.cloud), payment)
    if isinstance(settlement, Refusal) and not settlement.is_listed:
        words = _("refused when asked again: {message}").format(message=settlement.message)
        settlement = Unclear(settlement.code, words)
    payment = record_settlement(payer.db, payer.cloud, payment, settlement)
    prove(payer, payment.instance_id)
    return payment


def _check_identity(payer: Payer, payment: Payment) -> None:
    if (payment.account, payment.identity) != (payer.account, payer.cloud.identity):
        raise Stopped(
            _(
                "the payment for {instance_id} belongs to another account; nothing was "
                "sent. Choose that account with --account."
            ).format(instance_id=payment.instance_id)
        )


def _check_can_be_resent(payer: Payer, payment: Payment) -> None:
    if payment.operation is not Operation.RENEW or payment.sent_at is None:
        raise Stopped(
            _(
                "{value} of {instance_id} has no client token, so it is never sent "
                "again. Check in the console whether it was paid."
            ).format(value=payment.operation.value, instance_id=payment.instance_id)
        )
    if not can_resend(payment, payer.cloud.now()):
        raise Stopped(
            _(
                "the payment for {instance_id} was sent more than 24 hours ago, and the "
                "cloud may have forgotten its client token, so it is not sent again. "
                "Look in the console, under Orders, for a renewal from that time."
            ).format(instance_id=payment.instance_id)
        )
    current_items(payer.cloud, payment.instance_id, payment.ends_before)


def close_unbought(payer: Payer, payment: Payment, reason: str) -> Payment:
    """Close a purchase of unknown outcome that the person, after checking the console, reports as
    not bought; the reason is stored. A purchase that the cloud lists takes precedence.

    Raises `Stopped` for a renewal, which can be sent again with its token.
    """
    _check_identity(payer, payment)
    payment = _reconcile_payment(payer, payment)
    if payment.state is not PaymentState.UNKNOWN:
        return payment
    if not payment.is_doubtful_purchase:
        raise Stopped(
            _(
                "the payment for {instance_id} is a renewal: ask the cloud again with "
                "the same client token; nothing is paid twice."
            ).format(instance_id=payment.instance_id)
        )
    words = _("reported as not bought after a look in the console ({reason})")
    refusal = Refusal("not-bought", words.format(reason=plain(reason)))
    journal.settle(payer.db, payment.id, refusal, payer.cloud.now())
    return journal.read_payment(payer.db, payment.id)
