"""The rows of QueryResourcePackageInstances: VOD plans, and plans of products without a rule.

The list has valid plans only, not those that have ended or are used up.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter

from store.clouds.alibaba.commodity_codes import plan_type
from store.clouds.alibaba.fields import (
    Row,
    amount,
    inner_list,
    is_empty,
    is_never,
    mapping,
    text,
    unreadable,
    whole,
)
from store.clouds.alibaba.paging import all_pages
from store.clouds.alibaba.retry import Reader
from store.clouds.alibaba.row_errors import A_TIME, AN_OBJECT, RowErrors, distinct_id
from store.i18n import N_, _
from store.models import Details, Item, OtherItem, ResourcePlan
from store.money import convert_unit

OPERATION = "QueryResourcePackageInstances"
PAGE_SIZE = 100
"""The smallest maximum in all editions of the documentation."""
_MISSING_END, _MISSING_START = ("ends_at", "ExpiryTime"), ("effective_at", "EffectiveTime")
"""Fields of a plan, and their names in a row."""
_NO_DETAILS = Details()


def plan_pages(reader: Reader) -> Iterator[tuple[list[Item], int]]:
    """The pages, each with the cloud's total. Raises `Unreachable` if the list is incomplete or the
    answer cannot be read."""

    def fetch(number: int) -> tuple[list[Item], int]:
        answer = reader.call(OPERATION, dict, page_num=number, page_size=PAGE_SIZE)
        data = mapping(answer.get("Data"), f"{OPERATION} Data")
        taken: set[str] = set()
        return [item_of(row, taken) for row in _rows(data)], _total(answer, data)

    yield from all_pages(OPERATION, fetch, attrgetter("id"))


def _rows(data: Row) -> list[object]:
    wrapped = data.get("Instances")
    empty = is_empty(wrapped)
    listed = None if empty else mapping(wrapped, f"{OPERATION} Instances").get("Instance")
    if is_empty(listed):
        return []
    if not isinstance(listed, list):
        raise unreadable(OPERATION, "Instance", listed, _("a list"))
    return listed


def _total(answer: Row, data: Row) -> int:
    """The total: a text in one field, a number in the other."""
    for where, field in ((data, "TotalCount"), (answer, "Total")):
        total = whole(where.get(field))
        if total is not None:
            return total
    raise unreadable(OPERATION, "TotalCount", data.get("TotalCount"), _("a whole number"))


def item_of(value: object, taken: set[str]) -> Item:
    """The item of a row: a VOD plan, or `other` for another product's plan and for an unreadable
    row.

    `taken` are the IDs made up for rows of this page; a new one is added.
    """
    errors = RowErrors()
    row: Row = value if isinstance(value, dict) else {}
    if not isinstance(value, dict):
        errors.add("id", value, AN_OBJECT)
    stable_values = (_codes(row), row.get("EffectiveTime"), None if row is value else value)
    plan_id = errors.item_id(row.get("InstanceId"), stable_values)
    if errors.errors:
        plan_id = distinct_id(plan_id, taken)
    name = text(row.get("Remark")) or text(row.get("PackageType")) or plan_id
    region = text(row.get("Region"))
    begins = errors.instant(row.get("EffectiveTime"), "effective_at")
    ends = errors.instant(row.get("ExpiryTime"), "ends_at")
    amounts = _amounts(row, errors) if _is_vod(row) else None
    if amounts is None or begins is None or ends is None or errors.errors:
        if _is_vod(row) and not errors.errors:
            field, column = _MISSING_END if ends is None else _MISSING_START
            errors.add(field, row.get(column), A_TIME)
        details = Details(never_ends=is_never(row.get("ExpiryTime")), errors=tuple(errors.errors))
        return OtherItem(plan_id, name, region, ends, None if details == _NO_DETAILS else details)
    total, left, unit = amounts
    return ResourcePlan(
        plan_id, name, _type(row), total, left, unit, None, begins, ends, region=region or None
    )


def _amounts(row: Row, errors: RowErrors) -> tuple[Fraction, Fraction, str] | None:
    """The total, the remaining amount, and the unit of both; None for impossible values."""
    total, left = row.get("TotalAmount"), row.get("RemainingAmount")
    unit = text(row.get("TotalAmountUnit"))
    left_unit = text(row.get("RemainingAmountUnit")) or unit
    whole_amount, left_amount = amount(total), amount(left)
    if whole_amount is None or whole_amount <= 0:
        errors.add("total", total, N_("an amount above 0"))
    if left_amount is None or left_amount < 0:
        errors.add("remaining", left, N_("an amount"))
    if errors.errors or whole_amount is None or left_amount is None:
        return None
    scaled = convert_unit(Fraction(left_amount), left_unit, unit)
    if scaled is None:
        errors.add("unit", f"{left_unit} / {unit}", N_("one unit, or two units of data"))
    elif scaled > whole_amount:
        amounts = f"{_plain(left_amount)} {left_unit} / {_plain(whole_amount)} {unit}"
        errors.add("remaining", amounts, N_("no more than the total"))
    else:
        return Fraction(whole_amount), scaled, unit
    return None


def _plain(number: Decimal) -> str:
    return format(number, "f")


def _codes(row: Row) -> str:
    names = map(text, inner_list(row, "ApplicableProducts", "Product"))
    return " ".join((text(row.get("CommodityCode")), text(row.get("PackageType")), *names))


def _is_vod(row: Row) -> bool:
    return "vod" in _codes(row).casefold()


def _type(row: Row) -> str:
    package, remark = text(row.get("PackageType")), text(row.get("Remark"))
    return plan_type(text(row.get("CommodityCode")), package, remark)
