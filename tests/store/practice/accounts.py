"""Scenario documents for tests, built from the least that fits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from store.clouds.practice.cloud import PracticeCloud
from store.times import parse_time

Document = dict[str, Any]
CLOCK = "2026-11-22T09:00:00+08:00"


def at(text: str) -> datetime:
    """An instant in UTC+8: `2026-11-22`, with or without ` 09:00:00`."""
    day, _, time = text.partition(" ")
    return parse_time(f"{day}T{time or '00:00:00'}+08:00")


def wired(text: str) -> str:
    """The same as JSON has it."""
    return at(text).isoformat()


def scenario(available: str = "1000.00", clock: str = CLOCK, **lists: Any) -> Document:
    """A whole document; `credit` and the three lists can be given."""
    return {
        "clock": clock,
        "account": {
            "site": "china",
            "currency": "CNY",
            "available": available,
            "credit": lists.get("credit", "0.00"),
        },
        "instances": lists.get("instances", []),
        "licenses": lists.get("licenses", []),
        "resource_plans": lists.get("plans", []),
    }


def enterprise(instance_id: str = "iot-1", ends: str = "2026-11-24", **more: Any) -> Document:
    """An Enterprise Edition instance at 300.00 a month."""
    return {
        "instance_id": instance_id,
        "name": "Factory floor",
        "kind": "iot-enterprise",
        "region": "cn-shanghai",
        "expires_at": wired(ends),
        "auto_renewal_months": None,
        "monthly_price": "300.00",
    } | more


def previous(region: str = "ap-northeast-1", ends: str = "2026-11-23", **more: Any) -> Document:
    """A public instance of the previous version without Instance ID: 36.50 a day."""
    return {
        "instance_id": "",
        "name": "Public instance",
        "kind": "iot-public-previous",
        "region": region,
        "cycle_ends_at": wired(ends),
        "cycle_hours": 24,
        "cycle_cost": "36.50",
        "bill_after_hours": 4,
    } | more


def public_new(instance_id: str = "iot-new", region: str = "cn-shanghai") -> Document:
    """A public instance of the new version."""
    return {
        "instance_id": instance_id,
        "name": "Trial bench",
        "kind": "iot-public-new",
        "region": region,
    }


def sdk_license(license_id: str = "lic-1", instance_id: str = "vod-1", **more: Any) -> Document:
    """A Player SDK license at 180.00 a month, to the 1st of December."""
    return {
        "license_id": license_id,
        "application": "Kids app",
        "package": "com.example.kids",
        "instance_id": instance_id,
        "sdks": ["Player SDK"],
        "expires_at": wired("2026-12-01"),
        "monthly_price": "180.00",
        "auto_renewal_months": None,
        "renewal_error": None,
    } | more


def resource_plan(plan_id: str = "plan-1", **more: Any) -> Document:
    """A plan of type storage, burnt at 86.4 a day: 0.001 a second."""
    return {
        "plan_id": plan_id,
        "name": "Storage",
        "type": "storage",
        "total": "1000",
        "remaining": "500",
        "unit": "GB",
        "used_per_day": "86.4",
        "effective_at": wired("2026-01-01"),
        "expires_at": wired("2027-01-01"),
        "price": "480.00",
        "months": 12,
        "effect_delay_minutes": 0,
        "payg_price": None,
    } | more


def rows(cloud: PracticeCloud, name: str) -> list[Document]:
    """One list of what the cloud shows: its `orders`, `charges`, `licenses` and so on."""
    listed = cloud.show()[name]
    assert isinstance(listed, list)
    return listed
