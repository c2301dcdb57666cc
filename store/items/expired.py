"""Expired licenses that a renewal brings back. The forecast leaves them out: nothing of theirs is
going to end."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from store.items.due import term_cost
from store.items.overview import Overview
from store.models import License
from store.rules.standing import State


class Expired(Struct, frozen=True):
    """Expired orders of licenses, each counted once, and the cost of renewing them."""

    count: int
    amount: Decimal
    """Of those with a price: for the auto-renewal period, else for 12 months."""
    unpriced: int


def expired_orders(overview: Overview) -> Expired:
    """The expired orders of the account that can still be renewed."""
    orders = {
        each.item.instance_id: each
        for each in (overview.items.undated if overview.items else ())
        if isinstance(each.item, License)
        and each.standing.state is State.EXPIRED
        and each.standing.remedy == "P-LIC-RENEW"
    }
    amounts = [
        term_cost([each.item for each in overview.of_instance(instance_id)], expired).amount
        for instance_id, expired in orders.items()
    ]
    known = [amount for amount in amounts if amount is not None]
    return Expired(len(amounts), sum(known, Decimal(0)), len(amounts) - len(known))
