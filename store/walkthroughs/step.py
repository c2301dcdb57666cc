"""A step of a procedure, filled in with the values of an item."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from store import formats
from store.formats import fill
from store.i18n import _
from store.items.top_up_need import Need
from store.models import Balance, Item, License, PreviousPublicInstance, ResourcePlan
from store.money import format_money
from store.orders import Quote
from store.rules.iot import GRACE
from store.rules.sources import Remark
from store.walkthroughs.procedures import Action
from store.walkthroughs.ticket import SITES

if TYPE_CHECKING:
    from fractions import Fraction

    from store.walkthroughs.procedures import Note, Step

PLACEHOLDERS = (
    "account",
    "site",
    "id",
    "name",
    "instance_id",
    "new_instance_id",
    "region",
    "application",
    "package",
    "sdks",
    "new_license",
    "ends_at",
    "ends_before",
    "released_at",
    "overdue",
    "plan_type",
    "remaining",
    "total",
    "unit",
    "months",
    "price",
    "balance",
    "owed",
    "missing_amount",
    "shortage",
)
"""The names of all values in step texts."""


class StepFacts(Struct, frozen=True):
    """The facts for the values of a step text, besides the item."""

    account: str
    site: str
    """`china` or `international`."""
    balance: Balance | None = None
    quote: Quote | None = None
    months: int | None = None
    released_at: datetime | None = None
    is_overdue: bool = False
    """Whether the item, a public instance, has an unpaid bill."""
    has_stopped: bool = False
    """Whether it has stopped for that."""
    ends_before: datetime | None = None
    """The item's end when the walk began."""
    need: Need | None = None
    """The money that is needed; None if the balance is unknown."""
    now: datetime | None = None
    """The instant that the screen shows, with its zone; None: it shows none."""


class FilledStep(Struct, frozen=True):
    """A step with its values filled in. The values are foreign text."""

    id: str
    title: str
    where: str
    page: str
    does: str
    carry: str | None
    """The value to copy, unchanged; None if there is none or it is unknown."""
    action: Action
    clauses: tuple[str, ...]
    notes: tuple[Remark, ...]


def fill_step(step: Step, values: Mapping[str, str | None]) -> FilledStep:
    """The step with these values.

    Missing values and None become "unknown", an empty Instance ID "empty", one that is still to be
    saved "none yet". `values["site"]`
    chooses the page and the notes, `values["months"]` the notes about long terms;
    `values["ticket"]` is the draft, if there is one.
    """
    words = {name: _word(name, values.get(name)) for name in PLACEHOLDERS}
    site = values.get("site") or ""
    words["site"] = _(SITES[site]) if site in SITES else _("unknown")
    months = int(values.get("months") or 0)
    return FilledStep(
        id=step.id,
        title=step.title,
        where=step.where.format_map(words),
        page=step.page["international" if site == "international" else "china"],
        does=step.does.format_map(words),
        carry=(values.get(step.carry) or None) if step.carry else None,
        action=step.action,
        clauses=step.clauses,
        notes=tuple(
            Remark(note.text.format_map(words), note.source)
            for note in step.notes
            if _note_applies(note, site, months)
        ),
    )


def _note_applies(note: Note, site: str, months: int) -> bool:
    return note.site in {None, site} and months >= note.from_months


def _word(name: str, value: str | None) -> str:
    if value:
        return value
    if value == "" and name == "instance_id":
        return _("empty")
    if value == "" and name == "application":
        return _("an application of your choice")
    if not value and name == "new_instance_id":
        return _("none yet")
    if not value and name == "new_license":
        return _("the new license")
    return _("unknown")


def step_values(item: Item | None, facts: StepFacts) -> dict[str, str | None]:
    """The values of an item (None: of the account itself) for `fill_step`."""
    balance, quote = facts.balance, facts.quote
    texts: dict[str, str | None] = {
        "account": facts.account,
        "site": facts.site,
        "months": None if facts.months is None else str(facts.months),
        "released_at": _instant(facts.released_at, facts.now),
        "ends_before": _instant(facts.ends_before, facts.now),
        "price": _money(quote.amount, quote.currency) if quote else None,
        "balance": _money(balance.available, balance.currency) if balance else None,
        "owed": _money(balance.owed, balance.currency) if balance else None,
    }
    if facts.need:
        texts["missing_amount"] = _money(facts.need.missing or None, facts.need.balance.currency)
        texts["shortage"] = facts.need.text
    if isinstance(item, PreviousPublicInstance):
        texts["overdue"] = _overdue(item, facts)
    return texts if item is None else texts | _item_values(item, facts.now)


def _overdue(item: PreviousPublicInstance, facts: StepFacts) -> str:
    """The start of the overdue period, and when the instance stops, as text (IOT-7, IOT-8)."""
    since = item.overdue_since
    if since is not None:
        words = (
            _("overdue since {since}, and stopped at {at}, 24 hours later")
            if facts.has_stopped
            else _("overdue since {since}, and stops at {at}, 24 hours later")
        )
        return fill(words, facts.now, since=since, at=since + GRACE)
    if facts.is_overdue:
        return _("overdue since an unknown time: it stops within 24 hours, or has already stopped")
    return _("not overdue")


def _item_values(item: Item, now: datetime | None) -> dict[str, str | None]:
    texts: dict[str, str | None] = {
        "id": item.id,
        "name": item.name or item.id,
        "instance_id": item.instance_id,
        "region": item.region,
        "ends_at": _instant(item.ends_at, now),
    }
    if isinstance(item, License):
        texts["application"] = item.application
        texts["package"] = item.package
        texts["sdks"] = formats.joined(item.sdks)
    elif isinstance(item, ResourcePlan):
        texts["plan_type"] = item.type
        texts["remaining"] = _quantity(item.remaining)
        texts["total"] = _quantity(item.total)
        texts["unit"] = item.unit
    return texts


def _instant(moment: datetime | None, now: datetime | None) -> str | None:
    return fill("{at}", now, at=moment) if moment else None


def _money(amount: Decimal | None, currency: str) -> str | None:
    return None if amount is None else format_money(amount, currency)


def _quantity(amount: Fraction) -> str:
    """At most two decimals, rounded down, so that no plan looks fuller than it is."""
    hundredths = int(amount * 100)
    text = f"{hundredths // 100}.{hundredths % 100:02}"
    return text.rstrip("0").rstrip(".")
