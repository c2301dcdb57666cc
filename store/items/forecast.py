"""The forecast: the cost of upcoming renewals, and the first that the balance does not cover.

A renewal without a price counts as unpriced, never as 0. Resource plans and bills that are not
issued yet are left out. SQLite adds up the dated items; the few others are passed as `Due`.
"""

# ruff: noqa: S608 - conditions are our own, values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from heapq import merge

from msgspec import Struct

from store.items.queries import DATED
from store.items.renewal_dues import Due
from store.models import Balance
from store.money import from_cents
from store.rules.iot import RELEASE_AFTER
from store.times import from_epoch, to_epoch

EndPosition = tuple[int, str]
"""A position in the order by end date: the end in seconds since 1970, and the id."""
BEFORE_ALL: EndPosition = (-1, "")
AFTER_ALL: EndPosition = (2**62, "")
_DAY = 86_400
_END_OF_TIME = 2**40

_LISTED = f"account = :account AND {DATED} AND kind = 'iot-enterprise' AND missing_since IS NULL"
_AUTO = "auto_renewal_months IS NOT NULL"


class Forecast(Struct, frozen=True):
    """The cost of the renewals within the horizon, compared with the balance."""

    horizon: timedelta
    due: Decimal
    """The total of the known prices."""
    unpriced: int
    """The number of renewals without a known price."""
    shortfall: Decimal
    """The amount that the balance lacks for `due` and what is owed; 0 if it is enough."""
    short_from: datetime | None
    """The due date of the first renewal that the balance does not cover; None if it covers all."""


def make_forecast(  # noqa: PLR0913, PLR0917 - account, renewals, balance, period
    db: sqlite3.Connection,
    account: str,
    dues: Sequence[Due],
    balance: Balance,
    now: datetime,
    horizon: timedelta,
) -> Forecast:
    """The forecast for the horizon. `dues` are those of undated items. Stopped items that are not
    released yet are due now."""
    released, until = to_epoch(now - RELEASE_AFTER), to_epoch(now + horizon)
    within = [due for due in dues if to_epoch(due.ends_at) <= until]
    renewals = _Renewals(db, account, _priced(within))
    cents, unpriced = renewals.totals(released, until)
    due, left = from_cents(cents or 0), balance.available - balance.owed
    end, _id = renewals.first_uncovered(int(left * 100), released, until)
    return Forecast(
        horizon,
        due,
        unpriced + len(within) - len(renewals.undated),
        max(Decimal(0), due - left),
        None if end == AFTER_ALL[0] else max(now, from_epoch(end)),
    )


def dues_within(
    db: sqlite3.Connection, account: str, dues: Iterable[Due], now: datetime, horizon: timedelta
) -> Iterator[Due]:
    """Every renewal that the forecast for the horizon adds up or counts as unpriced, by end and id.

    `dues` are those of undated items; dated items are read lazily.
    """
    after, until = now - RELEASE_AFTER, now + horizon
    undated = sorted((due for due in dues if after < due.ends_at <= until), key=_end)
    rows = db.execute(
        "SELECT ends_at, id, due_cents, auto_renewal_months FROM items INDEXED BY items_by_end "
        f"WHERE {_LISTED} AND ends_at > :after AND ends_at <= :until ORDER BY ends_at, id",
        {"account": account, "after": to_epoch(after), "until": to_epoch(until)},
    )
    dated = (
        Due(item_id, item_id, from_epoch(end), months, cents)
        for end, item_id, cents, months in rows
    )
    return merge(undated, dated, key=_end)


def _end(due: Due) -> tuple[datetime, str]:
    return due.ends_at, due.id


def first_uncovered_renewal(
    db: sqlite3.Connection, account: str, dues: Sequence[Due], balance: Balance, now: datetime
) -> EndPosition:
    """The position of the first upcoming auto-renewal that the balance does not cover.

    The balance is spent in the order of ends, whether or not the earlier ones succeed: after the
    first uncovered renewal none is covered, and more money never makes one fail. While anything is
    owed, none is covered. `dues` are those of undated items.
    """
    if balance.owed:
        return BEFORE_ALL
    automatic = [due for due in dues if due.auto_renewal_months is not None and due.ends_at > now]
    renewals = _Renewals(db, account, _priced(automatic), _AUTO)
    return renewals.first_uncovered(int(balance.available * 100), to_epoch(now), _END_OF_TIME)


def _priced(dues: Iterable[Due]) -> list[tuple[int, str, int]]:
    return sorted(
        (to_epoch(due.ends_at), due.id, due.cents) for due in dues if due.cents is not None
    )


class _Renewals(Struct, frozen=True):
    """The priced renewals of an account by `(ends_at, id)`. Amounts are in cents."""

    db: sqlite3.Connection
    account: str
    undated: Sequence[tuple[int, str, int]]
    """End, id and cents of the renewals of undated items, sorted."""
    condition: str = "true"
    """An SQL condition on dated items."""

    def totals(self, after: int, until: int) -> tuple[int | None, int]:
        """The total cost of renewals ending in (after, until], None if there are none, and the
        number of dated items without a known price."""
        totals = "sum(due_cents), coalesce(sum(due_cents IS NULL), 0)"
        dated, unpriced = self._query_dated(totals, after, until).fetchone()
        costs = [cents for end, _id, cents in self.undated if after < end <= until]
        return (sum(costs, dated or 0) if costs else dated), unpriced

    def first_uncovered(self, limit: int, after: int, until: int) -> EndPosition:
        """The first renewal ending in (after, until] whose cost, added to that of all before it, is
        more than `limit`; `AFTER_ALL` if there is none.

        Adds up spans of doubling length until one costs more than what is left, then halves that
        span down to a second. Each item is added up only a few times, and few items are read if
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
        undated = [renewal for renewal in self.undated if after < renewal[0] <= until]
        dated = map(tuple, self._query_dated("ends_at, id, due_cents", after, until))
        priced = (renewal for renewal in dated if renewal[2] is not None)
        for end, item_id, cents in merge(priced, undated):
            left -= cents
            if left < 0:
                return end, item_id
        return AFTER_ALL

    def _query_dated(self, columns: str, after: int, until: int) -> sqlite3.Cursor:
        return self.db.execute(
            f"SELECT {columns} FROM items INDEXED BY items_by_end WHERE {_LISTED} "
            f"AND {self.condition} "
            "AND ends_at > :after AND ends_at <= :until ORDER BY ends_at, id",
            {"account": self.account, "after": after, "until": until},
        )
