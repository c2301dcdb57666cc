"""Bills: billing cycles of previous-version public instances, amounts owed, stops and restarts.

Each function acts at the instant at which the account's clock stands.
"""

from __future__ import annotations

import sqlite3
from decimal import Decimal

from store.clouds.practice import account

HOUR = 3600
GRACE = 24 * HOUR
"""The seconds for which an overdue instance continues to run (IOT-7, IOT-8)."""
RESTORE_AFTER = HOUR // 2
"""The seconds from the payment to the restart of a stopped instance (IOT-2)."""


def add_bill(
    connection: sqlite3.Connection, key: str, instance_id: str, amount: Decimal, due_at: int
) -> None:
    """Add a bill that will be issued at `due_at`."""
    connection.execute(
        "INSERT INTO bills (key, instance_id, amount, due_at, unpaid) VALUES (?, ?, ?, ?, 0)",
        (key, instance_id, str(amount), due_at),
    )


def end_cycles(connection: sqlite3.Connection, instant: int) -> None:
    """End the billing cycles that are due; each bill follows within 4 hours (IOT-6)."""
    ended = connection.execute(
        "SELECT * FROM publics WHERE cycle_due_at = ? ORDER BY key", (instant,)
    ).fetchall()
    for row in ended:
        due_at = instant + row["bill_after_hours"] * HOUR
        add_bill(connection, row["key"], row["instance_id"], Decimal(row["cycle_cost"]), due_at)
        following = instant + row["cycle_hours"] * HOUR
        connection.execute(
            "UPDATE publics SET cycle_ends_at = ?1, cycle_due_at = ?1 WHERE key = ?2",
            (following, row["key"]),
        )


def issue_bills(connection: sqlite3.Connection, instant: int) -> None:
    """Issue the bills that are due: each is paid in full, or owed from now on."""
    due = connection.execute(
        "SELECT * FROM bills WHERE unpaid = 0 AND due_at = ? ORDER BY key, id", (instant,)
    ).fetchall()
    for bill in due:
        payable = account.available(connection) >= Decimal(bill["amount"])
        if payable and not account.is_overdue(connection):
            _pay(connection, bill)
        else:
            connection.execute("UPDATE bills SET unpaid = 1 WHERE id = ?", (bill["id"],))
            _schedule_stop(connection, bill["key"])


def pay_unpaid_bills(connection: sqlite3.Connection) -> None:
    """Pay the unpaid bills, oldest first, each in full, as long as the money lasts."""
    paid = set()
    for bill in connection.execute(
        "SELECT * FROM bills WHERE unpaid = 1 ORDER BY due_at, key, id"
    ).fetchall():
        if account.available(connection) < Decimal(bill["amount"]):
            break
        _pay(connection, bill)
        paid.add(bill["key"])
    for key in sorted(paid):
        _schedule_stop(connection, key)
        _schedule_restart(connection, key)


def _pay(connection: sqlite3.Connection, bill: sqlite3.Row) -> None:
    connection.execute("DELETE FROM bills WHERE id = ?", (bill["id"],))
    amount = Decimal(bill["amount"])
    account.charge(connection, account.NewCharge(amount, "bill", bill["instance_id"], bill["key"]))


def oldest_unpaid(connection: sqlite3.Connection, key: str) -> int | None:
    """The instant of this item's own oldest unpaid bill."""
    oldest: int | None = connection.execute(
        "SELECT min(due_at) FROM bills WHERE unpaid = 1 AND key = ?", (key,)
    ).fetchone()[0]
    return oldest


def _schedule_stop(connection: sqlite3.Connection, key: str) -> None:
    """Set when a running instance will stop; a plan's bill stops nothing."""
    oldest = oldest_unpaid(connection, key)
    connection.execute(
        "UPDATE publics SET stop_at = ? WHERE key = ?"
        " AND (stopped_at IS NULL OR restored_at IS NOT NULL)",
        (None if oldest is None else oldest + GRACE, key),
    )


def _schedule_restart(connection: sqlite3.Connection, key: str) -> None:
    if oldest_unpaid(connection, key) is None:
        connection.execute(
            "UPDATE publics SET restored_at = ? WHERE key = ?"
            " AND stopped_at IS NOT NULL AND restored_at IS NULL",
            (account.clock(connection) + RESTORE_AFTER, key),
        )


def stop_overdue(connection: sqlite3.Connection, instant: int) -> None:
    """Stop instances whose bills were not paid within 24 hours, and end their cycles."""
    connection.execute(
        "UPDATE publics SET stopped_at = ?1, stop_at = NULL, cycle_due_at = NULL"
        " WHERE stop_at = ?1",
        (instant,),
    )


def restore_settled(connection: sqlite3.Connection, instant: int) -> None:
    """Restart instances whose bills are paid; cycles that ended meanwhile are not billed."""
    returning = connection.execute(
        "SELECT * FROM publics WHERE restored_at = ? ORDER BY key", (instant,)
    ).fetchall()
    for row in returning:
        connection.execute(
            "UPDATE publics SET stopped_at = NULL, restored_at = NULL,"
            " cycle_ends_at = ?1, cycle_due_at = ?1 WHERE key = ?2",
            (cycle_end_from(row, instant), row["key"]),
        )


def cycle_end_from(row: sqlite3.Row, instant: int) -> int:
    """The end of the instance's first cycle that ends at the instant or later."""
    ends_at: int = row["cycle_ends_at"]
    if ends_at >= instant:
        return ends_at
    length = row["cycle_hours"] * HOUR
    missed: int = -(-(instant - ends_at) // length)
    return int(ends_at + missed * length)
