"""The rules of the two documents: pure functions of an item, its account and `now`.

No clock, no database, no text. Each answer names the clauses that it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from store.models import (
    Balance,
    DataError,
    EnterpriseInstance,
    Item,
    License,
    NewPublicInstance,
    PreviousPublicInstance,
    ResourcePlan,
    Vod,
)
from store.rules.details import with_details
from store.rules.iot import enterprise, new_public, previous_public
from store.rules.licenses import license_standing
from store.rules.other import other
from store.rules.standing import Event, Standing, State
from store.rules.vod import plan_standing, vod

__all__ = ["AccountFacts", "DataError", "Event", "Standing", "State", "as_missing", "standing"]


class AccountFacts(Struct, frozen=True):
    """What a rule needs to know of the account beside the item itself.

    Items that the cloud no longer lists are not in here: they cover nothing.
    """

    balance: Balance
    plans_by_type: Mapping[str, Sequence[ResourcePlan]] = field(default_factory=dict)
    licenses_by_application: Mapping[str, Sequence[License]] = field(default_factory=dict)

    @classmethod
    def of(cls, balance: Balance, items: Iterable[Item]) -> AccountFacts:
        plans: dict[str, list[ResourcePlan]] = {}
        licenses: dict[str, list[License]] = {}
        for item in items:
            if isinstance(item, ResourcePlan):
                plans.setdefault(item.type, []).append(item)
            elif isinstance(item, License):
                licenses.setdefault(item.application, []).append(item)
        return cls(balance, plans, licenses)


def standing(item: Item, account: AccountFacts, now: datetime) -> Standing:
    """How the item stands at `now`, as far as its account tells."""
    found = _of_kind(item, account, now)
    details = getattr(item, "details", None)
    return found if details is None else with_details(found, details)


def _of_kind(  # noqa: PLR0911 - one return for each kind
    item: Item, account: AccountFacts, now: datetime
) -> Standing:
    match item:
        case EnterpriseInstance():
            return enterprise(item, now)
        case License():
            siblings = account.licenses_by_application.get(item.application, ())
            return license_standing(item, siblings, now)
        case ResourcePlan():
            return plan_standing(item, account.plans_by_type.get(item.type, ()), now)
        case PreviousPublicInstance():
            return previous_public(item, now)
        case NewPublicInstance():
            return new_public(item)
        case Vod():
            plans = [plan for stack in account.plans_by_type.values() for plan in stack]
            return vod(plans, account.balance, now)
        case _:
            return other(item, now)


def as_missing(found: Standing) -> Standing:
    """The standing of an item that the cloud no longer lists: its dates and remedy stay.

    An Enterprise Edition instance past its release is not missing but released.
    """
    if found.state is State.RELEASED:
        return found
    return replace(found, state=State.MISSING, next=None, covered=False)
