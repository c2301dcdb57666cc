"""What is under way or unknown is settled by looking, never by paying.

Asking the cloud again, with the same token, is a separate act of the person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from store.errors import CloudError, Stopped
from store.i18n import _
from store.payments import journal
from store.payments.evidence import by_looking
from store.payments.payment import Operation, Payment, PaymentState
from store.payments.purchases import by_listing
from store.payments.renewing import Payer, look, prove
from store.payments.sending import answered, renewal_call, written
from store.payments.settlement import Paid, Refusal, Settlement, Unclear
from store.sanitize import plain
from store.times import in_utc8

TOKEN_REMEMBERED = timedelta(hours=24)
"""Past this age the cloud may have forgotten the token, so nothing is sent again."""


def reconcile(payer: Payer, instance_id: str | None = None) -> list[Payment]:
    """Settle what is open, for one Instance ID or all; the rows as they are afterwards.

    Rows of another cloud identity are left alone, and so is what a living process is busy
    with. Raises what the cloud raises while looking; what was settled by then stays.
    """
    seen = journal.open_payments(payer.db, payer.account, payer.cloud.identity, instance_id)
    return [_reconciled(payer, payment) for payment in seen]


def stop_if_under_way(payer: Payer, instance_id: str, open_before: Sequence[Payment] = ()) -> None:
    """Raise `Stopped` where a payment for this Instance ID is open, or was when the new one
    was asked for (`open_before`).

    The cloud is asked what came of it first, and the message says so. Even a payment that is
    settled by now stops the new one: whoever asked for the new one did not know its outcome,
    and may have meant the very same renewal.
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
            ).format(instance_id=instance_id, reason=error.message.rstrip(".。"))
        ) from error
    for payment in (*rows, *(journal.payment(payer.db, before.id) for before in open_before)):
        raise Stopped(_under_way(payment))


def _under_way(payment: Payment) -> str:
    """What came of a payment that was open when another one was asked for."""
    if payment.is_open:
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
        reason=(payment.error_message or "").rstrip(".。"),
        until=in_utc8(payment.ends_after) if payment.ends_after else _("not known"),
        note=payment.note or payment.order_id,
    )


def _reconciled(payer: Payer, payment: Payment) -> Payment:
    if payment.state is not PaymentState.UNKNOWN and journal.is_alive(payment.process):
        return payment
    if payment.state is PaymentState.PLANNED:
        why = _("the process ended before the payment was sent")
        journal.drop_unsent(payer.db, payment.id, payer.cloud.now(), why)
        payment = journal.payment(payer.db, payment.id)
    if not payment.is_open:
        return payment
    found = _looked_for(payer, payment)
    if found is None and payment.state is PaymentState.SENT:
        found = Unclear(
            "process-ended", _("the process ended before the answer arrived; no order found yet")
        )
    if found is not None:
        journal.settle(payer.db, payment.id, found, payer.cloud.now())
    if isinstance(found, Paid):
        prove(payer, payment.instance_id)
    return journal.payment(payer.db, payment.id)


def _looked_for(payer: Payer, payment: Payment) -> Settlement | None:
    others = journal.other_orders(payer.db, payment)
    if payment.operation is Operation.RENEW:
        return by_looking(payer.cloud, payment, others)
    return by_listing(payer.cloud, payment, others)


def ask_again(payer: Payer, payment: Payment) -> Payment:
    """Send a renewal of unknown outcome once more, with the same token.

    Settles by looking first. Raises `Stopped` where nothing may be sent: too old, of an
    operation without a token, not listed with the end date that it is for, or still under
    way. A refusal of the resend settles nothing, since the first send may still be on its
    way; an order that the cloud shows does.
    """
    payer.leave.check()
    _check_identity(payer, payment)
    payment = _reconciled(payer, payment)
    if payment.state is not PaymentState.UNKNOWN:
        return payment
    _check_may_be_sent_again(payer, payment)
    found = answered(renewal_call(payer.db, payer.cloud), payment)
    if isinstance(found, Refusal) and not found.shown:
        found = Unclear(
            found.code, _("refused when asked again: {message}").format(message=found.message)
        )
    after = written(payer.db, payer.cloud, payment, found)
    prove(payer, payment.instance_id)
    return after


def _check_identity(payer: Payer, payment: Payment) -> None:
    if (payment.account, payment.identity) != (payer.account, payer.cloud.identity):
        raise Stopped(
            _(
                "the payment for {instance_id} belongs to another account; nothing was "
                "sent. Choose that account with --account."
            ).format(instance_id=payment.instance_id)
        )


def _check_may_be_sent_again(payer: Payer, payment: Payment) -> None:
    if payment.operation is not Operation.RENEW or payment.sent_at is None:
        raise Stopped(
            _(
                "{value} of {instance_id} has no client token, so it is never sent "
                "again. Check in the console whether it was paid."
            ).format(value=payment.operation.value, instance_id=payment.instance_id)
        )
    if payer.cloud.now() - payment.sent_at >= TOKEN_REMEMBERED:
        raise Stopped(
            _(
                "the payment for {instance_id} was sent more than 24 hours ago, and the "
                "cloud may have forgotten its client token, so it is not sent again. "
                "Look in the console, under Orders, for a renewal from that time."
            ).format(instance_id=payment.instance_id)
        )
    look(payer.cloud, payment.instance_id, payment.ends_before)


def close_unbought(payer: Payer, payment: Payment, reason: str) -> Payment:
    """Close a purchase of unknown outcome on the word of the person, who looked in the
    console and found that it was not bought; their reason is kept. What the cloud lists goes
    before that word.

    Raises `Stopped` for a renewal: asking again with its token tells more.
    """
    _check_identity(payer, payment)
    payment = _reconciled(payer, payment)
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
    said = Refusal("not-bought", words.format(reason=plain(reason)))
    journal.settle(payer.db, payment.id, said, payer.cloud.now())
    return journal.payment(payer.db, payment.id)
