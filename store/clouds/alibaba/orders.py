"""Orders of one Instance ID: listed by time and product, matched by their details.

QueryOrders returns no Instance IDs, and without a window covers the last hour only. Its filters are
not relied on: an order counts by the type, state, product and time in its own row, and by the
Instance IDs in its details.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from store.clouds.alibaba.fields import (
    Row,
    format_time,
    instant_field,
    is_empty,
    mapping,
    rows,
    text,
    unreadable,
    whole,
)
from store.clouds.alibaba.instances import ListedInstance
from store.clouds.alibaba.order_details import OrderItem, items_of_order
from store.clouds.alibaba.retry import Reader
from store.errors import Unreachable
from store.i18n import _
from store.orders import Order, OrderKind, OrderState
from store.times import add_months

PAGE_SIZE = 20
"""A larger page may time out (Alibaba Cloud, GetOrders)."""
CLOCKS_DIFFER = timedelta(minutes=15)
"""How far an order's time may be ahead of this machine's clock."""
MIN_LOOKBACK = timedelta(days=100)
"""The shortest window; payments of unknown outcome are younger."""
_YEAR = 12
_NO_END = timedelta(days=400)
_MOST_ORDERS = 2_000
_DAY = timedelta(days=1)
_SAME_CONFIGURATION = frozenset({"new", "renew", "refund"})
_STATES = {"paid": OrderState.PAID, "cancelled": OrderState.CANCELLED}
_UNPAID = "unpaid"
_KINDS = {"renew": OrderKind.RENEWAL, "new": OrderKind.PURCHASE}
"""By order type; every other type changes the item."""

Period = tuple[datetime, datetime]
"""The start and end of the creation times."""


def renewal_window(ends_at: datetime | None, now: datetime) -> Period:
    """The window in which renewal orders are listed.

    It starts a whole number of years before the end date, so that everyone who renews this end date
    counts the same orders at any time; the client token depends on their number.
    """
    until = now + CLOCKS_DIFFER
    if ends_at is None:
        return now - _NO_END, until
    years, since = 0, ends_at
    while since > now - MIN_LOOKBACK:
        years += 1
        since = add_months(ends_at, -_YEAR * years)
    return since.astimezone(UTC), until


class OrderBook(Struct):
    """The orders of one account. The details of a settled order never change and are cached."""

    reader: Reader
    _details: dict[str, dict[str, OrderItem]] = field(default_factory=dict)

    def renewals(self, instance: ListedInstance, now: datetime) -> list[tuple[Order, OrderItem]]:
        """Renewals of this instance, oldest first, without unpaid ones."""
        period = renewal_window(instance.ends_at, now)
        orders = []
        for row in self._orders(instance.product, period, order_type="Renew"):
            state = _STATES.get(_status(row))
            part = self._item(row, instance, period) if state is not None else None
            if state is not None and part is not None:
                orders.append((_order(row, instance, part, state), part))
        refunded = self._refunded(instance.product, period) if orders else frozenset()
        marked = [(_refunded_if(order, refunded), part) for order, part in orders]
        return sorted(marked, key=lambda pair: (pair[0].at, pair[0].id))

    def _refunded(self, product: str, period: Period) -> frozenset[str]:
        """The IDs of refunded orders."""
        return frozenset(
            text(row.get("RelatedOrderId"))
            for row in self._orders(product, period, order_type="Refund")
            if _status(row) not in {"cancelled", _UNPAID}
        )

    def unpaid(self, instance: ListedInstance, now: datetime) -> list[Order]:
        """Unpaid orders of any type for this instance."""
        period = renewal_window(instance.ends_at, now)
        orders = []
        for row in self._orders(instance.product, period, payment_status="Unpaid"):
            part = self._item(row, instance, period)
            if part is not None:
                orders.append(_order(row, instance, part, OrderState.UNPAID))
        return orders

    def purchase(self, instance: ListedInstance) -> OrderItem | None:
        """The purchase order of the instance; None if the cloud lists none."""
        bought = instance.created_at
        if bought is None:
            return None
        period = (bought - _DAY, bought + _DAY)
        for row in self._orders(instance.product, period, order_type="New"):
            part = self._item(row, instance, period) if _status(row) == "paid" else None
            if part is not None:
                return part
        return None

    def is_changed_since(self, instance: ListedInstance, since: datetime, now: datetime) -> bool:
        """Whether an order of another type, such as an upgrade, was made since."""
        period = (since, now + CLOCKS_DIFFER)
        for row in self._orders(instance.product, period):
            plain = _type(row) in _SAME_CONFIGURATION
            if not plain and self._item(row, instance, period) is not None:
                return True
        return False

    def _orders(self, product: str, period: Period, **filters: str) -> Iterator[Row]:
        """The rows of the product whose own values match the filters."""
        fields = {"order_type": "OrderType", "payment_status": "PaymentStatus"}
        values = {fields[name]: value.casefold() for name, value in filters.items()}
        for row in self._list(product, period, filters):
            fits = all(text(row.get(name)).casefold() == value for name, value in values.items())
            if fits and text(row.get("ProductCode")) in {product, ""}:
                yield row

    def _list(self, product: str, period: Period, filters: dict[str, str]) -> Iterator[Row]:
        """Every listed row. Raises `Unreachable` if their number does not match the total."""
        begins, until = period
        by_product = {"product_code": product} if product else {}
        ids: set[str] = set()
        for number in range(1, _MOST_ORDERS // PAGE_SIZE + 2):
            answer = self.reader.call(
                "QueryOrders",
                dict,
                page_num=number,
                page_size=PAGE_SIZE,
                create_time_start=format_time(begins),
                create_time_end=format_time(until),
                **by_product,
                **filters,
            )
            data = mapping(answer.get("Data"), "QueryOrders Data")
            total = whole(data.get("TotalCount"))
            if total is None:
                raise unreadable("QueryOrders", "TotalCount", data.get("TotalCount"), _("a number"))
            page = [row for row in _order_rows(data, "QueryOrders") if _order_id(row) not in ids]
            for row in page:
                ids.add(_order_id(row))
                yield row
            if len(ids) >= total:
                return
            if not page:
                raise Unreachable(
                    _(
                        "the cloud reported {total} orders but listed {n}, so it is unknown "
                        "which were paid. Try again."
                    ).format(total=total, n=len(ids))
                )
        raise Unreachable(
            _(
                "there are more than {n} orders of {product}, too many to search; look "
                "in the console, under Orders."
            ).format(n=_MOST_ORDERS, product=product)
        )

    def _item(self, row: Row, instance: ListedInstance, period: Period) -> OrderItem | None:
        """The part of the order for this instance; None for orders of other instances, products or
        times."""
        order_id = _order_id(row)
        parts = self._details.get(order_id)
        if parts is None:
            answer = self.reader.call("GetOrderDetail", dict, order_id=order_id)
            data = mapping(answer.get("Data"), f"GetOrderDetail {order_id} Data")
            details = _order_rows(data, f"GetOrderDetail {order_id}")
            parts = items_of_order(details, row, order_id, _made_at(row))
            if parts and _status(row) in _STATES:
                self._details[order_id] = parts
        part = parts.get(instance.instance_id)
        if part is None or part.product not in {instance.product, ""}:
            return None
        begins, until = period
        return part if begins <= part.at <= until else None


def _order_rows(data: Row, where: str) -> list[Row]:
    wrapped = data.get("OrderList")
    if is_empty(wrapped):
        return []
    return rows(mapping(wrapped, where).get("Order"), where)


def _order_id(row: Row) -> str:
    order_id = text(row.get("OrderId"))
    if not order_id:
        raise unreadable("QueryOrders", "OrderId", row.get("OrderId"), _("an order number"))
    return order_id


def _status(row: Row) -> str:
    return text(row.get("PaymentStatus")).casefold()


def _type(row: Row) -> str:
    """The order type; the documentation has both `Renew` and `renew`."""
    return text(row.get("OrderType")).casefold()


def _made_at(row: Row) -> datetime:
    where = f"order {_order_id(row)}"
    at = instant_field(row, "CreateTime", where)
    if at is None:
        raise unreadable(where, "CreateTime", row.get("CreateTime"), _("a time"))
    return at


def _refunded_if(order: Order, refunded: frozenset[str]) -> Order:
    """The order, marked as refunded if its ID is among these."""
    if order.id not in refunded:
        return order
    return replace(order, state=OrderState.REFUNDED, ends_at=None)


def _order(row: Row, instance: ListedInstance, part: OrderItem, state: OrderState) -> Order:
    return Order(
        id=_order_id(row),
        at=part.at,
        instance_id=instance.instance_id,
        months=part.months,
        amount=part.amount,
        kind=_KINDS.get(_type(row), OrderKind.CHANGE),
        state=state,
        starts_at=part.starts_at,
        ends_at=part.ends_at if state is OrderState.PAID else None,
    )
