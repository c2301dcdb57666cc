"""Where the money ends: the forecast and the auto-renewals of an account of any size.

The same answers as `store.items.forecast` gives, read by days: only the day on which the money
ends is read item by item. License orders come as `Due`, since they are few and judged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from heapq import merge

from store.items.daily_totals import LENGTH, Tally, each_day, ends, tally
from store.items.forecast import Due, Forecast
from store.models import Balance
from store.times import from_epoch, to_epoch

Place = tuple[int, str]
"""A place in the order of ends: the end as a stamp, and the id."""
NOWHERE: Place = (-1, "")
NEVER: Place = (2**62, "")
_Priced = tuple[int, str, int]


def cents(amount: Decimal) -> int:
    """The amount in whole cents, as databases keep it."""
    return int(amount * 100)


def looking_ahead(  # noqa: PLR0913, PLR0917 - whose, what, by when
    db: sqlite3.Connection,
    account: str,
    orders: Sequence[Due],
    balance: Balance,
    now: datetime,
    horizon: timedelta,
) -> Forecast:
    """What is due within the horizon, and where the money ends."""
    until = to_epoch(now + horizon)
    within = tuple(due for due in orders if to_epoch(due.ends_at) <= until)
    dated = tally(db, account, to_epoch(now), until)
    amounts = [due.amount for due in within if due.amount is not None]
    due = Decimal(dated.due).scaleb(-2) + sum(amounts, Decimal(0))
    left = balance.available - balance.owed
    short = first_over(
        db, account, _priced(within, autos=False), cents(left), (to_epoch(now), until), autos=False
    )
    return Forecast(
        horizon,
        within,
        due,
        dated.unpriced + len(within) - len(amounts),
        max(Decimal(0), due - left),
        None if short == NEVER else from_epoch(short[0]),
    )


def paid_until(
    db: sqlite3.Connection, account: str, orders: Sequence[Due], balance: Balance, now: datetime
) -> Place:
    """The first auto-renewal that the balance does not cover; those before it are paid for.

    Each is covered after all before it, so that from the first that is not, none is.
    """
    if balance.owed:
        return NOWHERE
    span = (to_epoch(now), None)
    return first_over(
        db, account, _priced(orders, autos=True), cents(balance.available), span, autos=True
    )


def _priced(orders: Sequence[Due], *, autos: bool) -> list[_Priced]:
    return sorted(
        (to_epoch(due.ends_at), due.id, cents(due.amount))
        for due in orders
        if due.amount is not None and (due.auto_renewal_months is not None or not autos)
    )


def first_over(  # noqa: PLR0913 - whose, what, how much, when
    db: sqlite3.Connection,
    account: str,
    orders: Sequence[_Priced],
    limit: int,
    span: tuple[int, int | None],
    *,
    autos: bool,
) -> Place:
    """The first place within (after, until] by which more than `limit` cents are due."""
    left = limit
    for after, until, amount in _spans(db, account, orders, span, autos=autos):
        if amount <= left:
            left -= amount
            continue
        here = [order for order in orders if after < order[0] <= until]
        for end, item_id, price in merge(ends(db, account, after, until, autos=autos), here):
            left -= price
            if left < 0:
                return end, item_id
    return NEVER


def _spans(
    db: sqlite3.Connection,
    account: str,
    orders: Sequence[_Priced],
    span: tuple[int, int | None],
    *,
    autos: bool,
) -> Iterator[tuple[int, int, int]]:
    """The span cut at its days: (after, until, cents that are due in it)."""
    after, until = span
    first = after // LENGTH
    last = None if until is None else until // LENGTH
    known: dict[int, Tally] = dict(each_day(db, account, first, last))
    for day in sorted({*known, *(end // LENGTH for end, _, _ in orders if end > after)}):
        low, high = day * LENGTH - 1, (day + 1) * LENGTH - 1
        whole = low > after and (until is None or high <= until)
        low, high = max(low, after), high if until is None else min(high, until)
        found = known.get(day, Tally()) if whole else tally(db, account, low, high)
        amount = found.auto_due if autos else found.due
        yield low, high, amount + sum(price for end, _, price in orders if low < end <= high)
