"""What the cloud shows of a renewal: an order, or an end date that has moved.

An answer alone proves nothing: an order id can be cancelled since, be another's, or be
an old answer that was repeated for a known token.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from store.clouds import Cloud
from store.errors import CloudError
from store.models import Order, OrderKind, OrderState
from store.payments.journal import Paid, Payment, Refusal, Settlement, Unclear

CLOCKS_DIFFER = timedelta(minutes=15)
"""By how much the cloud's clock may be behind ours; beyond it every call is refused."""


def after_answer(cloud: Cloud, payment: Payment, order_id: str) -> Settlement:
    """Settle a renewal that the cloud answered with an order id."""
    try:
        orders = cloud.orders(payment.instance_id)
    except CloudError:
        orders = ()
    for order in orders:
        if order.id == order_id and order.state is OrderState.PAID:
            return _by_order(payment, order)
        if order.id == order_id and order.state is OrderState.CANCELLED:
            return Refusal("OrderCancelled", f"the cloud lists order {order_id} as cancelled")
    try:
        moved_to = _moved_end(cloud, payment)
    except CloudError as error:
        return Unclear("not-seen", f"answered with order {order_id}, not seen yet: {error}")
    if moved_to is None:
        return Unclear(
            "not-seen", f"answered with order {order_id}, which the cloud does not show as paid"
        )
    return Paid(order_id, moved_to, payment.months)


def by_looking(cloud: Cloud, payment: Payment) -> Settlement | None:
    """Settle a renewal whose outcome is unknown, from what the cloud shows; None: nothing.

    Raises what the cloud raises. Keys that see neither the instance nor its orders settle
    nothing, since they may be another account's.
    """
    orders = [order for order in cloud.orders(payment.instance_id) if _since(order, payment)]
    paid = [order for order in orders if order.state is OrderState.PAID]
    if paid:
        return _by_order(payment, paid[0])
    moved_to = _moved_end(cloud, payment)
    if moved_to is not None:
        return Paid(None, moved_to, payment.months, "settled by its later end date; no order seen")
    cancelled = [order for order in orders if order.state is OrderState.CANCELLED]
    if cancelled:
        return Refusal("OrderCancelled", f"the cloud lists order {cancelled[0].id} as cancelled")
    return None


def _since(order: Order, payment: Payment) -> bool:
    sent_at = payment.sent_at or payment.created_at
    return order.kind is OrderKind.RENEWAL and order.at >= sent_at - CLOCKS_DIFFER


def _by_order(payment: Payment, order: Order) -> Paid:
    note = None
    months = payment.months if order.months is None else order.months
    if months != payment.months:
        note = f"the order is for {months} months, not the {payment.months} asked for"
    return Paid(order.id, order.ends_at, months, note)


def _moved_end(cloud: Cloud, payment: Payment) -> datetime | None:
    """The end date, where it is later than before the payment."""
    ends = [item.ends_at for item in cloud.look(payment.instance_id) if item.ends_at]
    if not ends or payment.ends_before is None or max(ends) <= payment.ends_before:
        return None
    return max(ends)
