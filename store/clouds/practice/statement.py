"""The practice account's statement: unpaid bills, and the latest charges."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

from store.clouds.account_details import Charge, Statement, UnpaidBill
from store.clouds.practice.billing import HOUR
from store.times import from_epoch

MOST_BILLS = 100
MOST_CHARGES = 30
_DAY = 24
"""The hours between two bills for pay-as-you-go usage of plan types."""

_UNPAID = """
SELECT bills.key, amount, due_at, coalesce(cycle_hours, ?) AS hours,
    coalesce(bill_after_hours, 0) AS later
FROM bills LEFT JOIN publics ON publics.key = bills.key
WHERE unpaid = 1 ORDER BY due_at, bills.key, bills.id LIMIT ?
"""


def read_statement(connection: sqlite3.Connection) -> Statement:
    """The oldest unpaid bills, and the latest charges."""
    unpaid = connection.execute(_UNPAID, (_DAY, MOST_BILLS)).fetchall()
    charges = connection.execute(
        "SELECT at, amount, what, item FROM charges ORDER BY seq DESC LIMIT ?", (MOST_CHARGES,)
    ).fetchall()
    return Statement(tuple(map(_bill, unpaid)), tuple(map(_charge, charges)))


def _bill(row: sqlite3.Row) -> UnpaidBill:
    ends_at = row["due_at"] - row["later"] * HOUR
    starts_at = ends_at - row["hours"] * HOUR
    return UnpaidBill(
        row["key"], Decimal(row["amount"]), from_epoch(row["due_at"]),
        from_epoch(starts_at), from_epoch(ends_at),
    )  # fmt: skip


def _charge(row: sqlite3.Row) -> Charge:
    return Charge(from_epoch(row["at"]), Decimal(row["amount"]), row["what"], row["item"])
