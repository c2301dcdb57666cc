"""Snapshots of the facts about an item, taken before and after a walk, as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from store.models import Balance, Item, License, PreviousPublicInstance, ResourcePlan
from store.times import json_time


def snapshot(
    item: Item | None,
    now: datetime,
    *,
    items: Iterable[Item] = (),
    balance: Balance | None = None,
    listed: bool = True,
) -> dict[str, Any]:
    """The snapshot of an item (None: of the account itself), with the items that can replace it.

    Of `items`, only related ones are included: the licenses of its order and of its application, or
    the plans of its type. `listed`: whether the cloud still lists the item.
    """
    state: dict[str, Any] = {
        "at": json_time(now),
        "id": "" if item is None else item.id,
        "kind": None if item is None else str(item.kind),
        "listed": listed,
        "balance": None if balance is None else _balance(balance),
    }
    if item is None:
        return state
    state |= {
        "name": item.name or item.id,
        "instance_id": item.instance_id,
        "ends_at": json_time(item.ends_at),
    }
    if isinstance(item, License):
        licenses = [other for other in items if isinstance(other, License)]
        state |= _license(item) | _siblings(item, licenses)
    elif isinstance(item, ResourcePlan):
        plans = [other for other in items if isinstance(other, ResourcePlan)]
        state["plan_type"] = item.type
        state["plans"] = [_plan(other, now) for other in plans if other.type == item.type]
    elif isinstance(item, PreviousPublicInstance):
        state["overdue_since"] = json_time(item.overdue_since)
        state["restored_at"] = json_time(item.restored_at)
    return state


def _siblings(item: License, licenses: Iterable[License]) -> dict[str, Any]:
    """The licenses of the license's order, and those bound to its application."""
    licenses = list(licenses)
    return {
        "order": [
            _license(other)
            for other in licenses
            if item.instance_id and other.instance_id == item.instance_id
        ],
        "bound": [
            _license(other)
            for other in licenses
            if item.application and other.application == item.application
        ],
    }


def _license(license_: License) -> dict[str, Any]:
    return {
        "id": license_.id,
        "instance_id": license_.instance_id,
        "application": license_.application,
        "sdks": list(license_.sdks),
        "ends_at": json_time(license_.ends_at),
    }


def _plan(plan: ResourcePlan, now: datetime) -> dict[str, Any]:
    return {
        "id": plan.id,
        "effective_at": json_time(plan.effective_at),
        "ends_at": json_time(plan.ends_at),
        "left": plan.remaining > 0,
        "in_effect": plan.effective_at <= now < plan.ends_at and plan.remaining > 0,
    }


def _balance(balance: Balance) -> dict[str, Any]:
    return {
        "currency": balance.currency,
        "available": _exact(balance.available),
        "owed": _exact(balance.owed),
    }


def _exact(amount: Decimal) -> str:
    return format(amount, "f")
