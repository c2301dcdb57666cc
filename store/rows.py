"""Items as rows of `store.db`, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

from store.models import (
    DEFAULT_MONTHS,
    EnterpriseInstance,
    Item,
    Kind,
    License,
    NewPublicInstance,
    OtherItem,
    PreviousPublicInstance,
    ResourcePlan,
)
from store.moments import from_stamp, stamp

COLUMNS = (
    "kind", "id", "instance_id", "name", "region", "ends_at", "auto_renewal_months",
    "monthly_price", "overdue_since", "restored_at", "package", "sdks", "renewal_refused",
    "type", "total", "remaining", "unit", "used_per_day", "effective_at", "price", "months",
    "payg_price", "due_cents", "words",
)  # fmt: skip
"""The columns that the cloud's data fill, in the order of `to_row`. The last two follow from
the others, and are there to be walked along."""

_FIELDS = tuple(name for name in COLUMNS if name not in {"kind", "id"})
_FIELDS_OF: dict[type, tuple[str, ...]] = {
    kind: tuple(name for name in _FIELDS if hasattr(kind, name)) for kind in get_args(Item)
}
"""The columns that items of each class fill."""


def to_row(item: Item) -> tuple[str | int | None, ...]:
    """The item's values in the order of `COLUMNS`. `Vod` is never stored: it follows."""
    values: dict[str, str | int | None] = dict.fromkeys(_FIELDS)
    for name in _FIELDS_OF[type(item)]:
        values[name] = _column(getattr(item, name))
    values["renewal_refused"] = values["renewal_refused"] or 0
    if isinstance(item, License):
        values["name"] = item.application
        values["sdks"] = json.dumps(item.sdks, ensure_ascii=False)
    if isinstance(item, EnterpriseInstance):
        values["due_cents"] = due_cents(values["monthly_price"], item.auto_renewal_months)
    values["words"] = words(str(values["name"]), item.instance_id, item.region)
    return (item.kind.value, item.id, *values.values())


def due_cents(monthly_price: object, auto_renewal_months: int | None) -> int | None:
    """What a renewal comes to, for its auto-renewal period, else for 12 months."""
    if monthly_price is None:
        return None
    return int(Decimal(str(monthly_price)) * 100) * (auto_renewal_months or DEFAULT_MONTHS)


def words(name: str, instance_id: str, region: str | None) -> str:
    """What a filter looks into, and what names are sorted by: without regard to case."""
    return f"{name or instance_id}\n{instance_id}\n{region or ''}".casefold()


def _column(value: object) -> str | int | None:
    match value:
        case None | str():
            return value
        case bool() | int():
            return int(value)
        case datetime():
            return stamp(value)
        case _:
            return str(value)


def from_row(row: Mapping[str, Any]) -> Item:
    """The item that `to_row` wrote."""
    return _READERS[row["kind"]](row)


def _enterprise(row: Mapping[str, Any]) -> Item:
    return EnterpriseInstance(
        row["id"], row["name"], row["region"], from_stamp(row["ends_at"]),
        row["auto_renewal_months"], _amount(row["monthly_price"]),
    )  # fmt: skip


def _previous_public(row: Mapping[str, Any]) -> Item:
    return PreviousPublicInstance(
        row["id"], row["instance_id"], row["name"], row["region"],
        _moment(row["overdue_since"]), _moment(row["restored_at"]),
    )  # fmt: skip


def _new_public(row: Mapping[str, Any]) -> Item:
    return NewPublicInstance(row["id"], row["name"], row["region"])


def _license(row: Mapping[str, Any]) -> Item:
    billed = shown = row["ends_at"]
    if row["console_ends_at"] is not None and row["console_against"] == billed:
        shown = row["console_ends_at"]
    return License(
        row["id"], row["instance_id"], row["name"], row["package"], tuple(json.loads(row["sdks"])),
        from_stamp(shown), _amount(row["monthly_price"]), row["auto_renewal_months"],
        bool(row["renewal_refused"]), None if shown == billed else from_stamp(billed),
    )  # fmt: skip


def _plan(row: Mapping[str, Any]) -> Item:
    return ResourcePlan(
        row["id"], row["name"], row["type"], Fraction(row["total"]), Fraction(row["remaining"]),
        row["unit"], Fraction(row["used_per_day"]) if row["used_per_day"] is not None else None,
        from_stamp(row["effective_at"]), from_stamp(row["ends_at"]), _amount(row["price"]),
        row["months"], _amount(row["payg_price"]),
    )  # fmt: skip


def _other(row: Mapping[str, Any]) -> Item:
    return OtherItem(row["id"], row["name"], row["region"], _moment(row["ends_at"]))


_READERS = {
    Kind.ENTERPRISE: _enterprise,
    Kind.PUBLIC_PREVIOUS: _previous_public,
    Kind.PUBLIC_NEW: _new_public,
    Kind.LICENSE: _license,
    Kind.PLAN: _plan,
    Kind.OTHER: _other,
}


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else from_stamp(seconds)
