"""The cost of keeping an item: of its remedy, for its usual term, and of its debts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from store.items.assessment import Assessment
from store.items.due import due_position
from store.items.overview import Overview
from store.items.spare_licenses import spare_for
from store.models import DEFAULT_MONTHS, EnterpriseInstance, Item, Kind, License, ResourcePlan
from store.money import sum_known
from store.rules.standing import State

_IN_DEBT = frozenset(
    {
        (Kind.PUBLIC_PREVIOUS, State.GRACE),
        (Kind.PUBLIC_PREVIOUS, State.STOPPED),
        (Kind.PUBLIC_PREVIOUS, State.OVERDUE),
        (Kind.VOD, State.AT_RISK),
    }
)
"""Kinds and states of items that a debt endangers."""


class Cost(Struct, frozen=True):
    """The cost of a remedy."""

    amount: Decimal | None
    """None if the price is unknown or, of a debt, if another item shows the whole debt."""
    months: int | None = None
    """The term that it pays for; None for a single payment."""
    is_owed: bool = False
    """Whether it is a debt."""


def remedy_cost(assessment: Assessment, overview: Overview) -> Cost | None:
    """The cost of the item's remedy for its usual term; None if nothing has to be paid."""
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
        order = [assessment.item for assessment in overview.of_instance(item.instance_id)]
        return term_cost(order if item.instance_id else [item], assessment)
    return None


def is_bound_next(assessment: Assessment, overview: Overview) -> bool:
    """Whether the remedy is to bind the license, or a spare one in its place, so that nothing is
    bought."""
    others = overview.items.undated if overview.items else ()
    is_unbound = assessment.standing.state is State.UNBOUND
    return is_unbound or spare_for(assessment, others) is not None


def _debts(overview: Overview) -> dict[str, Cost]:
    """The debt of each item in debt, by id: its own unpaid bills. The rest of the account's debt is
    that of VOD, else of the most urgent item whose bills are unknown."""
    balance, items = overview.balance, overview.items.undated if overview.items else ()
    in_debt = [
        assessment
        for assessment in items
        if (assessment.item.kind, assessment.standing.state) in _IN_DEBT
    ]
    if balance is None or not balance.owed or not in_debt:
        return {}
    statement = overview.details.statement
    billed: dict[str, Decimal] = {}
    for bill in statement.unpaid if statement else ():
        billed[bill.item_id] = billed.get(bill.item_id, Decimal(0)) + bill.amount
    amounts = {assessment.item.id: billed.get(assessment.item.id) for assessment in in_debt}
    rest = balance.owed - sum(filter(None, amounts.values()), Decimal(0))
    unbilled = [assessment for assessment in in_debt if amounts[assessment.item.id] is None]
    if unbilled and rest > 0:
        bearer = min(
            unbilled,
            key=lambda assessment: (assessment.item.kind is not Kind.VOD, due_position(assessment)),
        )
        amounts[bearer.item.id] = rest
    return {item_id: Cost(amount, is_owed=True) for item_id, amount in amounts.items()}


def term_cost(items: Sequence[Item], assessment: Assessment) -> Cost:
    """The cost of renewing these items together for their usual term."""
    auto = assessment.auto_renewal
    months = auto.months if auto and auto.months else DEFAULT_MONTHS
    monthly = sum_known(getattr(item, "monthly_price", None) for item in items) if items else None
    return Cost(None if monthly is None else monthly * months, months)
