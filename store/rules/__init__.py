"""The rules of the two documents: pure functions of an item, its account and `now`.

No clock, no database, no text. Each result names its clauses.
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
from store.rules.iot import enterprise_standing, new_public_standing, previous_public_standing
from store.rules.licenses import license_standing
from store.rules.other import other_standing
from store.rules.standing import NOT_SERVING, Event, Standing, State
from store.rules.vod import plan_standing, vod_standing

__all__ = ["AccountFacts", "DataError", "Event", "Standing", "State", "as_missing", "standing"]


class AccountFacts(Struct, frozen=True):
    """The facts of the account that rules need besides the item.

    Items that the cloud no longer lists are excluded, since they cover nothing; the types of such
    plans are included, since a type may have no plan left.
    """

    balance: Balance
    plans_by_type: Mapping[str, Sequence[ResourcePlan]] = field(default_factory=dict)
    licenses_by_application: Mapping[str, Sequence[License]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, balance: Balance, listed: Iterable[Item], missing: Iterable[Item] = ()
    ) -> AccountFacts:
        """The facts of an account with these items."""
        plans: dict[str, list[ResourcePlan]] = {}
        licenses: dict[str, list[License]] = {}
        for item in listed:
            if isinstance(item, ResourcePlan):
                plans.setdefault(item.type, []).append(item)
            elif isinstance(item, License):
                licenses.setdefault(item.application, []).append(item)
        for item in missing:
            if isinstance(item, ResourcePlan):
                plans.setdefault(item.type, [])
        return cls(balance, plans, licenses)


def standing(item: Item, account: AccountFacts, now: datetime) -> Standing:
    """The standing of the item at `now`."""
    by_kind = _standing_by_kind(item, account, now)
    details = getattr(item, "details", None)
    return by_kind if details is None else with_details(by_kind, details, now)


def _standing_by_kind(  # noqa: PLR0911 - one return for each kind
    item: Item, account: AccountFacts, now: datetime
) -> Standing:
    match item:
        case EnterpriseInstance():
            return enterprise_standing(item, now)
        case License():
            siblings = account.licenses_by_application.get(item.application, ())
            return license_standing(item, siblings, now)
        case ResourcePlan():
            return plan_standing(item, account.plans_by_type.get(item.type, ()), now)
        case PreviousPublicInstance():
            return previous_public_standing(item, account.balance, now)
        case NewPublicInstance():
            return new_public_standing(item)
        case Vod():
            return vod_standing(account.plans_by_type, account.balance, now)
        case _:
            return other_standing(item, now)


def as_missing(item: Item, by_dates: Standing) -> Standing:
    """The standing of an item that the cloud no longer lists, with its dates and remedy.

    An Enterprise Edition instance past its release is released, not missing. A resource plan that
    has ended or is used up keeps that state, since the cloud lists valid plans only; so does an
    item that ended on purpose.
    """
    is_expected = isinstance(item, ResourcePlan) or by_dates.ends_on_purpose
    if by_dates.state is State.RELEASED or (is_expected and by_dates.state in NOT_SERVING):
        return by_dates
    return replace(by_dates, state=State.MISSING, next=None, covered=False, runs_low=False)
