"""A payment of the journal in one line."""

from __future__ import annotations

from store import formats
from store.i18n import _
from store.payments.payment import Payment
from tui.text import labels


def payment_line(payment: Payment) -> str:
    """The payment in one line."""
    parts = [
        formats.instant(payment.created_at),
        _(labels.OPERATIONS[payment.operation.value]),
        payment.instance_id,
        labels.months(payment.months),
        labels.quoted(payment.quoted, payment.currency or ""),
        _(labels.PAYMENTS[payment.state]),
        payment.order_id or "",
        payment.note or payment.error_message or "",
    ]
    return " ".join(part for part in parts if part)
