"""Due items: what a person has to act on, in the order of urgency, with the cost of each.

A loss of data sorts a day earlier than a stop at the same instant: what has stopped can be
restored, deleted data cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from enum import IntEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from store.items.assessment import Assessment
from store.items.overview import Items, Overview
from store.items.pages import Listing
from store.items.sort_orders import (
    ENDING,
    EXPIRED_LATELY,
    MISSING,
    RELEASED_LATELY,
    SOON,
    STOPPED,
    UNKNOWN,
    WITHIN,
    IndexRange,
    Section,
    SortOrder,
    is_gone,
    of_kind,
)
from store.items.spare_licenses import spare_for
from store.models import DEFAULT_MONTHS, EnterpriseInstance, Item, Kind, License, ResourcePlan
from store.rules.iot import RELEASE_AFTER
from store.rules.severity import Severity
from store.rules.standing import State
from store.times import to_epoch

LOSS_COUNTS_EARLIER = timedelta(days=1)


class Urgency(IntEnum):
    """The groups of the list, in its order."""

    RESCUE = 0
    """Stops or loses data, or does not work now, and can still be saved."""
    DECIDE = 1
    """Needs money or a decision; the service goes on."""
    LOOK = 2
    """Cannot be assessed, or needs no action."""
    GONE = 3
    """Cannot be helped."""


_DOWN = frozenset({State.STOPPED, State.OVERDUE, State.EXPIRED})
_IN_DEBT = frozenset(
    {
        (Kind.PUBLIC_PREVIOUS, State.GRACE),
        (Kind.PUBLIC_PREVIOUS, State.STOPPED),
        (Kind.PUBLIC_PREVIOUS, State.OVERDUE),
        (Kind.VOD, State.AT_RISK),
    }
)
"""Kinds and states of items that a debt endangers."""
_UNCERTAIN = frozenset({State.UNKNOWN, State.MISSING, State.RESTORING})
_NOW = 0
"""The key of what needs action now: before every instant."""


def urgency(assessment: Assessment) -> Urgency:
    """The group of an item that needs attention."""
    item, standing = assessment.item, assessment.standing
    if is_gone(assessment):
        return Urgency.GONE
    if standing.state in _UNCERTAIN:
        return Urgency.LOOK
    if item.kind in {Kind.PLAN, Kind.VOD, Kind.OTHER} or standing.state is State.UNBOUND:
        return Urgency.DECIDE
    if standing.next is None and standing.state not in _DOWN:
        return Urgency.LOOK
    return Urgency.RESCUE


def _position(assessment: Assessment) -> tuple[int, Any]:
    group, event = urgency(assessment), assessment.standing.next
    if group is Urgency.LOOK:
        return group, assessment.item.id
    if event is None:
        return group, _NOW
    is_loss = assessment.standing.data_lost_at == event.at
    return group, to_epoch(event.at - LOSS_COUNTS_EARLIER if is_loss else event.at)


_LOSS_SHIFT = int((RELEASE_AFTER - LOSS_COUNTS_EARLIER).total_seconds())
_INSTANCES, _OTHERS = of_kind(Kind.ENTERPRISE), of_kind(Kind.OTHER)


def _only(condition: str, *ranges: IndexRange) -> tuple[IndexRange, ...]:
    return tuple(replace(each, condition=f"{condition} AND {each.condition}") for each in ranges)


def _by_urgency(*ending: IndexRange) -> SortOrder:
    stopped = replace(STOPPED, shift=_LOSS_SHIFT)
    return SortOrder(
        (
            Section((stopped, *_only(_INSTANCES, *ending)), "ends_at"),
            Section(_only(_OTHERS, *ending), "ends_at"),
            Section((UNKNOWN, MISSING)),
        ),
        _position,
    )


BY_URGENCY = _by_urgency(SOON, WITHIN)
"""What needs attention and can be helped, the most urgent first."""
WITH_AUTO_RENEWALS = _by_urgency(ENDING)
"""The same with what auto-renewal is going to renew."""
GONE = SortOrder(
    (Section(), Section(), Section(), Section((RELEASED_LATELY, EXPIRED_LATELY), "ends_at")),
    _position,
)
"""What was lost in the last 30 days."""


class DueItems(Struct, frozen=True):
    """The due items of an account."""

    listing: Listing
    gone: Listing


def due_items(items: Items) -> DueItems:
    """The items that need attention. Licenses of one order are one entry: they are renewed
    together (LIC-3)."""
    needy = [each for each in items.undated if each.severity is not Severity.OK]
    helped = [each for each in _one_for_each_order(needy) if urgency(each) is not Urgency.GONE]
    gone = [each for each in needy if urgency(each) is Urgency.GONE]
    return DueItems(items.in_order(BY_URGENCY, helped), items.in_order(GONE, gone))


def ending_items(items: Items) -> Listing:
    """What needs attention and can be helped, and what auto-renewal is going to renew within the
    assessor's horizon, the most urgent first. Licenses of one order are one entry."""
    ending = [
        each for each in items.undated if each.severity is not Severity.OK or _renews(each, items)
    ]
    helped = [each for each in _one_for_each_order(ending) if urgency(each) is not Urgency.GONE]
    return items.in_order(WITH_AUTO_RENEWALS, helped)


def _renews(assessment: Assessment, items: Items) -> bool:
    event, assessor = assessment.standing.next, items.assessor
    is_near = event is not None and event.at <= assessor.now + assessor.within
    return is_near and assessment.auto_renewal is not None and not assessment.standing.covered


def _one_for_each_order(assessments: Iterable[Assessment]) -> list[Assessment]:
    orders: dict[str, Assessment] = {}
    for assessment in assessments:
        item = assessment.item
        shared = item.instance_id if isinstance(item, License) else ""
        key = shared or f"{item.kind}:{item.id}"
        if key not in orders or _position(assessment) < _position(orders[key]):
            orders[key] = assessment
    return list(orders.values())


class Cost(Struct, frozen=True):
    """The cost of the remedy. `amount` None: the price is unknown."""

    amount: Decimal | None
    months: int | None = None
    """The term that it pays for; None: it is paid once."""
    is_owed: bool = False
    """Whether it is owed. `amount` None: it is part of the debt that another item shows."""


def cost_of(assessment: Assessment, overview: Overview) -> Cost | None:
    """The cost of the item's remedy for its usual term; None: nothing is to be paid."""
    remedy, item = assessment.standing.remedy, assessment.item
    if remedy in {"P-IOT-SETTLE", "P-TOPUP"}:
        return _debts(overview).get(item.id)
    if remedy == "P-PLAN-BUY" and isinstance(item, ResourcePlan):
        return Cost(item.price, item.months)
    if isinstance(item, EnterpriseInstance) and remedy == "P-IOT-RENEW":
        return term_cost([item], assessment)
    if isinstance(item, License) and remedy in {"P-LIC-RENEW", "P-LIC-REPLACE"}:
        if is_bound_next(assessment, overview):
            return None
        order = [each.item for each in overview.of_instance(item.instance_id)]
        return term_cost(order if item.instance_id else [item], assessment)
    return None


def is_bound_next(assessment: Assessment, overview: Overview) -> bool:
    """Whether a license is to be bound, or a spare one in place of it: nothing is bought then."""
    others = overview.items.undated if overview.items else ()
    is_unbound = assessment.standing.state is State.UNBOUND
    return is_unbound or spare_for(assessment, others) is not None


def _debts(overview: Overview) -> dict[str, Cost]:
    """What each item in debt owes, by id: its own unpaid bills. The rest of the account's debt is
    shown once: by VOD, else by the most urgent of the items whose bills are unknown."""
    balance, items = overview.balance, overview.items.undated if overview.items else ()
    in_debt = [each for each in items if (each.item.kind, each.standing.state) in _IN_DEBT]
    if balance is None or not balance.owed or not in_debt:
        return {}
    statement, own = overview.details.statement, dict[str, Decimal]()
    for bill in statement.unpaid if statement else ():
        own[bill.item_id] = own.get(bill.item_id, Decimal(0)) + bill.amount
    debts = {each.item.id: Cost(own.get(each.item.id), is_owed=True) for each in in_debt}
    rest = balance.owed - sum((each.amount for each in debts.values() if each.amount), Decimal(0))
    others = [each for each in in_debt if each.item.id not in own]
    if others and rest > 0:
        first = min(others, key=lambda each: (each.item.kind is not Kind.VOD, _position(each)))
        debts[first.item.id] = Cost(rest, is_owed=True)
    return debts


def term_cost(items: Sequence[Item], assessment: Assessment) -> Cost:
    """The cost of renewing these items together for their usual term."""
    auto = assessment.auto_renewal
    months = auto.months if auto and auto.months else DEFAULT_MONTHS
    prices: list[Decimal | None] = [getattr(item, "monthly_price", None) for item in items]
    known = [price for price in prices if price is not None]
    is_priced = bool(prices) and len(known) == len(prices)
    return Cost(sum(known, Decimal(0)) * months if is_priced else None, months)
