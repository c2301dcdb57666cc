"""Expired licenses that a renewal restores. The forecast leaves them out, since they have ended."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from store.items.overview import Overview
from store.items.remedy_cost import term_cost
from store.models import License
from store.rules.standing import State


class Expired(Struct, frozen=True):
    """The number of expired license orders, and the cost of renewing them."""

    count: int
    amount: Decimal
    """The total for their auto-renewal periods, else for 12 months, of those with a price."""
    unpriced: int
    """The number of orders without a known price."""


def expired_orders(overview: Overview) -> Expired:
    """The expired orders of the account that can still be renewed."""
    orders = {
        assessment.item.instance_id: assessment
        for assessment in (overview.items.undated if overview.items else ())
        if isinstance(assessment.item, License)
        and assessment.standing.state is State.EXPIRED
        and assessment.standing.remedy == "P-LIC-RENEW"
    }
    amounts = [
        term_cost(
            [assessment.item for assessment in overview.of_instance(instance_id)], expired
        ).amount
        for instance_id, expired in orders.items()
    ]
    known = [amount for amount in amounts if amount is not None]
    return Expired(len(amounts), sum(known, Decimal(0)), len(amounts) - len(known))
