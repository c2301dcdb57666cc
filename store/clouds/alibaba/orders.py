"""Renewal orders of one Instance ID: listed by time and product, matched by their details.

QueryOrders gives no Instance IDs, and without a time window it covers the last hour only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from msgspec import Struct, field

from store.clouds.alibaba.fields import (
    Row,
    amount,
    currency_of,
    mapping,
    moment,
    rows,
    text,
    unreadable,
    whole,
)
from store.clouds.alibaba.instances import Listed
from store.clouds.alibaba.retry import Reader
from store.errors import Unreachable
from store.i18n import _
from store.models import Order, OrderKind, OrderState
from store.times import BEIJING, add_months

PAGE_SIZE = 20
"""A larger page may time out (Alibaba Cloud, GetOrders)."""
CLOCKS_DIFFER = timedelta(minutes=15)
MIN_LOOKBACK = timedelta(days=100)
"""The shortest window; a payment of unknown outcome is younger."""
_YEAR = 12
_NO_END = timedelta(days=400)
_MOST_ORDERS = 2_000
_DAY = timedelta(days=1)
_SAME_CONFIGURATION = frozenset({"New", "Renew", "Refund"})
_STATES = {"paid": OrderState.PAID, "cancelled": OrderState.CANCELLED}


def renewal_window(ends_at: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """The span in which renewal orders are listed.

    It starts a whole number of years before the end date, so that everyone who renews this end
    date counts the same orders at any time: the client token depends on their number.
    """
    until = now + CLOCKS_DIFFER
    if ends_at is None:
        return now - _NO_END, until
    years, since = 0, ends_at
    while since > now - MIN_LOOKBACK:
        years += 1
        since = add_months(ends_at, -_YEAR * years)
    return since.astimezone(UTC), until


class OrderItem(Struct, frozen=True):
    """The part of an order that is about one Instance ID."""

    months: int | None
    amount: Decimal | None
    """None where the cloud gives none, or one sum for several instances."""
    currency: str
    ends_at: datetime | None
    modules: tuple[tuple[str, str], ...]
    """The configuration, as GetSubscriptionPrice takes it: (module code, `A:a,B:b`); empty
    unless it is complete."""
    at: datetime
    """When the order was made."""


class OrderBook(Struct):
    """The orders of one account. The details of a settled order never change and are cached."""

    reader: Reader
    _details: dict[str, dict[str, OrderItem]] = field(default_factory=dict)

    def renewals(self, listed: Listed, now: datetime) -> list[tuple[Order, OrderItem]]:
        """Renewals of this instance, oldest first. One that is not paid yet is left out."""
        begins, until = renewal_window(listed.ends_at, now)
        refunded = {
            text(row.get("RelatedOrderId"))
            for row in self._list("Refund", listed.product, begins, until)
            if text(row.get("PaymentStatus")).casefold() not in {"cancelled", "unpaid"}
        }
        orders = []
        for row in self._list("Renew", listed.product, begins, until):
            state = _STATES.get(text(row.get("PaymentStatus")).casefold())
            part = self._item(row, listed.instance_id) if state is not None else None
            if state is not None and part is not None:
                if text(row.get("OrderId")) in refunded:
                    state = OrderState.REFUNDED
                orders.append((_order(row, listed.instance_id, part, state), part))
        return sorted(orders, key=lambda pair: (pair[0].at, pair[0].id))

    def purchase(self, listed: Listed) -> OrderItem | None:
        """The order that the instance was bought with; None where the cloud shows none."""
        bought = listed.created_at
        if bought is None:
            return None
        for row in self._list("New", listed.product, bought - _DAY, bought + _DAY):
            if text(row.get("PaymentStatus")).casefold() == "paid":
                part = self._item(row, listed.instance_id)
                if part is not None:
                    return part
        return None

    def is_changed_since(self, listed: Listed, since: datetime, now: datetime) -> bool:
        """Whether an order of another type, an upgrade for instance, was made since."""
        for row in self._list("", listed.product, since, now + CLOCKS_DIFFER):
            plain = text(row.get("OrderType")) in _SAME_CONFIGURATION
            if not plain and self._item(row, listed.instance_id) is not None:
                return True
        return False

    def _list(
        self, order_type: str, product: str, begins: datetime, until: datetime
    ) -> Iterator[Row]:
        filters = {"product_code": product} if product else {}
        if order_type:
            filters["order_type"] = order_type
        seen: set[str] = set()
        for number in range(1, _MOST_ORDERS // PAGE_SIZE + 2):
            answer = self.reader.call(
                "QueryOrders",
                dict,
                page_num=number,
                page_size=PAGE_SIZE,
                create_time_start=_wire(begins),
                create_time_end=_wire(until),
                **filters,
            )
            data = mapping(answer.get("Data"), "QueryOrders Data")
            total = whole(data.get("TotalCount"))
            if total is None:
                raise unreadable("QueryOrders", "TotalCount", data.get("TotalCount"), _("a number"))
            page = [row for row in _wrapped(data, "QueryOrders") if _order_id(row) not in seen]
            for row in page:
                seen.add(_order_id(row))
                yield row
            if len(seen) >= total:
                return
            if not page:
                raise Unreachable(
                    _(
                        "the cloud told of {total} orders but listed {n}, so it is not known "
                        "which were paid. Try again."
                    ).format(total=total, n=len(seen))
                )
        raise Unreachable(
            _(
                "there are more than {n} orders of {product} to look through; look in the "
                "console, under Orders."
            ).format(n=_MOST_ORDERS, product=product)
        )

    def _item(self, row: Row, instance_id: str) -> OrderItem | None:
        """The part of the order for this instance; None for an order of other instances."""
        order_id = _order_id(row)
        known = self._details.get(order_id)
        if known is None:
            answer = self.reader.call("GetOrderDetail", dict, order_id=order_id)
            data = mapping(answer.get("Data"), f"GetOrderDetail {order_id} Data")
            made_at = _made_at(row)
            known = _items_of(_wrapped(data, f"GetOrderDetail {order_id}"), order_id, made_at)
            if known and text(row.get("PaymentStatus")).casefold() in _STATES:
                self._details[order_id] = known
        return known.get(instance_id)


def _wrapped(data: Row, where: str) -> list[Row]:
    wrapped = data.get("OrderList")
    if wrapped is None:
        return []
    return rows(mapping(wrapped, where).get("Order"), where)


def _order_id(row: Row) -> str:
    order_id = text(row.get("OrderId"))
    if not order_id:
        raise unreadable("QueryOrders", "OrderId", row.get("OrderId"), _("an order's number"))
    return order_id


def _wire(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _made_at(row: Row) -> datetime:
    where = f"order {_order_id(row)}"
    at = moment(row, "CreateTime", where)
    if at is None:
        raise unreadable(where, "CreateTime", row.get("CreateTime"), _("a time"))
    return at


def _order(row: Row, instance_id: str, part: OrderItem, state: OrderState) -> Order:
    ends_at = part.ends_at if state is OrderState.PAID else None
    return Order(
        _order_id(row), part.at, instance_id, part.months, part.amount, OrderKind.RENEWAL, state,
        ends_at,
    )  # fmt: skip


def _items_of(details: list[Row], order_id: str, made_at: datetime) -> dict[str, OrderItem]:
    """The parts of an order by Instance ID. An order of several instances has a row for each,
    or one row for all of them."""
    parts = {}
    for row in details:
        named = instance_ids(row.get("InstanceIDs", row.get("InstanceIds")), order_id)
        begins = moment(row, "UsageStartTime", f"order {order_id}")
        ends = moment(row, "UsageEndTime", f"order {order_id}")
        for name in named:
            parts[name] = OrderItem(
                months_between(begins, ends),
                paid_amount(row) if len(named) == 1 else None,
                currency_of(row) or "",
                ends,
                modules(row) if len(named) == 1 else (),
                made_at,
            )
    return parts


def instance_ids(value: object, order_id: str) -> list[str]:
    """The IDs of `["rm-…"]`, a JSON list within a text; of a bare list or text too."""
    found = value
    if isinstance(value, str) and value.strip().startswith("["):
        try:
            found = json.loads(value)
        except ValueError as error:
            raise unreadable(f"order {order_id}", "InstanceIDs", value, _("a JSON list")) from error
    if isinstance(found, str):
        found = found.split(",")
    if found is None:
        return []
    if not isinstance(found, list):
        raise unreadable(f"order {order_id}", "InstanceIDs", value, _("a JSON list"))
    return [text(name).strip() for name in found if text(name).strip()]


def paid_amount(row: Row) -> Decimal | None:
    """What an order cost, tax included where it is told."""
    for name in ("AfterTaxAmount", "PretaxAmount"):
        found = amount(row.get(name))
        if found:
            return found
    return None


def months_between(begins: datetime | None, ends: datetime | None) -> int | None:
    """The whole months of a term, in Beijing; None where it is not a number of them.

    A term that began within a day ends at that day's or the next midnight.
    """
    if begins is None or ends is None or ends <= begins:
        return None
    start, end = begins.astimezone(BEIJING), ends.astimezone(BEIJING)
    guess = (end.year - start.year) * 12 + end.month - start.month
    for months in (guess, guess - 1):
        if months > 0 and abs(add_months(start, months) - end) <= _DAY:
            return months
    return None


def modules(row: Row) -> tuple[tuple[str, str], ...]:
    """The configuration of an order in the codes that prices are asked with."""
    wrapped = row.get("BillModuleConfig")
    listed = wrapped.get("billModuleConfig") if isinstance(wrapped, dict) else None
    found = []
    for module in listed if isinstance(listed, list) else []:
        written = _module(module)
        if written is None:
            return ()
        found.append(written)
    return tuple(found)


def _module(module: object) -> tuple[str, str] | None:
    if not isinstance(module, dict):
        return None
    code = text(module.get("ApiCode"))
    wrapped = module.get("BillModuleProperties")
    listed = wrapped.get("billModuleProperties") if isinstance(wrapped, dict) else None
    settings = []
    for entry in listed if isinstance(listed, list) else []:
        name = text(entry.get("AttrApiCode")) if isinstance(entry, dict) else ""
        value = text(entry.get("Value")) if isinstance(entry, dict) else ""
        if not name or not value or set(name + value) & set(",:"):
            return None
        settings.append(f"{name}:{value}")
    return (code, ",".join(settings)) if code and settings else None
