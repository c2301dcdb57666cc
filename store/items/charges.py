"""Upcoming charges: the renewals that the forecast adds up, with the balance after each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from store.items.forecast import renewals
from store.items.overview import Overview


class UpcomingCharge(Struct, frozen=True):
    """The cost of one renewal: for its auto-renewal period, else for 12 months."""

    due_at: datetime
    """The end of the item; `now` where it has stopped."""
    item_id: str
    amount: Decimal | None
    """None: the price is unknown."""
    is_automatic: bool
    """Whether auto-renewal is on."""
    left: Decimal | None
    """The balance after it, negative where it falls short; None: the balance is unknown."""
    is_upper_bound: bool
    """Whether `left` leaves out a charge of unknown price, this one or one before it."""


def upcoming_charges(overview: Overview, horizon: timedelta) -> Iterator[UpcomingCharge]:
    """The charges within the horizon, in the order of ends; what is owed is paid first."""
    items, now, balance = overview.items, overview.now, overview.balance
    if not items or now is None:
        return
    left = None if balance is None else balance.available - balance.owed
    is_upper_bound = False
    orders = items.assessor.orders.values()
    for renewal in renewals(items.db, items.account, orders, now, horizon):
        amount = None if renewal.cents is None else Decimal(renewal.cents).scaleb(-2)
        is_upper_bound = is_upper_bound or amount is None
        if left is not None and amount is not None:
            left -= amount
        yield UpcomingCharge(
            max(now, renewal.ends_at),
            renewal.id,
            amount,
            renewal.auto_renewal_months is not None,
            left,
            is_upper_bound,
        )
