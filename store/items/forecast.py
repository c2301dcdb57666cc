"""What renewals will cost, and until when the balance covers them.

A renewal without a price counts as unpriced, never as 0. Resource plans and bills that are not
issued yet are left out. SQLite adds up the dated items; the others, which are few, come as `Due`.
"""

# ruff: noqa: S608 - conditions are our own, values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from heapq import merge

from msgspec import Struct

from store.items.dues import Due
from store.items.queries import DATED
from store.models import Balance
from store.rules.iot import RELEASE_AFTER
from store.times import from_epoch, to_epoch

EndPosition = tuple[int, str]
"""A position in the order of ends: the end in seconds since 1970, and the id."""
BEFORE_ALL: EndPosition = (-1, "")
AFTER_ALL: EndPosition = (2**62, "")
_DAY = 86_400
_END_OF_TIME = 2**40

_LISTED = f"account = :account AND {DATED} AND kind = 'iot-enterprise' AND missing_since IS NULL"
_AUTO = "auto_renewal_months IS NOT NULL"


class Forecast(Struct, frozen=True):
    """What the renewals within the horizon cost, against the balance."""

    horizon: timedelta
    due: Decimal
    unpriced: int
    shortfall: Decimal
    short_from: datetime | None


def forecast(  # noqa: PLR0913, PLR0917 - whose, what, by when
    db: sqlite3.Connection,
    account: str,
    orders: Sequence[Due],
    balance: Balance,
    now: datetime,
    horizon: timedelta,
) -> Forecast:
    """The forecast for the horizon. Items that have stopped and are not released yet are due
    now."""
    released, until = to_epoch(now - RELEASE_AFTER), to_epoch(now + horizon)
    within = [due for due in orders if to_epoch(due.ends_at) <= until]
    renewals = _Renewals(db, account, _priced(within))
    cents, unpriced = renewals.totals(released, until)
    due, left = Decimal(cents or 0).scaleb(-2), balance.available - balance.owed
    end, _id = renewals.first_uncovered(int(left * 100), released, until)
    return Forecast(
        horizon,
        due,
        unpriced + len(within) - len(renewals.orders),
        max(Decimal(0), due - left),
        None if end == AFTER_ALL[0] else max(now, from_epoch(end)),
    )


class Renewal(Struct, frozen=True):
    """One of the renewals that the forecast adds up."""

    ends_at: datetime
    id: str
    cents: int | None
    """None: the price is unknown."""
    auto_renewal_months: int | None


def renewals(
    db: sqlite3.Connection, account: str, orders: Iterable[Due], now: datetime, horizon: timedelta
) -> Iterator[Renewal]:
    """The renewals that the forecast for the horizon adds up or counts as unpriced, by end and
    id; dated items are read as they are asked for."""
    after, until = now - RELEASE_AFTER, now + horizon
    listed = (
        Renewal(due.ends_at, due.id, due.cents, due.auto_renewal_months)
        for due in sorted(orders, key=_end)
        if after < due.ends_at <= until
    )
    rows = db.execute(
        "SELECT ends_at, id, due_cents, auto_renewal_months FROM items INDEXED BY items_by_end "
        f"WHERE {_LISTED} AND ends_at > :after AND ends_at <= :until ORDER BY ends_at, id",
        {"account": account, "after": to_epoch(after), "until": to_epoch(until)},
    )
    dated = (Renewal(from_epoch(row[0]), *row[1:]) for row in rows)
    return merge(listed, dated, key=_end)


def _end(renewal: Due | Renewal) -> tuple[datetime, str]:
    return renewal.ends_at, renewal.id


def paid_until(
    db: sqlite3.Connection, account: str, orders: Sequence[Due], balance: Balance, now: datetime
) -> EndPosition:
    """The position of the first auto-renewal to come that the balance does not cover.

    Each is covered after all before it, whether those succeed or not, so that from the first
    that is not covered none is, and more money never makes one fail. While anything is owed
    none is.
    """
    if balance.owed:
        return BEFORE_ALL
    to_come = [due for due in orders if due.auto_renewal_months is not None and due.ends_at > now]
    renewals = _Renewals(db, account, _priced(to_come), _AUTO)
    return renewals.first_uncovered(int(balance.available * 100), to_epoch(now), _END_OF_TIME)


def _priced(orders: Iterable[Due]) -> list[tuple[int, str, int]]:
    return sorted(
        (to_epoch(due.ends_at), due.id, due.cents) for due in orders if due.cents is not None
    )


class _Renewals(Struct, frozen=True):
    """The priced renewals of an account by `(ends_at, id)`. Amounts in cents."""

    db: sqlite3.Connection
    account: str
    orders: Sequence[tuple[int, str, int]]
    """End, id and cents of the renewals of items that are not dated, sorted."""
    condition: str = "true"
    """A condition that dated items have to meet."""

    def totals(self, after: int, until: int) -> tuple[int | None, int]:
        """The total cost of renewals ending in (after, until], None if there are none, and the
        number of dated items without a known price."""
        totals = "sum(due_cents), coalesce(sum(due_cents IS NULL), 0)"
        dated, unpriced = self._dated(totals, after, until).fetchone()
        costs = [cents for end, _id, cents in self.orders if after < end <= until]
        return (sum(costs, dated or 0) if costs else dated), unpriced

    def first_uncovered(self, limit: int, after: int, until: int) -> EndPosition:
        """The first renewal ending in (after, until] that `limit` does not cover together with all
        before it; `AFTER_ALL` if it covers all.

        Adds up spans of doubling length until one costs more than what is left, then halves that
        one down to a second: each item is added up only a few times, and few items are read where
        little is covered.
        """
        left, low, span, growth = limit, after, _DAY, 2
        while low < until:
            high = min(low + span, until)
            cents, _unpriced = self.totals(low, high)
            if cents is None or cents <= left:
                left -= cents or 0
                low, span = high, span * growth
            elif high - low > 1:
                span, growth = (high - low) // 2, 1
            else:
                return self._first_over(left, low, high)
        return AFTER_ALL

    def _first_over(self, left: int, after: int, until: int) -> EndPosition:
        here = [order for order in self.orders if after < order[0] <= until]
        dated = map(tuple, self._dated("ends_at, id, due_cents", after, until))
        priced = (each for each in dated if each[2] is not None)
        for end, item_id, cents in merge(priced, here):
            left -= cents
            if left < 0:
                return end, item_id
        return AFTER_ALL

    def _dated(self, columns: str, after: int, until: int) -> sqlite3.Cursor:
        return self.db.execute(
            f"SELECT {columns} FROM items INDEXED BY items_by_end WHERE {_LISTED} "
            f"AND {self.condition} "
            "AND ends_at > :after AND ends_at <= :until ORDER BY ends_at, id",
            {"account": self.account, "after": after, "until": until},
        )
