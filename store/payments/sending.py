"""The paying call itself: written down as sent before it leaves, settled when it is over.

Whatever happens in between, the row of the journal is never left looking busy by a
process that has gone on to something else.
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
from store.payments.evidence import after_answer, by_looking
from store.payments.payment import Payment
from store.payments.settlement import Paid, Refusal, Settlement, Unclear

NOT_WRITTEN = "not-written"
"""The code of a payment of which only the sending could be written down."""

Call = Callable[[Payment], Settlement]
"""Asks the cloud to carry the payment out, and settles what it answered by evidence.
Raises what the cloud raises."""


class Carried(Struct, frozen=True):
    """A payment that was sent, as the journal has it now."""

    payment: Payment
    denied: bool = False
    """Whether it was refused for want of a right or of credentials."""


def carry_out(db: sqlite3.Connection, cloud: Cloud, payment_id: str, call: Call) -> Carried:
    """Send a planned payment and settle it.

    Raises `Stopped` or `FileTrouble` where nothing was sent. Once it was sent, only what
    ends the process comes through, and the row is then `unknown`.
    """
    _mark_sent(db, cloud, payment_id)
    payment = journal.payment(db, payment_id)
    try:
        found = answered(call, payment)
    except BaseException as error:
        words = _("interrupted before the outcome was known ({kind})").format(
            kind=type(error).__name__
        )
        with suppress(FileTrouble):
            journal.settle(db, payment_id, Unclear("interrupted", words), _now(cloud, payment))
        raise
    denied = isinstance(found, Refusal) and found.denied
    return Carried(written(db, cloud, payment, found), denied)


def _mark_sent(db: sqlite3.Connection, cloud: Cloud, payment_id: str) -> None:
    try:
        journal.mark_sent(db, payment_id, cloud.now())
    except RenewalError:
        with suppress(FileTrouble):
            created_at = journal.payment(db, payment_id).created_at
            journal.drop_unsent(
                db, payment_id, created_at, _("the payment could not be marked as sent")
            )
        raise


def answered(call: Call, payment: Payment) -> Settlement:
    """What the call came to, its errors included."""
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


def written(db: sqlite3.Connection, cloud: Cloud, payment: Payment, found: Settlement) -> Payment:
    """Write down what came of it; the row. Where it cannot be written, the row stays open
    and tells why, so that reconciling finds it."""
    try:
        journal.settle(db, payment.id, found, _now(cloud, payment))
        return journal.payment(db, payment.id)
    except FileTrouble as error:
        words = _("the outcome could not be recorded. {message}")
        if isinstance(found, Paid):
            words = _("the cloud shows it as paid, but this could not be recorded. {message}")
        return replace(
            payment, error_code=NOT_WRITTEN, error_message=words.format(message=error.message)
        )


def _now(cloud: Cloud, payment: Payment) -> datetime:
    """The cloud's clock; where it cannot be read, the instant at which it was sent."""
    try:
        return cloud.now()
    except RenewalError:
        return payment.sent_at or payment.created_at


def renewal_call(db: sqlite3.Connection, cloud: Cloud) -> Call:
    """The call that renews, with the payment's own token."""

    def call(payment: Payment) -> Settlement:
        if payment.client_token is None:
            raise Usage(
                _("payment {id} has no client token and is never sent again").format(id=payment.id)
            )
        others = journal.other_orders(db, payment)
        try:
            order_id = cloud.renew(payment.instance_id, payment.months, payment.client_token)
        except OtherOrder as error:
            return by_looking(cloud, payment, others) or Unclear("other-order", error.message)
        return after_answer(cloud, payment, order_id, others)

    return call
