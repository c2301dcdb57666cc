"""Orders: each is stored once, and returned again for its client token."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from store.clouds.practice import account
from store.errors import Refused
from store.money import decimal_or_none
from store.orders import Order, OrderKind, OrderState
from store.times import from_epoch, instant_or_none


class NewOrder(Struct, frozen=True):
    """The values of a new order."""

    instance_id: str
    months: int
    amount: Decimal | None
    kind: OrderKind
    ends_before: int | None = None
    ends_at: int | None = None
    client_token: str | None = None


def cancel(connection: sqlite3.Connection, order: NewOrder, refusal: Refused) -> None:
    """Write a refused order: it is listed as cancelled, and nothing is charged."""
    _write(connection, order, refusal)


def pay(connection: sqlite3.Connection, order: NewOrder, amount: Decimal) -> str:
    """Write a paid order and take its amount from the balance; returns its ID."""
    order_id = _write(connection, order, None)
    account.charge(
        connection,
        account.NewCharge(amount, order.kind.value, order.instance_id, order.instance_id, order_id),
    )
    return order_id


def _write(connection: sqlite3.Connection, order: NewOrder, refusal: Refused | None) -> str:
    at = account.clock(connection)
    seq = 1 + connection.execute("SELECT coalesce(max(seq), 0) FROM orders").fetchone()[0]
    order_id = f"{from_epoch(at):%Y%m%d%H%M%S}{seq:06d}"
    state = OrderState.PAID if refusal is None else OrderState.CANCELLED
    connection.execute(
        "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            seq,
            order_id,
            at,
            order.instance_id,
            order.months,
            None if order.amount is None else str(order.amount),
            order.kind.value,
            state.value,
            order.ends_before,
            order.ends_at,
            order.client_token,
            None if refusal is None else refusal.code,
            None if refusal is None else refusal.words,
            int(refusal is not None and refusal.for_money),
            time.time(),
        ),
    )
    return order_id


def known_answer(connection: sqlite3.Connection, client_token: str) -> str | Refused | None:
    """The first answer for this token: an order ID, or a refusal."""
    row = connection.execute(
        "SELECT * FROM orders WHERE client_token = ?", (client_token,)
    ).fetchone()
    if row is None:
        return None
    if row["state"] == OrderState.CANCELLED:
        return Refused(row["code"], row["words"], for_money=bool(row["for_money"]))
    answer: str = row["order_id"]
    return answer


def list_orders(connection: sqlite3.Connection, instance_id: str) -> Sequence[Order]:
    """The orders of this Instance ID, oldest first."""
    return [
        Order(
            id=row["order_id"],
            at=from_epoch(row["at"]),
            instance_id=row["instance_id"],
            months=row["months"],
            amount=decimal_or_none(row["amount"]),
            kind=OrderKind(row["kind"]),
            state=OrderState(row["state"]),
            ends_at=instant_or_none(row["ends_at"]),
            starts_at=_starts_at(row),
            made_by=row["made_at"],
        )
        for row in connection.execute(
            "SELECT * FROM orders WHERE instance_id = ? ORDER BY seq", (instance_id,)
        )
    ]


def _starts_at(row: sqlite3.Row) -> datetime | None:
    """The start of a renewal: the end date before or, if that was later, the time of the order."""
    return None if row["ends_before"] is None else from_epoch(max(row["ends_before"], row["at"]))


def refused_end_dates(connection: sqlite3.Connection) -> frozenset[tuple[str, int]]:
    """Instance IDs with the end dates for which a renewal was refused, other than for lack of
    money."""
    return frozenset(
        (row["instance_id"], row["ends_before"])
        for row in connection.execute(
            "SELECT DISTINCT instance_id, ends_before FROM orders"
            " WHERE state = 'cancelled' AND for_money = 0"
        )
    )
