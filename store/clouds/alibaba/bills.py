"""Monthly bills: outstanding amounts by product, and the last subscription bill of an instance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from store.clouds.account_details import LastBill, Outstanding
from store.clouds.alibaba.fields import Row, amount, currency_of, mapping, rows, text
from store.clouds.alibaba.retry import Reader
from store.money import round_to_cents
from store.times import BEIJING, add_months

OVERVIEW = "QueryBillOverview"
INSTANCE_BILL = "DescribeInstanceBill"
MONTHS = 13
"""A subscription that was paid for a year has a bill in one of these months."""
_PAGE_SIZE = 300
_MOST_PAGES = 40
_DAYS_A_MONTH = Decimal("30.4375")
_UNITS = {
    "month": Decimal(1), "月": Decimal(1), "个月": Decimal(1),
    "year": Decimal(12), "年": Decimal(12),
    "day": 1 / _DAYS_A_MONTH, "天": 1 / _DAYS_A_MONTH, "日": 1 / _DAYS_A_MONTH,
    "second": 1 / (86_400 * _DAYS_A_MONTH), "秒": 1 / (86_400 * _DAYS_A_MONTH),
}  # fmt: skip
"""Months in one unit of a bill's service period."""
_CLOSE = Decimal("0.1")


def last_months(now: datetime, count: int) -> list[str]:
    """The latest billing cycles, newest first, such as `2026-11`."""
    first = now.astimezone(BEIJING).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return [f"{add_months(first, -back):%Y-%m}" for back in range(count)]


def outstanding_amounts(reader: Reader, month: str) -> list[Outstanding]:
    """The outstanding amounts of a month by product. Raises what the reader raises."""
    answer = reader.call(OVERVIEW, dict, billing_cycle=month)
    sums: dict[tuple[str, str], Decimal] = {}
    for row in _items(answer):
        open_amount = amount(row.get("OutstandingAmount"))
        product = text(row.get("ProductName")) or text(row.get("ProductCode"))
        currency = currency_of(row)
        if open_amount and product and currency:
            key = (product, currency)
            sums[key] = sums.get(key, Decimal(0)) + open_amount
    return [
        Outstanding(product, month, round_to_cents(total), currency)
        for (product, currency), total in sums.items()
        if total > 0
    ]


def last_bills(reader: Reader, month: str) -> list[LastBill]:
    """The subscription bills of a month, one for each Instance ID. Raises what the reader
    raises."""
    by_id: dict[str, list[Row]] = {}
    for row in _instance_rows(reader, month):
        if text(row.get("InstanceID")):
            by_id.setdefault(text(row.get("InstanceID")), []).append(row)
    return [_last_bill(instance_id, month, listed) for instance_id, listed in by_id.items()]


def _instance_rows(reader: Reader, month: str) -> Iterator[Row]:
    token: dict[str, str] = {}
    for _page in range(_MOST_PAGES):
        answer = reader.call(
            INSTANCE_BILL,
            dict,
            billing_cycle=month,
            subscription_type="Subscription",
            max_results=_PAGE_SIZE,
            **token,
        )
        yield from _items(answer)
        next_token = text(mapping(answer.get("Data"), INSTANCE_BILL).get("NextToken"))
        if not next_token or next_token == token.get("next_token"):
            return
        token = {"next_token": next_token}


def _items(answer: Row) -> list[Row]:
    """The rows of a bill: a list, or a list within an object, depending on the operation."""
    items = mapping(answer.get("Data"), "Data").get("Items")
    return rows(items.get("Item") if isinstance(items, dict) else items, "Items")


def _last_bill(instance_id: str, month: str, listed: list[Row]) -> LastBill:
    orders = [row for row in listed if text(row.get("Item")) == "SubscriptionOrder"]
    payable = amount(orders[0].get("PretaxAmount")) if len(orders) == 1 else None
    currency = currency_of(orders[0]) if payable else None
    priced = payable is not None and payable > 0 and currency is not None
    return LastBill(
        instance_id,
        month,
        _first(row.get("NickName") for row in listed),
        _first(row.get("ProductName") for row in listed),
        _first(row.get("CommodityCode") for row in listed),
        round_to_cents(payable) if priced and payable else None,
        currency or "",
        _term(orders[0]) if priced else None,
    )


def _first(values: Iterable[object]) -> str:
    return next((text(value) for value in values if text(value)), "")


def _term(row: Row) -> int | None:
    """The service period in whole months; None if it is not a whole number."""
    length, unit = amount(row.get("ServicePeriod")), text(row.get("ServicePeriodUnit"))
    months_a_unit = _UNITS.get(unit.strip().casefold().removesuffix("s"))
    if length is None or months_a_unit is None:
        return None
    months = length * months_a_unit
    nearest = round(months)
    return nearest if nearest > 0 and abs(months - nearest) <= _CLOSE * nearest else None
