"""The practice account's clock, balance and charges."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from decimal import Decimal, localcontext

from msgspec import Struct

from store.models import Balance
from store.times import from_epoch, instant_or_none


def clock(connection: sqlite3.Connection) -> int:
    """The practice clock, in seconds since 1970."""
    instant: int = connection.execute("SELECT clock FROM cloud").fetchone()[0]
    return instant


def now(connection: sqlite3.Connection) -> datetime:
    """The practice clock."""
    return from_epoch(clock(connection))


def set_clock(connection: sqlite3.Connection, instant: int) -> None:
    """Set the clock; nothing else happens."""
    connection.execute("UPDATE cloud SET clock = ?", (instant,))


def currency(connection: sqlite3.Connection) -> str:
    """The account's currency."""
    code: str = connection.execute("SELECT currency FROM cloud").fetchone()[0]
    return code


def identity(connection: sqlite3.Connection) -> str:
    """The identity of this practice cloud, new after each reset."""
    fresh_id = connection.execute("SELECT identity FROM cloud").fetchone()[0]
    return f"practice:{fresh_id}"


def site(connection: sqlite3.Connection) -> str:
    """`china` or `international`."""
    return str(connection.execute("SELECT site FROM cloud").fetchone()[0])


def available(connection: sqlite3.Connection) -> Decimal:
    """The available amount, credit included."""
    return Decimal(connection.execute("SELECT available FROM cloud").fetchone()[0])


def is_overdue(connection: sqlite3.Connection) -> bool:
    """Whether any bill is unpaid (IOT-1)."""
    row = connection.execute("SELECT 1 FROM bills WHERE unpaid = 1 LIMIT 1").fetchone()
    return row is not None


def add_money(connection: sqlite3.Connection, amount: Decimal) -> None:
    """Add money to the balance."""
    _set_available(connection, available(connection) + amount)


class NewCharge(Struct, frozen=True):
    """A charge: for a bill, or for an order."""

    amount: Decimal
    what: str
    """`bill`, or the kind of the order."""
    instance_id: str
    item: str
    """The item's id, which differs for public instances without Instance ID."""
    order_id: str | None = None


def charge(connection: sqlite3.Connection, charged: NewCharge) -> None:
    """Take a charge from the balance, which has to cover it, and record it."""
    _set_available(connection, available(connection) - charged.amount)
    connection.execute(
        "INSERT INTO charges (at, amount, what, instance_id, item, order_id)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            clock(connection),
            str(charged.amount),
            charged.what,
            charged.instance_id,
            charged.item,
            charged.order_id,
        ),
    )


def _set_available(connection: sqlite3.Connection, amount: Decimal) -> None:
    connection.execute("UPDATE cloud SET available = ?", (str(amount),))


def balance(connection: sqlite3.Connection) -> Balance:
    """The balance as the cloud returns it. Credit is spent last, so it is never more than the
    available amount."""
    row = connection.execute("SELECT currency, available, credit FROM cloud").fetchone()
    unpaid = connection.execute("SELECT amount FROM bills WHERE unpaid = 1").fetchall()
    oldest = connection.execute("SELECT min(due_at) FROM bills WHERE unpaid = 1").fetchone()[0]
    with localcontext(prec=100):
        owed = sum((Decimal(bill["amount"]) for bill in unpaid), Decimal("0.00"))
    return Balance(
        currency=row["currency"],
        available=Decimal(row["available"]),
        credit=min(Decimal(row["credit"]), Decimal(row["available"])),
        owed=owed,
        overdue_since=instant_or_none(oldest),
    )
