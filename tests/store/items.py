"""Items to test with; each has only what a test does not say."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from store.items.queries import item_rows
from store.items.rows import from_row
from store.models import (
    Balance,
    EnterpriseInstance,
    Item,
    License,
    NewPublicInstance,
    OtherItem,
    PreviousPublicInstance,
    ResourcePlan,
)
from store.times import BEIJING

NOW = datetime(2026, 11, 22, 9, 0, 0, tzinfo=BEIJING)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def stored_items(db: sqlite3.Connection, account: str) -> list[Item]:
    return [from_row(row) for row in item_rows(db, account)]


def balance(available: str = "1000.00", owed: str = "0.00", **more: Any) -> Balance:
    overdue_since = more.get("overdue_since", NOW if Decimal(owed) else None)
    return Balance("CNY", Decimal(available), Decimal("0.00"), Decimal(owed), overdue_since)


def enterprise(ends_at: datetime = NOW + 100 * DAY, **more: Any) -> EnterpriseInstance:
    values: dict[str, Any] = {
        "id": "iot-1",
        "name": "Factory floor",
        "region": "cn-shanghai",
        "monthly_price": Decimal("300.00"),
    }
    return EnterpriseInstance(ends_at=ends_at, **{**values, **more})


def previous_public(**more: Any) -> PreviousPublicInstance:
    values: dict[str, Any] = {
        "id": "public-previous:ap-northeast-1",
        "instance_id": "",
        "name": "Public instance",
        "region": "ap-northeast-1",
    }
    return PreviousPublicInstance(**{**values, **more})


def new_public(region: str = "cn-shanghai") -> NewPublicInstance:
    return NewPublicInstance("iot-public-new-1", "Trial bench", region)


def a_license(ends_at: datetime = NOW + 100 * DAY, **more: Any) -> License:
    values: dict[str, Any] = {
        "id": "lic-1",
        "instance_id": "vod-sdk-1",
        "application": "Kids app",
        "package": "com.example.kids",
        "sdks": ("Player SDK", "Short Video SDK"),
        "monthly_price": Decimal("180.00"),
    }
    return License(ends_at=ends_at, **{**values, **more})


def plan(ends_at: datetime = NOW + 100 * DAY, **more: Any) -> ResourcePlan:
    values: dict[str, Any] = {
        "id": "plan-1",
        "name": "Storage",
        "type": "storage",
        "total": Fraction(1024),
        "remaining": Fraction(500),
        "unit": "GB",
        "used_per_day": Fraction(1),
        "effective_at": NOW - 100 * DAY,
        "price": Decimal("480.00"),
        "months": 12,
    }
    return ResourcePlan(ends_at=ends_at, **{**values, **more})


def other(ends_at: datetime | None = NOW + 100 * DAY) -> OtherItem:
    return OtherItem("ecs-1", "Build machine", "cn-hangzhou", ends_at)
