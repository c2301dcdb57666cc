"""The renewals that the forecast adds up, each with the balance left after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from store.items.forecast import dues_within
from store.items.overview import Overview
from store.money import from_cents


class UpcomingCharge(Struct, frozen=True):
    """The cost of one renewal: for its auto-renewal period, else for 12 months."""

    due_at: datetime
    """The end of the item, or `now` if it has stopped."""
    item_id: str
    amount: Decimal | None
    """None if the price is unknown."""
    is_automatic: bool
    """Whether auto-renewal is on."""
    left: Decimal | None
    """The balance after it, negative if it falls short; None if the balance is unknown."""
    is_upper_bound: bool
    """Whether this or an earlier charge has an unknown price, so that less may be left."""


def upcoming_charges(overview: Overview, horizon: timedelta) -> Iterator[UpcomingCharge]:
    """The charges within the horizon by end date; the amount owed is paid before all of them."""
    items, now, balance = overview.items, overview.now, overview.balance
    if not items or now is None:
        return
    left = None if balance is None else balance.available - balance.owed
    is_upper_bound = False
    dues = items.assessor.dues.values()
    for due in dues_within(items.db, items.account, dues, now, horizon):
        amount = None if due.cents is None else from_cents(due.cents)
        is_upper_bound = is_upper_bound or amount is None
        if left is not None and amount is not None:
            left -= amount
        yield UpcomingCharge(
            max(now, due.ends_at),
            due.id,
            amount,
            due.auto_renewal_months is not None,
            left,
            is_upper_bound,
        )
