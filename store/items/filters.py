"""Filters: conditions on the fields of an item, and the values of these fields.

Free words are searched in names, Instance IDs, applications, packages, owners and notes; every
other condition is on one field.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from store.items.assessment import Assessment, AutoRenewal
from store.items.names import item_name
from store.items.renewal_dues import due_cents
from store.items.rows import normalized, search_text
from store.models import EnterpriseInstance, License, ResourcePlan
from store.times import epoch_or_none

FieldValue = str | int | None
"""Normalized text, seconds since 1970, cents, or months."""

TEXT, OWNER, NOTE = "text", "owner", "note"
"""The names of fields: the search text, and the owner and note that a person entered."""

UNKNOWN_TERM = 10**6
"""The value of `auto` for auto-renewal whose term the cloud does not return."""


class Contains(Struct, frozen=True):
    """The field's text contains this normalized text."""

    field: str
    text: str

    def is_met(self, values: Mapping[str, FieldValue]) -> bool:
        return self.text in str(values.get(self.field) or "")


class OneOf(Struct, frozen=True):
    """The field has one of these values."""

    field: str
    values: frozenset[str]

    def is_met(self, values: Mapping[str, FieldValue]) -> bool:
        return values.get(self.field) in self.values


class Between(Struct, frozen=True):
    """The field's value is known, at least `low`, and below `high`. None: no such bound."""

    field: str
    low: int | None
    high: int | None

    def is_met(self, values: Mapping[str, FieldValue]) -> bool:
        value = values.get(self.field)
        if not isinstance(value, int):
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value < self.high)


Term = Contains | OneOf | Between


class Filter(Struct, frozen=True):
    """Conditions that an item has to meet together."""

    terms: tuple[Term, ...] = ()

    def is_met(self, values: Mapping[str, FieldValue]) -> bool:
        """Whether these values meet all conditions."""
        return all(term.is_met(values) for term in self.terms)


def field_values(assessment: Assessment, owner: str, note: str) -> dict[str, FieldValue]:
    """The values of an item's fields."""
    item, event = assessment.item, assessment.standing.next
    end = item.ends_at or (event.at if event else None)
    lost = assessment.standing.data_lost_at
    owner, note, shown_name = map(normalized, (owner, note, item_name(item)))
    values: dict[str, FieldValue] = {
        TEXT: "\n".join((search_text(item), shown_name, owner, note)),
        OWNER: owner,
        NOTE: note,
        "name": shown_name,
        "id": normalized(f"{item.instance_id}\n{item.id}"),
        "edition": item.kind.value,
        "region": normalized(item.region or ""),
        "state": assessment.standing.state.value,
        "severity": assessment.severity.value,
        "ends": epoch_or_none(end),
        "lost": epoch_or_none(lost),
    }
    if isinstance(item, EnterpriseInstance | License):
        values["auto"] = _auto_months(assessment.auto_renewal)
        values["cost"] = due_cents(item.monthly_price, item.auto_renewal_months)
    if isinstance(item, License):
        values["application"] = normalized(item.application)
        values["package"] = normalized(item.package)
        values["sdks"] = normalized(", ".join(item.sdks))
    if isinstance(item, ResourcePlan):
        values["type"] = normalized(item.type)
        values["cost"] = None if item.price is None else int(item.price * 100)
    return values


def _auto_months(auto: AutoRenewal | None) -> int:
    """The term of auto-renewal in months, `UNKNOWN_TERM` if it is unknown; 0 if it is off."""
    if auto is None:
        return 0
    return UNKNOWN_TERM if auto.months is None else auto.months
