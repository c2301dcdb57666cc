"""The next 90 days, one by one: ends, losses of data, and the remaining balance.

Days are days in UTC+8. Ends and losses assume that nobody acts. The balance assumes that each item
is renewed at its end, and that stopped items are renewed today.
"""

# ruff: noqa: S608 - conditions are our own, values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from store.items.assessment import Assessment
from store.items.names import item_name
from store.items.overview import Overview
from store.items.queries import DATED
from store.models import Kind
from store.money import from_cents
from store.rules.iot import RELEASE_AFTER
from store.rules.standing import State
from store.times import BEIJING, from_epoch, to_epoch

DAYS = 90
NAMES = 3
"""Names kept for each day; further items are counted only."""

_IN_SERVICE = frozenset({State.RUNNING, State.ACTIVE, State.RESTORING})
_DAY = 86_400
_ZONE = int(BEIJING.utcoffset(None).total_seconds())
_RELEASE = int(RELEASE_AFTER.total_seconds())
_LISTED = f"account = :account AND {DATED} AND missing_since IS NULL"
_ENTERPRISE = f"kind = '{Kind.ENTERPRISE}'"


class Day(Struct):
    """One day in UTC+8."""

    date: date
    ends: int = 0
    """The number of items that stop, expire or are used up on this day."""
    lost: int = 0
    """The number of items whose data is deleted for good on this day."""
    names: list[str] = field(default_factory=list)
    """The names of the first `NAMES` items that end."""
    names_of_lost: list[str] = field(default_factory=list)
    """The names of the first `NAMES` items that lose their data."""
    due: Decimal = Decimal(0)
    """The cost of the renewals due on this day with a known price."""
    unpriced: int = 0
    """The number of renewals due on this day without a known price."""
    left: Decimal | None = None
    """The balance left after all dues up to the end of this day; None if the balance is unknown."""


def days_ahead(overview: Overview, days: int = DAYS) -> list[Day]:
    """Today and the following days, `days` in all; empty before the first sync."""
    items, now = overview.items, overview.now
    if not items or now is None:
        return []
    first = _number(now)
    by_number = {number: Day(_date(number)) for number in range(first, first + days)}
    values = {
        "account": items.account,
        "now": to_epoch(now),
        "until": (first + days) * _DAY - _ZONE,
        "zone": _ZONE,
        "release": _RELEASE,
    }
    _add_ends(items.db, values, by_number)
    _add_losses(items.db, values, by_number)
    _add_undated(items.undated, now, by_number)
    for due in items.assessor.dues.values():
        day = by_number.get(_number(max(due.ends_at, now)))
        if day is not None and due.cents is None:
            day.unpriced += 1
        elif day is not None and due.cents is not None:
            day.due += from_cents(due.cents)
    if overview.balance is not None:
        left = overview.balance.available - overview.balance.owed
        for day in by_number.values():
            left -= day.due
            day.left = left
    return list(by_number.values())


def _number(instant: datetime) -> int:
    """The number of the instant's day since 1970."""
    return (to_epoch(instant) + _ZONE) // _DAY


def _date(number: int) -> date:
    return from_epoch(_start(number)).date()


def _add_ends(db: sqlite3.Connection, values: dict[str, Any], days: dict[int, Day]) -> None:
    """Add the renewals of dated items: each on the day of its end, stopped ones today."""
    rows = db.execute(
        "SELECT (max(ends_at, :now) + :zone) / 86400, sum(ends_at > :now), "
        "coalesce(sum(due_cents), 0), sum(due_cents IS NULL AND "
        f"{_ENTERPRISE}) FROM items INDEXED BY items_by_end WHERE {_LISTED} "
        "AND ends_at < :until "
        f"AND (ends_at > :now OR {_ENTERPRISE}) AND ends_at > :now - :release GROUP BY 1",
        values,
    )
    for number, ends, cents, unpriced in rows.fetchall():
        day = days[number]
        day.ends, day.due, day.unpriced = ends, from_cents(cents), unpriced
        if ends:
            first = max(_start(number), values["now"] + 1)
            day.names += _names(db, values, first, _start(number + 1))


def _add_losses(db: sqlite3.Connection, values: dict[str, Any], days: dict[int, Day]) -> None:
    """Add the releases of Enterprise instances, 15 days after their ends (IOT-4)."""
    rows = db.execute(
        "SELECT (ends_at + :release + :zone) / 86400, count(*) "
        f"FROM items INDEXED BY items_by_end WHERE {_LISTED} AND {_ENTERPRISE} "
        "AND ends_at > :now - :release AND ends_at < :until - :release GROUP BY 1",
        values,
    )
    for number, count in rows.fetchall():
        first = max(_start(number), values["now"] + 1) - _RELEASE
        days[number].lost = count
        days[number].names_of_lost += _names(
            db, values, first, _start(number + 1) - _RELEASE, _ENTERPRISE
        )


def _start(number: int) -> int:
    """The first second of the day."""
    return number * _DAY - _ZONE


def _names(
    db: sqlite3.Connection, values: dict[str, Any], first: int, end: int, condition: str = "true"
) -> list[str]:
    """The names of the first items that end in [first, end)."""
    rows = db.execute(
        f"SELECT name, id FROM items INDEXED BY items_by_end WHERE {_LISTED} AND {condition} "
        "AND ends_at >= :first AND ends_at < :end ORDER BY ends_at, id LIMIT :names",
        {**values, "first": first, "end": end, "names": NAMES},
    )
    return [name or item_id for name, item_id in rows]


def _add_undated(items: Iterable[Assessment], now: datetime, days: dict[int, Day]) -> None:
    """Add the undated items, each on the day of its next event and of its loss of data."""
    for item in items:
        name, standing = item_name(item.item), item.standing
        event, lost = standing.next, standing.data_lost_at
        is_release = standing.state is State.STOPPED
        if event is not None and event.at > now and event.state not in _IN_SERVICE:
            day = None if is_release else days.get(_number(event.at))
            if day is not None:
                day.ends += 1
                day.names += [name][: NAMES - len(day.names)]
        if lost is not None and lost > now and standing.state is not State.MISSING:
            day = days.get(_number(lost))
            if day is not None:
                day.lost += 1
                day.names_of_lost += [name][: NAMES - len(day.names_of_lost)]


def first_short_day(days: Iterable[Day]) -> Day | None:
    """The first day whose dues the balance does not cover; None if it covers all."""
    return next((day for day in days if day.left is not None and day.left < 0), None)
