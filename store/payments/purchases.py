"""What the cloud lists of a purchase.

A purchase has no token and no Instance ID to look for: what is listed now, was not
listed before it, and was bought since is taken for it, where there is only one such.
"""

from __future__ import annotations

from collections.abc import Iterator

from store.clouds import Cloud
from store.i18n import _
from store.models import Item, Kind, ResourcePlan
from store.orders import Order, OrderKind, OrderState
from store.payments.evidence import CLOCKS_DIFFER
from store.payments.payment import Operation, Payment
from store.payments.settlement import Paid

SOLD_AS = {
    Operation.BUY_PLAN: Kind.PLAN,
    Operation.BUY_LICENSE: Kind.LICENSE,
    Operation.UPGRADE: Kind.ENTERPRISE,
}
"""The kind of item that the operation brings."""


def of_kind(cloud: Cloud, operation: Operation) -> Iterator[Item]:
    """Every item that the cloud lists of the kind that the operation brings."""
    for page, _total in cloud.pages():
        for item in page:
            if item.kind is SOLD_AS[operation]:
                yield item


def by_listing(cloud: Cloud, payment: Payment, others: frozenset[str]) -> Paid | None:
    """The purchase, where exactly one thing that is listed can be it; None: not known.

    `others` are orders that other payments came to. Raises what the cloud raises.
    """
    listed = list(of_kind(cloud, payment.operation))
    found = {}
    for item in listed:
        order = _order(cloud, item, payment, others) if _is_new(item, listed, payment) else None
        if order is not None:
            found[order.id] = (item, order)
    if len(found) != 1:
        return None
    [(item, order)] = found.values()
    return Paid(order.id, item.ends_at, payment.months, _("{id} was bought").format(id=item.id))


def _is_new(item: Item, listed: list[Item], payment: Payment) -> bool:
    if payment.operation is Operation.UPGRADE:
        return item.id == payment.instance_id
    if item.id in payment.known_before:
        return False
    if isinstance(item, ResourcePlan):
        likes = [plan for plan in listed if plan.id == payment.instance_id]
        return all(isinstance(like, ResourcePlan) and like.type == item.type for like in likes)
    return True


def _order(cloud: Cloud, item: Item, payment: Payment, others: frozenset[str]) -> Order | None:
    since = (payment.sent_at or payment.created_at) - CLOCKS_DIFFER
    for order in cloud.orders(item.instance_id):
        bought = order.kind is OrderKind.PURCHASE and order.state is OrderState.PAID
        if bought and order.at >= since and order.id not in others:
            return order
    return None


def bought(cloud: Cloud, operation: Operation, new_id: str) -> tuple[Item, Order | None] | None:
    """The item that was bought just now and its order, as far as they are listed."""
    for item in of_kind(cloud, operation):
        if item.id == new_id:
            orders = [
                order
                for order in cloud.orders(item.instance_id)
                if order.kind is OrderKind.PURCHASE
            ]
            return item, orders[-1] if orders else None
    return None
