"""Practice accounts for the stories, as a scenario file would have them."""

from __future__ import annotations

from typing import Any

NOW = "2026-11-22T09:00:00+08:00"


def account(available: str = "12.40", **parts: Any) -> dict[str, object]:
    """An account with that money, and nothing but the parts that are given."""
    return {
        "clock": NOW,
        "account": {"site": "china", "currency": "CNY", "available": available, "credit": "0.00"},
        "instances": [],
        "licenses": [],
        "resource_plans": [],
        **parts,
    }


def enterprise(instance_id: str = "iot-060a0bcd", **fields: Any) -> dict[str, object]:
    """An Enterprise Edition instance that ends in two days."""
    return {
        "instance_id": instance_id,
        "name": "Factory floor",
        "kind": "iot-enterprise",
        "region": "cn-shanghai",
        "expires_at": "2026-11-24T00:00:00+08:00",
        "auto_renewal_months": None,
        "monthly_price": "300.00",
        **fields,
    }


def public_previous(**fields: Any) -> dict[str, object]:
    """A previous-version public instance whose first bill comes at 09:00, right now."""
    return {
        "instance_id": "",
        "name": "Public instance",
        "kind": "iot-public-previous",
        "region": "ap-northeast-1",
        "cycle_ends_at": "2026-11-22T05:00:00+08:00",
        "cycle_hours": 24,
        "cycle_cost": "36.50",
        "bill_after_hours": 4,
        **fields,
    }


def sdk_license(license_id: str = "lic-kids", **fields: Any) -> dict[str, object]:
    """A license of two SDKs that ends in nine days."""
    return {
        "license_id": license_id,
        "application": "Kids app",
        "package": "com.example.kids",
        "instance_id": "vod-sdk-77",
        "sdks": ["Player SDK", "Short Video SDK"],
        "expires_at": "2026-12-01T00:00:00+08:00",
        "monthly_price": "180.00",
        "auto_renewal_months": None,
        "renewal_error": None,
        **fields,
    }


def plan(plan_id: str = "plan-storage-1", **fields: Any) -> dict[str, object]:
    """A storage plan that ends in two days, with an effect delay of 20 minutes."""
    return {
        "plan_id": plan_id,
        "name": "Storage 1 TB",
        "type": "storage",
        "total": "1024",
        "remaining": "37.5",
        "unit": "GB",
        "used_per_day": "3.1",
        "effective_at": "2025-11-24T00:00:00+08:00",
        "expires_at": "2026-11-24T00:00:00+08:00",
        "price": "480.00",
        "months": 12,
        "effect_delay_minutes": 20,
        "payg_price": None,
        **fields,
    }
