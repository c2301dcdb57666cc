"""How many items there are, and how many press, without reading them one by one."""

from __future__ import annotations

import sqlite3

from store.items.assessment import Assessor
from store.items.daily_totals import DATED, tally
from store.items.sort_orders import moments
from store.models import Kind


def dated(db: sqlite3.Connection, account: str) -> int:
    """How many dated items are stored, listed or missing."""
    (listed,) = db.execute(
        "SELECT coalesce(sum(items), 0) FROM days WHERE account = ?", (account,)
    ).fetchone()
    return int(listed) + _endless(db, account) + _missing(db, account, "true", {})


def pressing(db: sqlite3.Connection, account: str, judge: Assessor) -> int:
    """How many dated items are not fine: as many as the window of them has rows."""
    at = moments(judge)
    released = "kind = 'iot-enterprise' AND ends_at <= :lost"
    missing = f"(NOT ({released}) OR ends_at > :remembered_lost)"
    return (
        tally(db, account, at["remembered_lost"], at["now"], Kind.ENTERPRISE).items
        + tally(db, account, at["remembered"], at["now"], Kind.OTHER).items
        + _not_renewing(db, account, judge, at["now"], max(at["soon"], at["within"]))
        + _endless(db, account)
        + _missing(db, account, missing, at)
    )


def _not_renewing(
    db: sqlite3.Connection, account: str, judge: Assessor, after: int, until: int
) -> int:
    """What ends in (after, until] and does not renew itself."""
    end, item_id = judge.paid_until
    found = tally(db, account, after, until).items
    found -= tally(db, account, after, min(until, end - 1)).autos
    if after < end <= until:
        (last,) = db.execute(
            "SELECT count(*) FROM items WHERE account = ? AND ends_at = ? AND id < ? "  # noqa: S608
            f"AND {DATED} AND missing_since IS NULL "
            "AND auto_renewal_months IS NOT NULL AND due_cents IS NOT NULL",
            (account, end, item_id),
        ).fetchone()
        found -= last
    return found


def _endless(db: sqlite3.Connection, account: str) -> int:
    row = db.execute(
        "SELECT count(*) FROM items INDEXED BY items_by_end "  # noqa: S608
        f"WHERE account = ? AND {DATED} AND ends_at IS NULL AND missing_since IS NULL",
        (account,),
    ).fetchone()
    return int(row[0])


def _missing(
    db: sqlite3.Connection, account: str, condition: str, values: dict[str, object]
) -> int:
    row = db.execute(
        "SELECT count(*) FROM items INDEXED BY items_missing WHERE account = :account "  # noqa: S608
        f"AND missing_since IS NOT NULL AND {DATED} AND {condition}",
        {**values, "account": account},
    ).fetchone()
    return int(row[0])
