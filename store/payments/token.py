"""The client token: derived, not drawn, so that two machines send the same one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from store.orders import Order, OrderKind, OrderState
from store.times import to_epoch


def client_token(
    site: str, product: str, instance_id: str, ends_before: datetime, orders: Iterable[Order]
) -> str:
    """64 hex characters that stand for one renewal of one end date.

    Everything in it is what the cloud itself tells: `product` is its own name of the product,
    not what was entered here, and the term is not in it. So whoever renews the same end date
    sends the same token, and the cloud pays once. A cancelled or refunded renewal, as the cloud
    lists it, makes room for another.
    """
    undone = sum(
        order.kind is OrderKind.RENEWAL
        and order.state in {OrderState.CANCELLED, OrderState.REFUNDED}
        for order in orders
    )
    parts = ("renew", site, product, instance_id, str(to_epoch(ends_before)), str(undone))
    return sha256("\n".join(parts).encode()).hexdigest()
