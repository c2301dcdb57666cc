"""Texts about payments: outcomes, states, prices, and lines of the journal."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from store import formats
from store.config import ChargedTo
from store.i18n import N_, _, counted
from store.items.names import distinct_names
from store.items.overview import Overview
from store.models import Balance
from store.orders import Quote
from store.payments.offer import Offer
from store.payments.payment import Payment
from tui.text import labels

OUTCOMES = {
    "paid": N_("paid"),
    "refused": N_("refused"),
    "unknown": N_("unknown"),
    "blocked": N_("blocked"),
    "set": N_("set"),
    "dry-run": N_("dry-run"),
    "not-due": N_("not-due"),
}
"""The label of a renewal's outcome (`store.payments.results.RenewalOutcome`)."""

PAYMENTS = {
    "planned": N_("planned"),
    "sent": N_("sent"),
    "paid": N_("paid"),
    "refused": N_("refused"),
    "unknown": N_("unknown"),
}
"""The label of a payment's state (`store.payments.payment.PaymentState`)."""

OPERATIONS = {
    "renew": N_("renewal"),
    "buy-plan": N_("plan"),
    "buy-license": N_("license"),
    "upgrade": N_("upgrade"),
}
"""The label of what is paid for (`store.payments.payment.Operation`)."""


def price(quote: Quote) -> str:
    """The price of a renewal, or an estimate that says so."""
    if quote.amount is None and quote.estimate is not None:
        about = formats.amount(quote.estimate, quote.currency)
        return _("not quoted; estimate by the last order: {amount}").format(amount=about)
    return formats.amount(quote.amount, quote.currency)


def balance_after(balance: Balance, price: Decimal) -> str:
    """The balance before and after a payment."""
    left = balance.available - price
    return _("{available} available, {left} left afterwards").format(
        available=formats.amount(balance.available, balance.currency),
        left=formats.amount(left, balance.currency),
    )


def paid_from(offer: Offer, total: Decimal) -> str:
    """What pays: the account's card or wallet, or the balance, before and after."""
    if offer.charged_to is ChargedTo.CARD:
        return _("the account's card or wallet")
    return balance_after(offer.balance, total)


def not_sent(count: int) -> str:
    """The sentence about payments or changes that were not started."""
    return counted(
        "{n} was not sent: you stopped it.", "{n} were not sent: you stopped them.", count
    )


def price_or_unquoted(value: Decimal | None, currency: str) -> str:
    """The price, or that none is quoted."""
    return _("not quoted") if value is None else formats.amount(value, currency)


def closing_warning() -> str:
    """The warning before a purchase with an unknown outcome is closed."""
    return _(
        "Check in the console first, under Orders. Closing it means that it was "
        "not bought and not paid: it can then be bought again, and if that is "
        "wrong, you pay twice. If the cloud lists the order by now, the cloud's "
        "data is used instead."
    )


def item_names(overview: Overview | None, payments: Iterable[Payment]) -> dict[str, str]:
    """The name of the item that each Instance ID belongs to; the ID itself if there is no such
    item, or if two share the name."""
    ids = {payment.instance_id for payment in payments}
    if overview is None or not overview.items:
        return {instance_id: instance_id for instance_id in ids}
    return distinct_names(overview.items.db, overview.account, ids)


def payment_line(payment: Payment, name: str = "") -> str:
    """The payment in one line. `name`: what it is for; "": its Instance ID."""
    parts = [
        formats.instant(payment.created_at),
        _(OPERATIONS[payment.operation.value]),
        name or payment.instance_id,
        labels.months(payment.months),
        price_or_unquoted(payment.quoted, payment.currency or ""),
        _(PAYMENTS[payment.state]),
        payment.order_id or "",
        payment.note or payment.error_message or "",
    ]
    return " ".join(part for part in parts if part)
