"""Items as rows of `store.db`, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any

import msgspec
from msgspec.structs import replace

from store.models import (
    DEFAULT_MONTHS,
    Details,
    EnterpriseInstance,
    Item,
    Kind,
    License,
    NewPublicInstance,
    OtherItem,
    PreviousPublicInstance,
    ResourcePlan,
)
from store.times import from_epoch, to_epoch

Values = tuple[str | int | None, ...]
"""An item's values, column by column. Times are stamps."""

_HEAD = ("kind", "id", "instance_id", "name", "region", "words", "renewal_refused")
"""What every item fills. `words` is what a filter looks into; with `due_cents` it follows from
the others, and is there to be walked along."""
_FILLED: Mapping[type, tuple[str, ...]] = {
    EnterpriseInstance: (
        "ends_at", "auto_renewal_months", "monthly_price", "due_cents", "details",
    ),
    PreviousPublicInstance: ("overdue_since", "restored_at", "details"),
    NewPublicInstance: ("details",),
    License: ("ends_at", "auto_renewal_months", "monthly_price", "package", "sdks", "details"),
    ResourcePlan: (
        "ends_at", "type", "total", "remaining", "unit", "used_per_day", "effective_at",
        "price", "months", "payg_price",
    ),
    OtherItem: ("ends_at", "details"),
}  # fmt: skip
"""What an item fills besides. `details` are JSON."""

COLUMNS = tuple(dict.fromkeys((*_HEAD, *chain.from_iterable(_FILLED.values()))))
"""Those that the cloud's data fill. `Vod` is never stored: it follows."""
DATED_COLUMNS = (
    "id", "kind", "name", "region", "ends_at", "auto_renewal_months", "monthly_price",
)  # fmt: skip
"""Those of an item that is judged by its own dates alone: it has no details."""
_ENTERPRISE, _OTHER = Kind.ENTERPRISE.value, Kind.OTHER.value


def to_row(item: Item) -> Values:
    """The item's values in the order of `COLUMNS`."""
    values = _WRITERS[type(item)](item)
    known = dict(zip((*_HEAD, *_FILLED[type(item)]), values, strict=False))
    return tuple(map(known.get, COLUMNS))


def filled(items: Iterable[Item]) -> Iterator[tuple[tuple[str, ...], list[Values]]]:
    """The items' values, those together that fill the same columns: an empty one costs as much
    to hand over as five that are not."""
    found: dict[tuple[type, int], list[Values]] = {}
    for item in items:
        values = _WRITERS[type(item)](item)
        found.setdefault((type(item), len(values)), []).append(values)
    for (kind, length), rows in found.items():
        yield (*_HEAD, *_FILLED[kind])[:length], rows


def due_cents(monthly_price: Decimal | str | None, auto_renewal_months: int | None) -> int | None:
    """What a renewal comes to, for its auto-renewal period, else for 12 months."""
    if monthly_price is None:
        return None
    return int(Decimal(monthly_price) * 100) * (auto_renewal_months or DEFAULT_MONTHS)


def words(name: str, instance_id: str, region: str | None) -> str:
    """What a filter looks into, and what names are sorted by: without regard to case."""
    return f"{name or instance_id}\n{instance_id}\n{region or ''}".casefold()


def _enterprise_row(item: EnterpriseInstance) -> Values:
    head = _head(_ENTERPRISE, item, item.name, item.region)
    months, price = item.auto_renewal_months, item.monthly_price
    if item.details is not None:
        due = due_cents(price, months)
        return (*head, to_epoch(item.ends_at), months, _text(price), due, _details(item.details))
    if price is not None:
        return (*head, to_epoch(item.ends_at), months, str(price), due_cents(price, months))
    known = () if months is None else (months,)
    return (*head, to_epoch(item.ends_at), *known)


def _previous_public_row(item: PreviousPublicInstance) -> Values:
    head = _head(item.kind.value, item, item.name, item.region)
    times = _stamp(item.overdue_since), _stamp(item.restored_at)
    return (*head, *times, _details(item.details))


def _new_public_row(item: NewPublicInstance) -> Values:
    return (*_head(item.kind.value, item, item.name, item.region), _details(item.details))


def _license_row(item: License) -> Values:
    head = _head(item.kind.value, item, item.application, None, int(item.renewal_refused))
    sdks = json.dumps(item.sdks, ensure_ascii=False)
    price = _text(item.monthly_price)
    months, details = item.auto_renewal_months, _details(item.details)
    return (*head, to_epoch(item.ends_at), months, price, item.package, sdks, details)


def _plan_row(item: ResourcePlan) -> Values:
    return (
        *_head(item.kind.value, item, item.name, item.region),
        to_epoch(item.ends_at), item.type, str(item.total), str(item.remaining), item.unit,
        _text(item.used_per_day), to_epoch(item.effective_at), _text(item.price), item.months,
        _text(item.payg_price),
    )  # fmt: skip


def _other_row(item: OtherItem) -> Values:
    values = (*_head(_OTHER, item, item.name, item.region), _stamp(item.ends_at))
    return values if item.details is None else (*values, _details(item.details))


_WRITERS: dict[type, Callable[[Any], Values]] = {
    EnterpriseInstance: _enterprise_row,
    PreviousPublicInstance: _previous_public_row,
    NewPublicInstance: _new_public_row,
    License: _license_row,
    ResourcePlan: _plan_row,
    OtherItem: _other_row,
}
"""What is unknown at the end of a row may be left out."""


def _head(kind: str, item: Item, name: str, region: str | None, refused: int = 0) -> Values:
    """What every item has, as a row begins."""
    instance_id = item.instance_id
    return kind, item.id, instance_id, name, region, words(name, instance_id, region), refused


def _text(amount: Decimal | Fraction | None) -> str | None:
    return None if amount is None else str(amount)


def _stamp(moment: datetime | None) -> int | None:
    return None if moment is None else to_epoch(moment)


def _details(details: Details | None) -> str | None:
    return None if details is None else msgspec.json.encode(details).decode()


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
    return EnterpriseInstance(item_id, name, region, from_epoch(ends_at), months, _amount(price))


def _dated(row: Mapping[str, Any]) -> Item:
    item = dated_item(*(row[name] for name in DATED_COLUMNS))
    details = _details_of(row)
    return item if details is None else replace(item, details=details)


def _previous_public(row: Mapping[str, Any]) -> Item:
    return PreviousPublicInstance(
        row["id"], row["instance_id"], row["name"], row["region"],
        _moment(row["overdue_since"]), _moment(row["restored_at"]), _details_of(row),
    )  # fmt: skip


def _new_public(row: Mapping[str, Any]) -> Item:
    return NewPublicInstance(row["id"], row["name"], row["region"], _details_of(row))


def _license(row: Mapping[str, Any]) -> Item:
    billed = shown = row["ends_at"]
    if row["console_ends_at"] is not None and row["console_against"] == billed:
        shown = row["console_ends_at"]
    return License(
        row["id"], row["instance_id"], row["name"], row["package"], tuple(json.loads(row["sdks"])),
        from_epoch(shown), _amount(row["monthly_price"]), row["auto_renewal_months"],
        bool(row["renewal_refused"]), None if shown == billed else from_epoch(billed),
        _details_of(row),
    )  # fmt: skip


def _plan(row: Mapping[str, Any]) -> Item:
    return ResourcePlan(
        row["id"], row["name"], row["type"], Fraction(row["total"]), Fraction(row["remaining"]),
        row["unit"], Fraction(row["used_per_day"]) if row["used_per_day"] is not None else None,
        from_epoch(row["effective_at"]), from_epoch(row["ends_at"]), _amount(row["price"]),
        row["months"], _amount(row["payg_price"]), row["region"],
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
    return None if seconds is None else from_epoch(seconds)


def _details_of(row: Mapping[str, Any]) -> Details | None:
    written = row["details"]
    return None if written is None else msgspec.json.decode(written, type=Details)
