"""Conversion of items to rows of `store.db`, and back.

Instants are whole seconds since 1970, amounts decimal text, quantities fractions as text.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any
from unicodedata import normalize

import msgspec

from store.items.renewal_dues import due_cents
from store.models import (
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
from store.money import decimal_or_none
from store.times import epoch_or_none, from_epoch, instant_or_none, to_epoch

Value = str | int | None
Row = sqlite3.Row | Mapping[str, Any]

COLUMNS = (
    "kind", "id", "name", "region", "details", "ends_at", "auto_renewal_months", "monthly_price",
    "instance_id", "search_text", "dated", "due_cents", "overdue_since", "restored_at",
    "package", "sdks", "renewal_refused", "type", "total", "remaining", "unit", "used_per_day",
    "effective_at", "price", "months", "payg_price",
)  # fmt: skip
"""The columns that a sync fills. `Vod` is never stored, since it follows from other items."""
COLUMN_LIST = ", ".join(COLUMNS)
VALUE_MARKS = ", ".join("?" for _ in COLUMNS)

DERIVED = frozenset({"search_text", "dated", "due_cents"})
"""Columns that follow from the others, for SQLite to search, sort and add up."""


def is_dated(item: Item) -> bool:
    """Whether an item is assessed by its own dates alone."""
    return isinstance(item, EnterpriseInstance | OtherItem) and item.details is None


def normalized(text: str) -> str:
    """The text without regard to case, width and composition (NFKC, casefolded)."""
    return normalize("NFKC", normalize("NFKC", text).casefold())


def search_text(item: Item) -> str:
    """The text in which the free words of a filter are searched."""
    package = item.package if isinstance(item, License) else None
    return build_search_text(item.name, item.instance_id, item.id, package)


def build_search_text(name: str, instance_id: str, item_id: str, package: str | None) -> str:
    """The search text of an item, normalized, one value on each line: its name, the Instance ID,
    the id if that differs, and a license's package."""
    lines = [name or item_id, instance_id]
    if item_id != instance_id:
        lines.append(item_id)
    if package is not None:
        lines.append(package)
    return "\n".join(normalized(line.replace("\n", " ")) for line in lines)


def to_row(item: Item) -> tuple[Value, ...]:
    """The item's values in the order of `COLUMNS`."""
    values: dict[str, Value] = {
        "kind": item.kind.value,
        "id": item.id,
        "instance_id": item.instance_id,
        "name": item.name,
        "region": item.region,
        "search_text": search_text(item),
        "dated": int(is_dated(item)),
        "ends_at": epoch_or_none(item.ends_at),
        "renewal_refused": 0,
        **_more_values(item),
    }
    return tuple(map(values.get, COLUMNS))


def _more_values(item: Item) -> dict[str, Value]:
    """Further values of items of this kind."""
    match item:
        case EnterpriseInstance():
            return {
                "auto_renewal_months": item.auto_renewal_months,
                "monthly_price": _text(item.monthly_price),
                "due_cents": due_cents(item.monthly_price, item.auto_renewal_months),
                "details": _json(item.details),
            }
        case PreviousPublicInstance():
            return {
                "overdue_since": epoch_or_none(item.overdue_since),
                "restored_at": epoch_or_none(item.restored_at),
                "details": _json(item.details),
            }
        case License():
            return {
                "name": item.application,
                "auto_renewal_months": item.auto_renewal_months,
                "monthly_price": _text(item.monthly_price),
                "package": item.package,
                "sdks": json.dumps(item.sdks, ensure_ascii=False),
                "renewal_refused": int(item.renewal_refused),
                "details": _json(item.details),
            }
        case ResourcePlan():
            return {
                "type": item.type,
                "total": str(item.total),
                "remaining": str(item.remaining),
                "unit": item.unit,
                "used_per_day": _text(item.used_per_day),
                "effective_at": to_epoch(item.effective_at),
                "price": _text(item.price),
                "months": item.months,
                "payg_price": _text(item.payg_price),
            }
        case NewPublicInstance() | OtherItem():
            return {"details": _json(item.details)}
        case _:
            raise TypeError(f"{type(item).__name__} is not stored")


def _text(amount: Decimal | Fraction | None) -> str | None:
    return None if amount is None else str(amount)


def _json(details: Details | None) -> str | None:
    return None if details is None else msgspec.json.encode(details).decode()


def from_row(row: Row) -> Item:
    """The item of a row that has `COLUMNS`, except `DERIVED`, and `console_ends_at` and
    `console_against`."""
    item_id, name, region = row["id"], row["name"], row["region"]
    details = None if row["details"] is None else msgspec.json.decode(row["details"], type=Details)
    match row["kind"]:
        case Kind.ENTERPRISE:
            return EnterpriseInstance(
                item_id, name, region, from_epoch(row["ends_at"]), row["auto_renewal_months"],
                decimal_or_none(row["monthly_price"]), details,
            )  # fmt: skip
        case Kind.PUBLIC_PREVIOUS:
            return PreviousPublicInstance(
                item_id, row["instance_id"], name, region, instant_or_none(row["overdue_since"]),
                instant_or_none(row["restored_at"]), details,
            )  # fmt: skip
        case Kind.PUBLIC_NEW:
            return NewPublicInstance(item_id, name, region, details)
        case Kind.LICENSE:
            return _license(row, details)
        case Kind.PLAN:
            return _plan(row)
        case Kind.OTHER:
            return OtherItem(item_id, name, region, instant_or_none(row["ends_at"]), details)
        case kind:
            raise ValueError(f"items of kind {kind} are not stored")


def _license(row: Row, details: Details | None) -> License:
    """The license, with the end date read in the console as long as the billed end date has not
    changed since."""
    billed = ends_at = row["ends_at"]
    if row["console_ends_at"] is not None and row["console_against"] == billed:
        ends_at = row["console_ends_at"]
    return License(
        row["id"], row["instance_id"], row["name"], row["package"], tuple(json.loads(row["sdks"])),
        from_epoch(ends_at), decimal_or_none(row["monthly_price"]), row["auto_renewal_months"],
        bool(row["renewal_refused"]), None if ends_at == billed else from_epoch(billed), details,
    )  # fmt: skip


def _plan(row: Row) -> ResourcePlan:
    used_per_day = row["used_per_day"]
    return ResourcePlan(
        row["id"], row["name"], row["type"], Fraction(row["total"]), Fraction(row["remaining"]),
        row["unit"], None if used_per_day is None else Fraction(used_per_day),
        from_epoch(row["effective_at"]), from_epoch(row["ends_at"]), decimal_or_none(row["price"]),
        row["months"], decimal_or_none(row["payg_price"]), row["region"],
    )  # fmt: skip
