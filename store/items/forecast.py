"""What will be due, and when the balance falls short of it.

What has no price is counted as unpriced, never as 0. Plans and bills that were not
issued yet are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from store.models import DEFAULT_MONTHS, Balance, EnterpriseInstance, Item, License
from store.rules.standing import Standing, State

_GOING_ON = frozenset({State.RUNNING, State.ACTIVE})


class Due(Struct, frozen=True):
    """One renewal that comes up: an Enterprise instance, or a whole license order."""

    id: str
    """Orders by `(ends_at, id)`; of an order it is its first license's id."""
    instance_id: str
    names: tuple[str, ...]
    ends_at: datetime
    auto_renewal_months: int | None
    amount: Decimal | None
    """For its auto-renewal period, else for 12 months; None: no price is known."""


class Forecast(Struct, frozen=True):
    """The horizon's sum against the balance."""

    horizon: timedelta
    dues: tuple[Due, ...]
    """What comes up within the horizon, in date order."""
    due: Decimal
    unpriced: int
    shortfall: Decimal
    short_from: datetime | None


def dues(standings: Iterable[tuple[Item, Standing]]) -> list[Due]:
    """Every renewal to come of what is running now, once per order, in date order; none of
    what ends on purpose."""
    single: list[Due] = []
    orders: dict[str, list[License]] = {}
    for item, found in standings:
        if found.state not in _GOING_ON or found.ends_on_purpose:
            continue
        if isinstance(item, EnterpriseInstance):
            single.append(_of_instance(item))
        elif isinstance(item, License):
            # Without an Instance ID there is no order to share.
            orders.setdefault(item.instance_id or f"license:{item.id}", []).append(item)
    coming = single + [_of_order(licenses) for licenses in orders.values()]
    return sorted(coming, key=lambda due: (due.ends_at, due.id))


def _of_instance(item: EnterpriseInstance) -> Due:
    months = item.auto_renewal_months or DEFAULT_MONTHS
    amount = None if item.monthly_price is None else item.monthly_price * months
    return Due(item.id, item.id, (item.name,), item.ends_at, item.auto_renewal_months, amount)


def _of_order(licenses: Sequence[License]) -> Due:
    first = min(licenses, key=lambda item: item.id)
    months = first.auto_renewal_months or DEFAULT_MONTHS
    prices = [item.monthly_price for item in licenses]
    known = [price for price in prices if price is not None]
    priced = bool(first.instance_id) and len(known) == len(prices)
    return Due(
        first.id,
        first.instance_id,
        tuple(item.name for item in licenses),
        first.ends_at,
        first.auto_renewal_months,
        sum(known, Decimal(0)) * months if priced else None,
    )


def forecast(
    coming: Sequence[Due], balance: Balance, now: datetime, horizon: timedelta
) -> Forecast:
    """What is due within the horizon (its end included), and where the money ends."""
    within = tuple(due for due in coming if due.ends_at <= now + horizon)
    left = balance.available - balance.owed
    short_from = None
    for due in within:
        if due.amount is None:
            continue
        if short_from is None and due.amount > left:
            short_from = due.ends_at
        left -= due.amount
    return Forecast(
        horizon,
        within,
        sum((due.amount for due in within if due.amount is not None), Decimal(0)),
        sum(due.amount is None for due in within),
        max(Decimal(0), -left),
        short_from,
    )


def payable(coming: Sequence[Due], balance: Balance) -> dict[str, bool | None]:
    """For each auto-renewal, by `Due.id`: whether it can be paid for; None: no price known.

    Each is covered after all auto-renewals before it, whether those succeed or not, so
    that more money never makes one of them fail.
    """
    left = balance.available
    answers: dict[str, bool | None] = {}
    for due in coming:
        if due.auto_renewal_months is None:
            continue
        if due.amount is None:
            answers[due.id] = None
            continue
        answers[due.id] = not balance.owed and due.amount <= left
        left -= due.amount
    return answers
