"""Refunds of renewals, which restore the end date before."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

from store.clouds.practice import account
from store.clouds.practice.renewals import set_end, subscription
from store.errors import Usage
from store.i18n import _

_RENEWAL = (
    "SELECT * FROM orders WHERE order_id = ? AND state = 'paid' "
    "AND kind IN ('renewal', 'auto-renewal')"
)


def refund(connection: sqlite3.Connection, order_id: str) -> None:
    """Refund a renewal and restore the end date before it.

    Raises `Usage` for anything but a paid renewal, and for one that a later renewal extends.
    """
    order = connection.execute(_RENEWAL, (order_id,)).fetchone()
    if order is None:
        raise Usage(
            _("{order_id} is not a paid renewal; `renewal practice show` lists the orders").format(
                order_id=order_id
            )
        )
    row = subscription(connection, order["instance_id"])
    if row["expires_at"] != order["ends_at"]:
        raise Usage(
            _(
                "{instance_id} was renewed again after {order_id}; refund the later renewal first"
            ).format(instance_id=order["instance_id"], order_id=order_id)
        )
    connection.execute(
        "UPDATE orders SET state = 'refunded', ends_at = NULL WHERE order_id = ?", (order_id,)
    )
    connection.execute("DELETE FROM charges WHERE order_id = ?", (order_id,))
    set_end(connection, row, order["ends_before"])
    account.add_money(connection, Decimal(order["amount"]))
