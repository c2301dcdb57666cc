"""The paying request: marked as sent before it leaves, settled by evidence once it is answered.

Whatever happens in between, no process continues and leaves its row merely as sent.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from store.clouds import Cloud
from store.errors import Denied, FileTrouble, OtherOrder, Refused, RenewalError, Usage
from store.i18n import _
from store.payments import journal
from store.payments.evidence import find_renewal, settle_answered
from store.payments.payment import Paid, Payment, Refusal, Settlement, Unclear

NOT_WRITTEN = "not-written"
"""The error code of a payment whose outcome could not be written to the journal."""

PayingCall = Callable[[Payment], Settlement]
"""Asks the cloud to carry out the payment and settles it by evidence. Raises what the cloud
raises."""


class Sent(Struct, frozen=True):
    """A payment that was sent, as the journal has it now."""

    payment: Payment
    denied: bool = False
    """Whether credentials or a RAM permission were missing."""


def send(db: sqlite3.Connection, cloud: Cloud, payment_id: str, call: PayingCall) -> Sent:
    """Send a planned payment and settle it.

    Raises `Stopped` or `FileTrouble` if nothing was sent. Once it is sent, only an error that ends
    the process is raised, and the row is then `unknown`.
    """
    _mark_sent(db, cloud, payment_id)
    payment = journal.read_payment(db, payment_id)
    try:
        settlement = request_settlement(call, payment)
    except BaseException as error:
        words = _("interrupted before the outcome was known ({kind})").format(
            kind=type(error).__name__
        )
        with suppress(FileTrouble):
            journal.settle(db, payment_id, Unclear("interrupted", words), _now(cloud, payment))
        raise
    denied = isinstance(settlement, Refusal) and settlement.denied
    return Sent(record_settlement(db, cloud, payment, settlement), denied)


def _mark_sent(db: sqlite3.Connection, cloud: Cloud, payment_id: str) -> None:
    try:
        journal.mark_sent(db, payment_id, cloud.now())
    except RenewalError:
        with suppress(FileTrouble):
            created_at = journal.read_payment(db, payment_id).created_at
            journal.close_unsent(
                db, payment_id, created_at, _("the payment could not be marked as sent")
            )
        raise


def request_settlement(call: PayingCall, payment: Payment) -> Settlement:
    """Make the call; returns its settlement, or the settlement that its error means."""
    try:
        return call(payment)
    except Refused as error:
        return Refusal(error.code, error.words, renewal_error=not error.for_money)
    except Denied as error:
        return Refusal(error.code, error.message, denied=True)
    except Usage as error:
        return Refusal("cannot-be-asked", error.message)
    except RenewalError as error:
        return Unclear("no-answer", error.message)


def record_settlement(
    db: sqlite3.Connection, cloud: Cloud, payment: Payment, settlement: Settlement
) -> Payment:
    """Settle the payment in the journal and return its row. If the journal cannot be written, the
    row stays open for reconciling, and the returned one says why."""
    try:
        journal.settle(db, payment.id, settlement, _now(cloud, payment))
        return journal.read_payment(db, payment.id)
    except FileTrouble as error:
        words = _("the outcome could not be recorded. {message}")
        if isinstance(settlement, Paid):
            words = _("the cloud shows it as paid, but this could not be recorded. {message}")
        return replace(
            payment, error_code=NOT_WRITTEN, error_message=words.format(message=error.message)
        )


def _now(cloud: Cloud, payment: Payment) -> datetime:
    """The account's clock; if it cannot be read, the time at which the payment was sent."""
    try:
        return cloud.now()
    except RenewalError:
        return payment.sent_at or payment.created_at


def renewal_call(db: sqlite3.Connection, cloud: Cloud) -> PayingCall:
    """The call that sends a renewal with the payment's client token."""

    def call(payment: Payment) -> Settlement:
        if payment.client_token is None:
            raise Usage(
                _("payment {id} has no client token and is never sent again").format(id=payment.id)
            )
        other_orders = journal.orders_of_others(db, payment)
        try:
            order_id = cloud.renew(payment.instance_id, payment.months, payment.client_token)
        except OtherOrder as error:
            return find_renewal(cloud, payment, other_orders) or Unclear(
                "other-order", error.message
            )
        return settle_answered(cloud, payment, order_id, other_orders)

    return call
