"""The coming days, one by one: what ends, whose data are lost, and how far the balance goes.

A day is one of UTC+8. Everything is told as it comes where nothing is done; only the balance
is told as if everything that ends were renewed, which is what it has to last for.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from store.items.daily_totals import DATED, LENGTH
from store.items.overview import Items, Overview
from store.models import Kind
from store.rules.iot import RELEASE_AFTER
from store.rules.standing import State
from store.times import BEIJING, from_epoch, to_epoch

DAYS = 90
NAMED = 3
"""How many items of a day are called by name; the others are counted."""

_GOOD = frozenset({State.RUNNING, State.ACTIVE, State.RESTORING})
_ZONE = int(BEIJING.utcoffset(None).total_seconds())
_LISTED = f"account = :account AND {DATED} AND missing_since IS NULL"


class Day(Struct):
    """One day in UTC+8."""

    date: date
    ends: int = 0
    """How many stop, expire, run out or are used up on it."""
    lost: int = 0
    """How many lose their data on it for good."""
    names: list[str] = field(default_factory=list)
    """Of the first of those that end."""
    names_of_lost: list[str] = field(default_factory=list)
    due: Decimal = Decimal(0)
    """What it costs to renew what ends on it, as far as prices are known."""
    unpriced: int = 0
    """How many renewals on it have no known price."""
    left: Decimal | None = None
    """Of the balance, after all dues up to its end; None: the balance is not known."""


def days_ahead(seen: Overview, days: int = DAYS) -> list[Day]:
    """Today and the days after it. Empty where nothing was synced yet."""
    if not seen.items or seen.now is None:
        return []
    items, first = seen.items, _number(seen.now)
    found = {first + n: Day(_date(first + n)) for n in range(days)}
    span: dict[str, Any] = {
        "account": items.account,
        "now": to_epoch(seen.now),
        "until": (first + days) * LENGTH - _ZONE,
        "zone": _ZONE,
    }
    for number, count, cents, unpriced in _ends(items.db, span):
        day = found[number]
        day.ends, day.due, day.unpriced = count, Decimal(cents).scaleb(-2), unpriced
    for number, count in _losses(items.db, span):
        found[number].lost = count
    for number, day in found.items():
        _name(items.db, items.account, day, max(number * LENGTH - _ZONE, span["now"] + 1))
    _add_undated(items, seen.now, found)
    for due in items.judge.orders:
        of_order = found.get(_number(due.ends_at))
        if of_order is not None and due.amount is None:
            of_order.unpriced += 1
        elif of_order is not None and due.amount is not None:
            of_order.due += due.amount
    _reckon(seen, found)
    return list(found.values())


def _number(moment: datetime) -> int:
    return (to_epoch(moment) + _ZONE) // LENGTH


def _date(number: int) -> date:
    return from_epoch(number * LENGTH - _ZONE).date()


def _ends(db: sqlite3.Connection, span: dict[str, Any]) -> Iterator[tuple[int, ...]]:
    """(day, how many, cents, how many without a price)"""
    yield from db.execute(
        "SELECT (ends_at + :zone) / 86400, count(*), coalesce(sum(due_cents), 0), "  # noqa: S608
        f"coalesce(sum(kind = '{Kind.ENTERPRISE}' AND due_cents IS NULL), 0) FROM items "
        f"WHERE {_LISTED} AND ends_at > :now AND ends_at < :until GROUP BY 1",
        span,
    )


def _losses(db: sqlite3.Connection, span: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Of Enterprise instances alone: the release, 15 days after the end (IOT-4)."""
    yield from db.execute(
        "SELECT (ends_at + :release + :zone) / 86400, count(*) FROM items "  # noqa: S608
        f"WHERE {_LISTED} AND kind = '{Kind.ENTERPRISE}' "
        "AND ends_at > :now - :release AND ends_at < :until - :release GROUP BY 1",
        {**span, "release": int(RELEASE_AFTER.total_seconds())},
    )


def _name(db: sqlite3.Connection, account: str, day: Day, start: int) -> None:
    """`start`: the first second of the day that is still to come."""
    end = (start + _ZONE) // LENGTH * LENGTH + LENGTH - _ZONE
    release = int(RELEASE_AFTER.total_seconds())
    for count, names, kind, back in (
        (day.ends, day.names, "true", 0),
        (day.lost, day.names_of_lost, f"kind = '{Kind.ENTERPRISE}'", release),
    ):
        if count:
            rows = db.execute(
                f"SELECT name, id FROM items WHERE {_LISTED} AND {kind} "  # noqa: S608
                "AND ends_at >= :low AND ends_at < :high ORDER BY ends_at, id LIMIT :most",
                {"account": account, "low": start - back, "high": end - back, "most": NAMED},
            )
            names += [name or item_id for name, item_id in rows]


def _add_undated(items: Items, now: datetime, found: dict[int, Day]) -> None:
    """Licenses, plans, what lives by its bills and what has details: by what comes next to each,
    and by when its data are lost."""
    ends, losses = defaultdict(list), defaultdict(list)
    for one in items.undated:
        name, standing = one.item.name or one.item.id, one.standing
        event, lost = standing.next, standing.data_lost_at
        is_release = standing.state is State.STOPPED
        if event is not None and event.at > now and event.state not in _GOOD and not is_release:
            ends[_number(event.at)].append(name)
        if lost is not None and lost > now and standing.state is not State.MISSING:
            losses[_number(lost)].append(name)
    for number, day in found.items():
        day.ends += len(ends[number])
        day.names += ends[number][: max(0, NAMED - len(day.names))]
        day.lost += len(losses[number])
        day.names_of_lost += losses[number][: max(0, NAMED - len(day.names_of_lost))]


def _reckon(seen: Overview, found: dict[int, Day]) -> None:
    if seen.balance is None:
        return
    left = seen.balance.available - seen.balance.owed
    for day in found.values():
        left -= day.due
        day.left = left


def short_from(days: list[Day]) -> Day | None:
    """The first day whose dues the balance does not cover."""
    return next((day for day in days if day.left is not None and day.left < 0), None)
