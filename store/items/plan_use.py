"""The measured use of resource plans whose rate of use the cloud does not return.

Syncs store the remaining amount of such a plan once a day, for about a week. The rate is the
decrease since the oldest stored amount, divided by the time since.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from store.items.queries import StoredItem
from store.models import Kind, ResourcePlan
from store.rules.vod import used_up_at
from store.times import from_epoch, to_epoch

DAY = timedelta(days=1)
WINDOW = timedelta(days=7)
"""The time over which use is measured."""

_PLANS = """
SELECT id, remaining FROM items
WHERE account = ? AND kind = ? AND used_per_day IS NULL AND missing_since IS NULL
"""
_FORGET_BEFORE = """
DELETE FROM plan_amounts WHERE account = :account AND id = :id AND at < (
    SELECT max(at) FROM plan_amounts WHERE account = :account AND id = :id AND at <= :since)
"""


class Amount(Struct, frozen=True):
    """The remaining amount of a plan at an instant."""

    at: datetime
    remaining: Fraction


def store_amounts(db: sqlite3.Connection, account: str, now: datetime) -> None:
    """Store the remaining amounts of the account's plans. The caller holds the transaction.

    If a plan has more left than before, its older amounts are dropped.
    """
    amounts = _amounts(db, account)
    for plan_id, written in db.execute(_PLANS, (account, Kind.PLAN.value)).fetchall():
        last = amounts[plan_id][-1] if plan_id in amounts else None
        if last is not None and Fraction(written) > last.remaining:
            db.execute("DELETE FROM plan_amounts WHERE account = ? AND id = ?", (account, plan_id))
            last = None
        if last is None or now - last.at >= DAY:
            row = (account, plan_id, to_epoch(now), written)
            db.execute("INSERT OR REPLACE INTO plan_amounts VALUES (?, ?, ?, ?)", row)
        values = {"account": account, "id": plan_id, "since": to_epoch(now - WINDOW)}
        db.execute(_FORGET_BEFORE, values)


def _amounts(db: sqlite3.Connection, account: str) -> dict[str, list[Amount]]:
    amounts: dict[str, list[Amount]] = {}
    sql = "SELECT id, at, remaining FROM plan_amounts WHERE account = ? ORDER BY id, at"
    for plan_id, at, remaining in db.execute(sql, (account,)):
        amounts.setdefault(plan_id, []).append(Amount(from_epoch(at), Fraction(remaining)))
    return amounts


def with_measured_use(
    db: sqlite3.Connection,
    account: str,
    items: Sequence[StoredItem],
    as_of: datetime,
    now: datetime,
) -> Sequence[StoredItem]:
    """The items, with the measured rate for plans whose rate of use is unknown."""
    if not any(map(_is_measured, items)):
        return items
    amounts = _amounts(db, account)
    return [_measure_use(stored, amounts.get(stored.item.id, []), as_of, now) for stored in items]


def _is_measured(stored: StoredItem) -> bool:
    return isinstance(stored.item, ResourcePlan) and stored.item.used_per_day is None


def _measure_use(
    stored: StoredItem, amounts: Sequence[Amount], as_of: datetime, now: datetime
) -> StoredItem:
    """The plan with its measured rate of use. A plan that is no longer listed counts as used up if
    that rate would have used it up by now."""
    plan = stored.item
    if not isinstance(plan, ResourcePlan) or not _is_measured(stored) or not amounts:
        return stored
    measured_at = stored.missing_since or as_of
    plan = replace(plan, used_per_day=_used_per_day(amounts[0], plan.remaining, measured_at))
    if stored.missing:
        used_up = used_up_at(plan, measured_at)
        if used_up is not None and used_up <= now:
            plan = replace(plan, remaining=Fraction(0))
    return replace(stored, item=plan)


def _used_per_day(before: Amount, remaining: Fraction, at: datetime) -> Fraction | None:
    """The use per day since `before`; None if there was none, since another plan may be used first.

    The time counts as at least one day, because use is reported hours late and in portions.
    """
    used = before.remaining - remaining
    if used <= 0:
        return None
    seconds = max(at - before.at, DAY) // timedelta(seconds=1)
    return used / Fraction(seconds, DAY // timedelta(seconds=1))
