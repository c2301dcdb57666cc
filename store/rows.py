"""Items as rows of `store.db`, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

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


class Row(Struct, frozen=True):
    """An item as its columns: those that the cloud's data fill. Times are stamps."""

    kind: str
    id: str
    instance_id: str
    name: str
    region: str | None
    words: str
    """What a filter looks into; with `due_cents` it follows from the others, and is there to
    be walked along."""
    ends_at: int | None = None
    auto_renewal_months: int | None = None
    monthly_price: str | None = None
    due_cents: int | None = None
    overdue_since: int | None = None
    restored_at: int | None = None
    package: str | None = None
    sdks: str | None = None
    renewal_refused: int = 0
    type: str | None = None
    total: str | None = None
    remaining: str | None = None
    unit: str | None = None
    used_per_day: str | None = None
    effective_at: int | None = None
    price: str | None = None
    months: int | None = None
    payg_price: str | None = None


COLUMNS = Row.__struct_fields__
DATED_COLUMNS = (
    "id", "kind", "name", "region", "ends_at", "auto_renewal_months", "monthly_price",
)  # fmt: skip
"""Those of an item that is judged by its own dates alone."""
_OTHER = Kind.OTHER.value


def to_row(item: Item) -> tuple[str | int | None, ...]:
    """The item's values in the order of `COLUMNS`. `Vod` is never stored: it follows."""
    return astuple(_WRITERS[type(item)](item))


def due_cents(monthly_price: Decimal | str | None, auto_renewal_months: int | None) -> int | None:
    """What a renewal comes to, for its auto-renewal period, else for 12 months."""
    if monthly_price is None:
        return None
    return int(Decimal(monthly_price) * 100) * (auto_renewal_months or DEFAULT_MONTHS)


def words(name: str, instance_id: str, region: str | None) -> str:
    """What a filter looks into, and what names are sorted by: without regard to case."""
    return f"{name or instance_id}\n{instance_id}\n{region or ''}".casefold()


def _enterprise_row(item: EnterpriseInstance) -> Row:
    return Row(
        *_head(item, item.name, item.region),
        ends_at=stamp(item.ends_at),
        auto_renewal_months=item.auto_renewal_months,
        monthly_price=_text(item.monthly_price),
        due_cents=due_cents(item.monthly_price, item.auto_renewal_months),
    )


def _previous_public_row(item: PreviousPublicInstance) -> Row:
    return Row(
        *_head(item, item.name, item.region),
        overdue_since=_stamp(item.overdue_since),
        restored_at=_stamp(item.restored_at),
    )


def _new_public_row(item: NewPublicInstance) -> Row:
    return Row(*_head(item, item.name, item.region))


def _license_row(item: License) -> Row:
    return Row(
        *_head(item, item.application, None),
        ends_at=stamp(item.ends_at),
        auto_renewal_months=item.auto_renewal_months,
        monthly_price=_text(item.monthly_price),
        package=item.package,
        sdks=json.dumps(item.sdks, ensure_ascii=False),
        renewal_refused=int(item.renewal_refused),
    )


def _plan_row(item: ResourcePlan) -> Row:
    return Row(
        *_head(item, item.name, None),
        ends_at=stamp(item.ends_at),
        type=item.type,
        total=str(item.total),
        remaining=str(item.remaining),
        unit=item.unit,
        used_per_day=_text(item.used_per_day),
        effective_at=stamp(item.effective_at),
        price=_text(item.price),
        months=item.months,
        payg_price=_text(item.payg_price),
    )


def _other_row(item: OtherItem) -> Row:
    return Row(*_head(item, item.name, item.region), ends_at=_stamp(item.ends_at))


_WRITERS: dict[type, Callable[[Any], Row]] = {
    EnterpriseInstance: _enterprise_row,
    PreviousPublicInstance: _previous_public_row,
    NewPublicInstance: _new_public_row,
    License: _license_row,
    ResourcePlan: _plan_row,
    OtherItem: _other_row,
}


def _head(item: Item, name: str, region: str | None) -> tuple[str, str, str, str, str | None, str]:
    """What every item has, as a row begins."""
    instance_id = item.instance_id
    return item.kind.value, item.id, instance_id, name, region, words(name, instance_id, region)


def _text(amount: Decimal | Fraction | None) -> str | None:
    return None if amount is None else str(amount)


def _stamp(moment: datetime | None) -> int | None:
    return None if moment is None else stamp(moment)


def from_row(row: Mapping[str, Any]) -> Item:
    """The item that `to_row` wrote."""
    return _READERS[row["kind"]](row)


def dated_item(  # noqa: PLR0913, PLR0917 - one for each column
    item_id: str, kind: str, name: str, region: str, ends_at: Any, months: int | None,
    price: str | None,
) -> EnterpriseInstance | OtherItem:  # fmt: skip
    """The item of these columns, of a kind that is judged by its own dates alone."""
    if kind == _OTHER:
        return OtherItem(item_id, name, region, _moment(ends_at))
    return EnterpriseInstance(item_id, name, region, from_stamp(ends_at), months, _amount(price))


def _dated(row: Mapping[str, Any]) -> Item:
    return dated_item(*(row[name] for name in DATED_COLUMNS))


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


_READERS = {
    Kind.ENTERPRISE: _dated,
    Kind.PUBLIC_PREVIOUS: _previous_public,
    Kind.PUBLIC_NEW: _new_public,
    Kind.LICENSE: _license,
    Kind.PLAN: _plan,
    Kind.OTHER: _dated,
}


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else from_stamp(seconds)
