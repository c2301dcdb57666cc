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


LONG_CHINESE = "华东一区三号厂房温湿度与能耗采集网关实例" * 3
"""60 characters, 120 cells."""


def odd_names() -> dict[str, object]:
    """Names that people really give: brackets, an emoji, another script, very long ones."""
    return account(
        "9000.00",
        instances=[
            enterprise("iot-odd-1", name="[/prod] [b"),
            enterprise("iot-odd-2", name=LONG_CHINESE, expires_at="2026-11-25T00:00:00+08:00"),
            enterprise("iot-odd-3", name="\x1b[2J\x1b]0;owned\x07", region="[bold]cn-shanghai"),
            enterprise(
                "iot-odd-4", name="مصنع 4 🏭 e\u0301", expires_at="2027-06-01T00:00:00+08:00"
            ),
            enterprise("iot-odd-5", name="", expires_at="2026-12-20T00:00:00+08:00"),
        ],
        licenses=[sdk_license(application="[@click=app.quit]直播[/]", package="\u202egpj.exe")],
        resource_plans=[plan(name="Storage\r\n1 TB", unit="GB")],
    )


HARM = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202e\u2066\u200b\ufeff\x00\x08\r\n\t[/b][@click=quit]x[/]"
"""Escape sequences, C1 controls, overrides, what has no width, line breaks, markup."""


def hostile() -> dict[str, object]:
    """Everything that may be any text is harmful, and a thousand characters long."""
    long = (HARM + "直" * 1000)[:1000]
    return account(
        "90000.00",
        instances=[
            enterprise("iot-harm-1", name=long, region=long),
            enterprise("iot-harm-2", name=HARM + "two", region=HARM),
            enterprise("iot-harm-3", name="直" * 1000, expires_at="2026-12-01T00:00:00+08:00"),
            public_previous(name=HARM + "public", region="ap-northeast-1", cycle_cost="1.00"),
        ],
        licenses=[
            sdk_license(
                application=long, package=long, sdks=[HARM + "A", HARM + "B"], renewal_error=long
            )
        ],
        resource_plans=[plan(name=long, type=HARM, unit=HARM)],
    )
