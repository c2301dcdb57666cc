"""The complete state of the practice cloud for `practice show --json`: `renewal.practice/1`."""

from __future__ import annotations

import json
import sqlite3
from decimal import Decimal
from fractions import Fraction

from store.clouds.practice import account
from store.clouds.practice.billing import cycle_end_from
from store.models import Kind
from store.money import format_quantity, json_amount
from store.times import from_epoch, json_time

Document = dict[str, object]


def practice_document(connection: sqlite3.Connection) -> Document:
    """Everything with its current values, hidden items included."""
    money = account.balance(connection)
    return {
        "schema": "renewal.practice/1",
        "identity": account.identity(connection),
        "site": account.site(connection),
        "now": json_time(account.now(connection)),
        "balance": {
            "currency": money.currency,
            "available": json_amount(money.available),
            "credit": json_amount(money.credit),
            "owed": json_amount(money.owed),
            "overdue_since": json_time(money.overdue_since),
        },
        "instances": _instances(connection),
        "licenses": _licenses(connection),
        "resource_plans": [_plan(row) for row in connection.execute(_PLANS)],
        "orders": [_order(row) for row in connection.execute("SELECT * FROM orders ORDER BY seq")],
        "charges": [
            {
                "at": _time(row["at"]),
                "amount": _money(row["amount"]),
                "currency": money.currency,
                "what": row["what"],
                "instance_id": row["instance_id"],
                "item": row["item"],
                "order_id": row["order_id"],
            }
            for row in connection.execute("SELECT * FROM charges ORDER BY seq")
        ],
        "tries": [
            {
                "at": _time(row["at"]),
                "instance_id": row["instance_id"],
                "code": row["code"],
                "error": row["error"],
            }
            for row in connection.execute("SELECT * FROM tries ORDER BY seq")
        ],
        "hidden": [row["id"] for row in connection.execute("SELECT id FROM hidden ORDER BY id")],
    }


_PLANS = "SELECT * FROM plans ORDER BY place"
_SUBSCRIBED = "SELECT * FROM subscriptions WHERE kind <> 'sdk-license' ORDER BY place"
_LICENSES = (
    "SELECT licenses.*, instance_id, expires_at, auto_renewal_months, renewal_error FROM licenses"
    " JOIN subscriptions ON subscriptions.key = licenses.subscription ORDER BY licenses.place"
)


def _instances(connection: sqlite3.Connection) -> list[Document]:
    now = account.clock(connection)
    by_position = [(row["place"], _subscribed(row)) for row in connection.execute(_SUBSCRIBED)]
    by_position += [
        (row["place"], _public(row, now))
        for row in connection.execute("SELECT * FROM publics ORDER BY place")
    ]
    return [instance for _, instance in sorted(by_position, key=lambda entry: entry[0])]


def _subscribed(row: sqlite3.Row) -> Document:
    return {
        "instance_id": row["instance_id"],
        "name": row["name"],
        "kind": row["kind"],
        "region": row["region"],
        "expires_at": _time(row["expires_at"]),
        "auto_renewal_months": row["auto_renewal_months"],
        "monthly_price": _money(row["monthly_price"]),
    }


def _public(row: sqlite3.Row, now: int) -> Document:
    document: Document = {
        "instance_id": row["instance_id"],
        "name": row["name"],
        "kind": row["kind"],
        "region": row["region"],
    }
    if row["kind"] == Kind.PUBLIC_PREVIOUS:
        is_paused = row["cycle_due_at"] is None
        cycle_ends_at = cycle_end_from(row, now + 1) if is_paused else row["cycle_ends_at"]
        document |= {
            "cycle_ends_at": _time(cycle_ends_at),
            "cycle_hours": row["cycle_hours"],
            "cycle_cost": _money(row["cycle_cost"]),
            "bill_after_hours": row["bill_after_hours"],
        }
    return document


def _licenses(connection: sqlite3.Connection) -> list[Document]:
    return [
        {
            "license_id": row["license_id"],
            "application": row["application"],
            "package": row["package"],
            "instance_id": row["instance_id"],
            "sdks": json.loads(row["sdks"]),
            "expires_at": _time(row["expires_at"]),
            "monthly_price": _money(row["monthly_price"]),
            "auto_renewal_months": row["auto_renewal_months"],
            "renewal_error": row["renewal_error"],
        }
        for row in connection.execute(_LICENSES)
    ]


def _plan(row: sqlite3.Row) -> Document:
    return {
        "plan_id": row["plan_id"],
        "name": row["name"],
        "type": row["type"],
        "total": format_quantity(Fraction(row["total"])),
        "remaining": format_quantity(Fraction(row["remaining"])),
        "unit": row["unit"],
        "used_per_day": format_quantity(Fraction(row["used_per_day"])),
        "effective_at": _time(row["effective_at"]),
        "expires_at": _time(row["expires_at"]),
        "price": _money(row["price"]),
        "months": row["months"],
        "effect_delay_minutes": row["effect_delay_minutes"],
        "payg_price": None
        if row["payg_price"] is None
        else format_quantity(Fraction(row["payg_price"])),
        "region": row["region"],
    }


def _order(row: sqlite3.Row) -> Document:
    return {
        "order_id": row["order_id"],
        "at": _time(row["at"]),
        "instance_id": row["instance_id"],
        "months": row["months"],
        "amount": _money(row["amount"]),
        "kind": row["kind"],
        "state": row["state"],
        "code": row["code"],
        "message": row["words"],
    }


def _money(amount: str | None) -> str | None:
    return None if amount is None else json_amount(Decimal(amount))


def _time(instant: int) -> str | None:
    return json_time(from_epoch(instant))
