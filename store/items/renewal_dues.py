"""Upcoming renewals and their costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from store.models import DEFAULT_MONTHS, EnterpriseInstance, Item, License
from store.money import sum_known
from store.rules.standing import Standing, State

LARGEST_DUE = 10**12
"""In cents. A more expensive renewal counts as unpriced, so that the sum of a million renewals fits
into an integer of SQLite."""


class Due(Struct, frozen=True):
    """One upcoming renewal: of an Enterprise instance, or of a license order."""

    id: str
    """The item's id; of a license order, the id of its first license."""
    instance_id: str
    ends_at: datetime
    auto_renewal_months: int | None
    cents: int | None
    """The cost for its auto-renewal period, else for 12 months; None if the price is unknown."""


def due_cents(monthly_price: Decimal | None, auto_renewal_months: int | None) -> int | None:
    """The cost of a renewal in cents, for the auto-renewal period, else for 12 months. None if the
    price is unknown, or if it costs more than `LARGEST_DUE`."""
    if monthly_price is None:
        return None
    cents = int(monthly_price * 100) * (auto_renewal_months or DEFAULT_MONTHS)
    return cents if cents <= LARGEST_DUE else None


def renewal_dues(standings: Iterable[tuple[Item, Standing]]) -> list[Due]:
    """The renewals of these items by end and id, one for each license order.

    Enterprise instances have one until they are released, licenses until they expire; items that
    end on purpose have none.
    """
    instances: list[Due] = []
    orders: dict[str, list[License]] = {}
    for item, standing in standings:
        if standing.ends_on_purpose:
            continue
        if isinstance(item, EnterpriseInstance):
            if standing.state in {State.RUNNING, State.STOPPED}:
                instances.append(_instance_due(item))
        elif isinstance(item, License) and standing.state is State.ACTIVE:
            # Without an Instance ID there is no order to share.
            orders.setdefault(item.instance_id or f"license:{item.id}", []).append(item)
    return sorted(
        [*instances, *map(_order_due, orders.values())], key=lambda due: (due.ends_at, due.id)
    )


def _instance_due(item: EnterpriseInstance) -> Due:
    months = item.auto_renewal_months
    return Due(item.id, item.id, item.ends_at, months, due_cents(item.monthly_price, months))


def _order_due(licenses: Sequence[License]) -> Due:
    first = min(licenses, key=lambda item: item.id)
    months = first.auto_renewal_months
    monthly = sum_known(item.monthly_price for item in licenses) if first.instance_id else None
    return Due(first.id, first.instance_id, first.ends_at, months, due_cents(monthly, months))
