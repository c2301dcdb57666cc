"""Evidence for purchases: the items that the cloud lists afterwards, and their orders."""

from __future__ import annotations

from collections.abc import Iterator

from store.clouds import Cloud
from store.i18n import _
from store.models import Item, Kind, ResourcePlan
from store.orders import Order, OrderKind, OrderState
from store.payments.evidence import MAX_CLOCK_SKEW
from store.payments.payment import Operation, Paid, Payment

BOUGHT_KINDS = {
    Operation.BUY_PLAN: Kind.PLAN,
    Operation.BUY_LICENSE: Kind.LICENSE,
    Operation.UPGRADE: Kind.ENTERPRISE,
}
"""The kind of item that a purchase brings."""


def items_bought_by(cloud: Cloud, operation: Operation) -> Iterator[Item]:
    """Every listed item of the kind that the purchase brings."""
    for page, _total in cloud.pages():
        for item in page:
            if item.kind is BOUGHT_KINDS[operation]:
                yield item


def find_purchase(cloud: Cloud, payment: Payment, other_orders: frozenset[str]) -> Paid | None:
    """Settle a purchase of unknown outcome by what the cloud lists; None: the outcome stays
    unknown.

    A purchase has neither a token nor an Instance ID to search for. It is the only item that is
    listed now, was not listed before, and was bought since. `others` are the orders of other
    payments. Raises what the cloud raises.
    """
    listed = list(items_bought_by(cloud, payment.operation))
    candidates = {}
    for item in listed:
        is_new = _is_new_item(item, listed, payment)
        order = _purchase_order(cloud, item, payment, other_orders) if is_new else None
        if order is not None:
            candidates[order.id] = (item, order)
    if len(candidates) != 1:
        return None
    [(item, order)] = candidates.values()
    return Paid(order.id, item.ends_at, payment.months, _("{id} was bought").format(id=item.id))


def _is_new_item(item: Item, listed: list[Item], payment: Payment) -> bool:
    if payment.operation is Operation.UPGRADE:
        return item.id == payment.instance_id
    if item.id in payment.known_before:
        return False
    if isinstance(item, ResourcePlan):
        templates = [plan for plan in listed if plan.id == payment.instance_id]
        return all(isinstance(plan, ResourcePlan) and plan.type == item.type for plan in templates)
    return True


def _purchase_order(
    cloud: Cloud, item: Item, payment: Payment, other_orders: frozenset[str]
) -> Order | None:
    since = (payment.sent_at or payment.created_at) - MAX_CLOCK_SKEW
    for order in cloud.orders(item.instance_id):
        bought = order.kind is OrderKind.PURCHASE and order.state is OrderState.PAID
        if bought and order.at >= since and order.id not in other_orders:
            return order
    return None


def bought_item(
    cloud: Cloud, operation: Operation, new_id: str
) -> tuple[Item, Order | None] | None:
    """The item with this ID and its purchase order, if they are listed."""
    for item in items_bought_by(cloud, operation):
        if item.id == new_id:
            orders = [
                order
                for order in cloud.orders(item.instance_id)
                if order.kind is OrderKind.PURCHASE
            ]
            return item, orders[-1] if orders else None
    return None
