"""Whether what the journal says is what the cloud charged."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from store.clouds.practice import PracticeCloud
from store.db import open_database
from store.payments.journal import payments
from store.payments.payment import Operation, Payment, PaymentState
from store.schema import STORE


def rows_of(home: Path) -> list[Payment]:
    """The journal of a home."""
    db = open_database(home / "store.db", STORE)
    try:
        return payments(db)
    finally:
        db.close()


def renewals_of(home: Path) -> list[dict[str, Any]]:
    """The paid renewal orders of its practice cloud, each with the charge that it made."""
    with PracticeCloud.open(home / "practice.db") as cloud:
        shown: dict[str, Any] = cloud.show()
    charged = Counter(one["order_id"] for one in shown["charges"] if one["what"] == "renewal")
    orders = [
        order
        for order in shown["orders"]
        if order["kind"] == "renewal" and order["state"] == "paid"
    ]
    assert charged == Counter(order["order_id"] for order in orders)
    return orders


def faults(home: Path, journals: tuple[Path, ...] = ()) -> list[str]:
    """What does not agree between the cloud of `home` and the journals; nothing: all does.

    Every journal's row that is paid has its order; each order has a row; no end date was
    paid for twice; nothing is open.
    """
    orders = {order["order_id"]: order for order in renewals_of(home)}
    rows = [row for one in journals or (home,) for row in rows_of(one)]
    paid = [row for row in rows if row.state is PaymentState.PAID]
    found = [f"{row.instance_id} is still {row.state}" for row in rows if row.is_open]
    for row in paid:
        if row.operation is not Operation.RENEW:
            continue
        order = orders.get(row.order_id or "")
        if order is None:
            found.append(f"{row.instance_id} is paid by {row.order_id}, which nobody charged")
        elif (order["instance_id"], order["months"]) != (row.instance_id, row.months):
            found.append(f"{row.instance_id} is paid by {row.order_id}, which is for another")
    ends = Counter((row.instance_id, row.ends_before) for row in paid)
    if len(ends) != len(orders):
        found.append(f"{len(orders)} charges for {len(ends)} end dates that are paid")
    unwritten = set(orders) - {row.order_id for row in paid}
    found += [f"{order_id} was charged, and no row is paid by it" for order_id in unwritten]
    return found
