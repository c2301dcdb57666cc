"""Evidence for renewals: the orders and end dates that the cloud lists.

The answer to a paying request proves nothing: its order may have been cancelled since, may belong
to another payment, or the answer may be an old one, repeated for a known token.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from store.clouds import Cloud
from store.errors import RenewalError
from store.i18n import N_, _
from store.items.sync import sync_instance
from store.models import Item
from store.orders import Order, OrderKind, OrderState
from store.payments.offer import Payer
from store.payments.payment import Paid, Payment, Refusal, Settlement, Unclear
from store.times import add_months, months_between

_DAY = timedelta(days=1)
"""Periods end at midnight, so that a start within a day can shift an end by as much."""
MAX_CLOCK_SKEW = timedelta(minutes=15)
"""How far the clocks may differ; beyond this the cloud rejects every call."""

_UNDONE = {
    OrderState.CANCELLED: ("OrderCancelled", N_("cancelled; nothing was paid")),
    OrderState.REFUNDED: ("OrderRefunded", N_("refunded")),
}


TOKEN_LIFETIME = timedelta(hours=24)
"""After this the cloud may have forgotten a client token, so nothing is sent again."""


def settle_answered(
    cloud: Cloud, payment: Payment, order_id: str, other_orders: frozenset[str] = frozenset()
) -> Settlement:
    """Settle a renewal that the cloud answered with an order ID.

    `others` are the orders of other payments.
    """
    orders: Sequence[Order] = ()
    try:
        orders = cloud.orders(payment.instance_id)
    except RenewalError:
        orders = ()
    answered = [order for order in orders if order.id == order_id]
    if answered and answered[0].state in _UNDONE:
        return _undone_refusal(answered[0])
    try:
        paid = _find_paid(
            orders, cloud.items_of(payment.instance_id), payment, other_orders, order_id=order_id
        )
    except RenewalError as error:
        if answered and _is_candidate(answered[0], payment, other_orders):
            return _paid_by_order(payment, answered[0])
        return Unclear(
            "not-seen",
            _("the cloud returned order {order_id}, which it does not list yet: {error}").format(
                order_id=order_id, error=error
            ),
        )
    if paid is not None:
        return paid
    return Unclear(
        "not-seen",
        _("the cloud returned order {order_id} but does not show it as paid").format(
            order_id=order_id
        ),
    )


def find_renewal(
    cloud: Cloud, payment: Payment, other_orders: frozenset[str] = frozenset()
) -> Settlement | None:
    """Settle a renewal of unknown outcome by the cloud's lists; None if nothing in them settles it.

    Raises what the cloud raises. Credentials that see neither the instance nor its orders may
    belong to another account and settle nothing.
    """
    orders = cloud.orders(payment.instance_id)
    paid = _find_paid(orders, cloud.items_of(payment.instance_id), payment, other_orders)
    if paid is not None:
        return paid
    for order in orders:
        if order.state in _UNDONE and _is_candidate(order, payment, other_orders):
            return _undone_refusal(order)
    since = cloud.now() - (payment.sent_at or payment.created_at)
    overtaking = _renewal_of_earlier_end(orders, payment, other_orders)
    if overtaking is not None and since >= TOKEN_LIFETIME:
        return _overtaken_refusal(overtaking)
    return None


def _find_paid(
    orders: Sequence[Order],
    items: Sequence[Item],
    payment: Payment,
    other_orders: frozenset[str],
    order_id: str | None = None,
) -> Paid | None:
    """The evidence that this end date was renewed, if any. The order with this ID is preferred."""
    paid = [
        order
        for order in orders
        if order.state is OrderState.PAID and _is_candidate(order, payment, other_orders)
    ]
    if paid:
        return _paid_by_order(payment, min(paid, key=lambda order: order.id != order_id))
    moved_to = _new_end(items, payment)
    if moved_to is None or _renewal_of_earlier_end(orders, payment, other_orders) is not None:
        return None
    for order in orders:
        if order.kind is OrderKind.AUTO_RENEWAL and _extends_end(order, payment, other_orders):
            return _paid_by_order(payment, order, _("renewed by auto-renewal for this end date"))
    months = _months_until(moved_to, payment)
    note = _("settled because its end date moved; its order was not found")
    if months is not None and months != payment.months:
        note = _(
            "settled because its end date moved by {months} months instead of "
            "{wanted}; its order was not found"
        ).format(months=months, wanted=payment.months)
    return Paid(order_id, moved_to, months or payment.months, note)


def _months_until(ends_at: datetime, payment: Payment) -> int | None:
    """The term of a renewal in months, computed from its new end date: counted from the end before,
    or from the time of sending if that is later. None if neither gives a whole number."""
    sent_at = payment.sent_at or payment.created_at
    from_end = months_between(payment.ends_before, ends_at)
    if payment.ends_before is not None and payment.ends_before >= sent_at:
        return from_end
    return from_end or months_between(sent_at, ends_at)


def _is_candidate(order: Order, payment: Payment, other_orders: frozenset[str]) -> bool:
    """Whether the order may be the result of this payment.

    It must be a renewal of this Instance ID that extends this end date. Excluded are orders that
    were listed before, that settled another payment, that are too old (allowing for clock skew), or
    that brought an end date which was already there, and cancelled orders for another term, which
    were made by somebody else.
    """
    if order.kind is not OrderKind.RENEWAL or not _is_new(order, payment, other_orders):
        return False
    if not _follows_on(order, payment):
        return False
    if order.state is not OrderState.PAID:
        return order.months in {None, payment.months}
    return order.ends_at is None or _is_later(order.ends_at, payment)


def _follows_on(order: Order, payment: Payment) -> bool:
    """Whether its period begins at this end date or, if that has passed, no later than the time of
    the order. An unknown period is neither evidence for nor against."""
    if order.starts_at is None or payment.ends_before is None:
        return True
    latest = max(payment.ends_before, order.at)
    return payment.ends_before - _DAY <= order.starts_at <= latest + _DAY


def _renewal_of_earlier_end(
    orders: Sequence[Order], payment: Payment, other_orders: frozenset[str]
) -> Order | None:
    """A later renewal that starts from an earlier end date, after the renewal that had led to this
    end date was refunded: this end date was taken back without being renewed.

    Only an order for a whole term that does not start at the time of the order counts.
    """
    ends_before = payment.ends_before
    if ends_before is None or not any(_was_refunded(order, ends_before) for order in orders):
        return None
    for order in orders:
        begins = order.starts_at
        if begins is None or order.months is None or abs(begins - order.at) <= _DAY:
            continue
        if begins < ends_before - _DAY and _extends_end(order, payment, other_orders):
            return order
    return None


def _was_refunded(order: Order, end: datetime) -> bool:
    """Whether the order had led to that end date, and was refunded."""
    if order.state is not OrderState.REFUNDED or order.starts_at is None or order.months is None:
        return False
    return abs(add_months(order.starts_at, order.months) - end) <= _DAY


def _overtaken_refusal(order: Order) -> Refusal:
    words = _(
        "the cloud lists no order for it, and order {id} renewed from an earlier end date since"
    )
    return Refusal("EndTakenBack", words.format(id=order.id), is_listed=True)


def _extends_end(order: Order, payment: Payment, other_orders: frozenset[str]) -> bool:
    return (
        order.state is OrderState.PAID
        and order.ends_at is not None
        and _is_later(order.ends_at, payment)
        and _is_new(order, payment, other_orders)
    )


def _is_new(order: Order, payment: Payment, other_orders: frozenset[str]) -> bool:
    if order.instance_id != payment.instance_id:
        return False
    if order.id in payment.known_before or order.id in other_orders:
        return False
    return order.at >= (payment.sent_at or payment.created_at) - MAX_CLOCK_SKEW


def _is_later(ends_at: datetime, payment: Payment) -> bool:
    return payment.ends_before is None or ends_at > payment.ends_before


def _paid_by_order(payment: Payment, order: Order, note: str | None = None) -> Paid:
    by_dates = _months_until(order.ends_at, payment) if order.ends_at else None
    months = order.months or by_dates or payment.months
    if months != payment.months:
        note = _("the order is for {months} months instead of {wanted}").format(
            months=months, wanted=payment.months
        )
    return Paid(order.id, order.ends_at, months, note)


def _undone_refusal(order: Order) -> Refusal:
    code, words = _UNDONE[order.state]
    return Refusal(
        code,
        _("the cloud lists order {id} as {words}").format(id=order.id, words=_(words)),
        is_listed=True,
    )


def _new_end(items: Sequence[Item], payment: Payment) -> datetime | None:
    """The new end date, if everything under the Instance ID now ends later than before."""
    ends = [item.ends_at for item in items]
    if not ends or payment.ends_before is None:
        return None
    known = [ends_at for ends_at in ends if ends_at is not None]
    if len(known) < len(ends) or min(known) <= payment.ends_before:
        return None
    return min(known)


def prove(payer: Payer, instance_id: str) -> tuple[Item, ...]:
    """Update the stored items of the Instance ID and return them. Empty if they cannot be read or
    stored: the payment is already settled, and the next sync updates them."""
    try:
        return sync_instance(payer.db, payer.account, payer.cloud, instance_id)
    except RenewalError:
        return ()
