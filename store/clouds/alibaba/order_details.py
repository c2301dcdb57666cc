"""The details of one order by Instance ID, from GetOrderDetail."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from store.clouds.alibaba import configuration
from store.clouds.alibaba.fields import Row, amount, currency_of, instant_field, text, unreadable
from store.i18n import _
from store.times import months_between


class OrderItem(Struct, frozen=True):
    """The part of an order for one Instance ID."""

    at: datetime
    """When the order was made."""
    product: str
    """The product code; empty if the details lack it."""
    starts_at: datetime | None
    ends_at: datetime | None
    months: int | None
    """The term in months; None if the period is missing or is not a whole number of months."""
    amount: Decimal | None
    """None if the cloud gives none, or one sum for several instances."""
    currency: str
    configuration: configuration.Configuration
    """Empty unless it is complete."""


def items_of_order(
    details: Sequence[Row], order: Row, order_id: str, at: datetime
) -> dict[str, OrderItem]:
    """The parts of an order by Instance ID.

    An order of several instances has a row for each, or one row for all. `order` is its row of
    QueryOrders: rows of the details with another order ID or type are skipped.
    """
    parts = {}
    for row in details:
        if not (_agrees(row, order, "OrderId") and _agrees(row, order, "OrderType")):
            continue
        named = instance_ids(row.get("InstanceIDs", row.get("InstanceIds")), order_id)
        starts_at = instant_field(row, "UsageStartTime", f"order {order_id}")
        ends_at = instant_field(row, "UsageEndTime", f"order {order_id}")
        for name in named:
            parts[name] = OrderItem(
                at=at,
                product=text(row.get("ProductCode")),
                starts_at=starts_at,
                ends_at=ends_at,
                months=months_between(starts_at, ends_at),
                amount=paid_amount(row) if len(named) == 1 else None,
                currency=currency_of(row) or "",
                configuration=configuration.order_configuration(row) if len(named) == 1 else (),
            )
    return parts


def _agrees(row: Row, order: Row, field: str) -> bool:
    """Whether the row has the order's value of the field, ignoring case, or no value."""
    value = text(row.get(field)).casefold()
    return row.get(field) is None or value == text(order.get(field)).casefold()


def instance_ids(value: object, order_id: str) -> list[str]:
    """The IDs in `["rm-…"]`, a JSON list within a text, or in a plain list or text."""
    ids = value
    if isinstance(value, str) and value.strip().startswith("["):
        try:
            ids = json.loads(value)
        except ValueError as error:
            raise unreadable(f"order {order_id}", "InstanceIDs", value, _("a JSON list")) from error
    if isinstance(ids, str):
        ids = ids.split(",")
    if ids is None:
        return []
    if not isinstance(ids, list):
        raise unreadable(f"order {order_id}", "InstanceIDs", value, _("a JSON list"))
    return [text(name).strip() for name in ids if text(name).strip()]


def paid_amount(row: Row) -> Decimal | None:
    """The price of an order, including tax if the row has it; None if there is none."""
    for name in ("AfterTaxAmount", "PretaxAmount"):
        paid = amount(row.get(name))
        if paid:
            return paid
    return None
