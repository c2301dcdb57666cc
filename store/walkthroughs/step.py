"""A step with an item's own values in it, as plain strings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from store.models import Balance, Item, License, PreviousPublicInstance, ResourcePlan
from store.money import format_money
from store.orders import Quote

if TYPE_CHECKING:
    from fractions import Fraction

    from store.walkthroughs.procedures import Step

PLACEHOLDERS = (
    "account",
    "site",
    "id",
    "name",
    "instance_id",
    "region",
    "application",
    "package",
    "sdks",
    "ends_at",
    "released_at",
    "overdue_since",
    "stops_at",
    "plan_type",
    "remaining",
    "total",
    "unit",
    "months",
    "price",
    "balance",
    "owed",
    "missing_amount",
)
"""Every value that a step's text can ask for."""

CARRIES = (*PLACEHOLDERS, "ticket")
"""Every value that a step can take along; `ticket` is the whole draft."""

_UNKNOWN = {"en": "not known", "zh": "未知"}
_EMPTY = {
    "instance_id": {"en": "empty", "zh": "为空"},
    "application": {"en": "no application yet", "zh": "尚未绑定应用"},
}
_SITES = {
    "china": {"en": "China site", "zh": "中国站"},
    "international": {"en": "international site", "zh": "国际站"},
}


class Around(Struct, frozen=True):
    """What surrounds an item while it is walked through."""

    account: str
    site: str
    """`china` or `international`."""
    balance: Balance | None = None
    quote: Quote | None = None
    months: int | None = None
    released_at: datetime | None = None
    stops_at: datetime | None = None


class FilledStep(Struct, frozen=True):
    """A step as a person reads it. Values in it are foreign text."""

    id: str
    title: str
    where: str
    page: str
    does: str
    carry: str | None
    """The value to copy, untouched; None when there is none or it is not known."""
    action: str
    clauses: tuple[str, ...]
    notes: tuple[str, ...]


def filled(step: Step, values: Mapping[str, str | None], lang: str = "en") -> FilledStep:
    """The step with these values. What is missing or None reads as not known, an empty
    Instance ID as empty. `values["site"]` chooses the page; `values["ticket"]` is the draft
    where there is one."""
    words = {name: _word(name, values.get(name), lang) for name in PLACEHOLDERS}
    site = values.get("site") or ""
    words["site"] = _SITES[site][lang] if site in _SITES else _UNKNOWN[lang]
    return FilledStep(
        id=step.id,
        title=step.title.format_map(words),
        where=step.where.format_map(words),
        page=step.page["international" if site == "international" else "china"],
        does=step.does.format_map(words),
        carry=(values.get(step.carry) or None) if step.carry else None,
        action=step.action,
        clauses=step.clauses,
        notes=tuple(note.format_map(words) for note in step.notes),
    )


def _word(name: str, value: str | None, lang: str) -> str:
    if value:
        return value
    return (_EMPTY.get(name, _UNKNOWN) if value == "" else _UNKNOWN)[lang]


def values(
    item: Item | None, around: Around, when: Callable[[datetime], str], lang: str = "en"
) -> dict[str, str | None]:
    """The values of an item (None: the account itself) for `filled`.

    `when` writes an instant as the person's screen does.
    """
    balance, quote = around.balance, around.quote
    seen: dict[str, str | None] = {
        "account": around.account,
        "site": around.site,
        "months": None if around.months is None else str(around.months),
        "released_at": _instant(around.released_at, when),
        "stops_at": _instant(around.stops_at, when),
        "price": _money(quote.amount, quote.currency) if quote else None,
        "balance": _money(balance.available, balance.currency) if balance else None,
        "owed": _money(balance.owed, balance.currency) if balance else None,
    }
    if balance:
        missing = missing_amount(balance, quote)
        seen["missing_amount"] = _money(missing, balance.currency)
        seen["overdue_since"] = _instant(balance.overdue_since, when)
    if item is not None:
        seen |= _of_item(item, when, lang)
    return seen


def missing_amount(balance: Balance, quote: Quote | None) -> Decimal | None:
    """What has to be added to pay what is owed and then the quote; 0 when it is enough.

    None when there is a quote that tells no price, or one in another currency.
    """
    needed = balance.owed
    if quote is not None:
        if quote.amount is None or quote.currency != balance.currency:
            return None
        needed += quote.amount
    return max(Decimal(0), needed - balance.available)


def _of_item(item: Item, when: Callable[[datetime], str], lang: str) -> dict[str, str | None]:
    seen: dict[str, str | None] = {
        "id": item.id,
        "name": item.name,
        "instance_id": item.instance_id,
        "region": item.region,
        "ends_at": _instant(item.ends_at, when),
    }
    if isinstance(item, License):
        seen["application"] = item.application
        seen["package"] = item.package
        seen["sdks"] = ("、" if lang == "zh" else ", ").join(item.sdks)
    elif isinstance(item, ResourcePlan):
        seen["plan_type"] = item.type
        seen["remaining"] = _quantity(item.remaining)
        seen["total"] = _quantity(item.total)
        seen["unit"] = item.unit
    elif isinstance(item, PreviousPublicInstance):
        seen["overdue_since"] = _instant(item.overdue_since, when)
    return seen


def _instant(moment: datetime | None, when: Callable[[datetime], str]) -> str | None:
    return None if moment is None else when(moment)


def _money(amount: Decimal | None, currency: str) -> str | None:
    return None if amount is None else format_money(amount, currency)


def _quantity(amount: Fraction) -> str:
    """At most two decimals, rounded down, so that no plan looks fuller than it is."""
    hundredths = int(amount * 100)
    text = f"{hundredths // 100}.{hundredths % 100:02}"
    return text.rstrip("0").rstrip(".")
