"""How much ends on which day: counts and sums, so that a horizon is read by its days.

A day counts the items with an end of their own (`DATED`) that the cloud lists and that end
on it. Whoever writes items brings the days of those items up to date in the same
transaction. Amounts are cents, kept in two parts since their sum can pass 64 bits.
"""

# ruff: noqa: S608 - names and conditions are our own, values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from msgspec import Struct

from store.models import Kind

LENGTH = 86_400
"""Seconds of a day; days are counted from 1970, in UTC."""

DATED = f"kind IN ('{Kind.ENTERPRISE}', '{Kind.OTHER}') AND details IS NULL"
"""Items that are judged by their own dates alone: of two kinds, those without details. Indexes
are restricted to them by these very words, so every query has them."""

_PART = 10**9
_SUMS = f"""
count(*), coalesce(sum(due_cents / {_PART}), 0), coalesce(sum(due_cents % {_PART}), 0),
coalesce(sum(kind = '{Kind.ENTERPRISE}' AND due_cents IS NULL), 0),
count(auto_renewal_months + due_cents),
coalesce(sum(CASE WHEN auto_renewal_months IS NOT NULL THEN due_cents / {_PART} END), 0),
coalesce(sum(CASE WHEN auto_renewal_months IS NOT NULL THEN due_cents % {_PART} END), 0)
"""
_SUMS_OF_DAYS = ", ".join(
    f"coalesce(sum({column}), 0)"
    for column in (
        "items", "due_high", "due_low", "unpriced", "autos", "auto_high", "auto_low",
    )
)  # fmt: skip
_LISTED = f"account = :account AND {DATED} AND missing_since IS NULL"


class Tally(Struct, frozen=True):
    """What ends in a stretch of time. Amounts in cents."""

    items: int = 0
    due: int = 0
    """What renewing it costs, as far as a price is known."""
    unpriced: int = 0
    autos: int = 0
    """How many renew themselves, at a price that is known."""
    auto_due: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.items + other.items,
            self.due + other.due,
            self.unpriced + other.unpriced,
            self.autos + other.autos,
            self.auto_due + other.auto_due,
        )


def rewrite(db: sqlite3.Connection, account: str, days: Iterable[int] | None = None) -> None:
    """Count these days of the account anew, or all. The caller holds the transaction."""
    group = f"SELECT :account, ends_at / {LENGTH}, kind, {_SUMS} FROM items WHERE {_LISTED}"
    if days is None:
        db.execute("DELETE FROM days WHERE account = ?", (account,))
        db.execute(
            f"INSERT INTO days {group} AND ends_at IS NOT NULL GROUP BY 2, 3", {"account": account}
        )
        return
    for day in set(days):
        values = {"account": account, "day": day, "low": day * LENGTH, "high": (day + 1) * LENGTH}
        db.execute("DELETE FROM days WHERE account = :account AND day = :day", values)
        db.execute(
            f"INSERT INTO days {group} AND ends_at >= :low AND ends_at < :high GROUP BY 2, 3",
            values,
        )


def tally(
    db: sqlite3.Connection, account: str, after: int, until: int, kind: Kind | None = None
) -> Tally:
    """What ends in (after, until], of one kind or of all: whole days, and the items beside."""
    if until <= after:
        return Tally()
    first, last = after // LENGTH, until // LENGTH
    if first == last:
        return _beside(db, account, after, until, kind)
    of_kind = "" if kind is None else "AND kind = :kind"
    row = db.execute(
        f"SELECT {_SUMS_OF_DAYS} FROM days "
        f"WHERE account = :account AND day > :first AND day < :last {of_kind}",
        {"account": account, "first": first, "last": last, "kind": kind},
    ).fetchone()
    return (
        _beside(db, account, after, (first + 1) * LENGTH - 1, kind)
        + _tally(row)
        + _beside(db, account, last * LENGTH - 1, until, kind)
    )


def _beside(
    db: sqlite3.Connection, account: str, after: int, until: int, kind: Kind | None
) -> Tally:
    of_kind = "" if kind is None else "AND kind = :kind"
    row = db.execute(
        f"SELECT {_SUMS} FROM items WHERE {_LISTED} "
        f"AND ends_at > :after AND ends_at <= :until {of_kind}",
        {"account": account, "after": after, "until": until, "kind": kind},
    ).fetchone()
    return _tally(row)


def _tally(row: Iterable[int]) -> Tally:
    items, high, low, unpriced, autos, auto_high, auto_low = (int(value) for value in row)
    return Tally(items, high * _PART + low, unpriced, autos, auto_high * _PART + auto_low)


def each_day(
    db: sqlite3.Connection, account: str, first: int, last: int | None
) -> Iterator[tuple[int, Tally]]:
    """The days from the first to the last (None: all), each with what ends on it."""
    rows = db.execute(
        f"SELECT day, {_SUMS_OF_DAYS} FROM days WHERE account = ? AND day BETWEEN ? AND ? "
        "GROUP BY day ORDER BY day",
        (account, first, last if last is not None else 2**40),
    )
    for day, *sums in rows:
        yield day, _tally(sums)


def ends(
    db: sqlite3.Connection, account: str, after: int, until: int, *, autos: bool
) -> Iterator[tuple[int, str, int]]:
    """(end, id, cents) of what has a price and ends in (after, until], by end and id."""
    only = "AND auto_renewal_months IS NOT NULL" if autos else ""
    rows = db.execute(
        f"SELECT ends_at, id, due_cents FROM items WHERE {_LISTED} AND due_cents IS NOT NULL {only}"
        " AND ends_at > :after AND ends_at <= :until ORDER BY ends_at, id",
        {"account": account, "after": after, "until": until},
    )
    return map(tuple, rows)
