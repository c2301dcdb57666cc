"""Purchases, bindings and upgrades, as a person makes them in the console."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from store.clouds.practice import account
from store.clouds.practice.fields import text
from store.clouds.practice.load_scenario import (
    INSERT_LICENSE,
    INSERT_PLAN,
    INSERT_SUBSCRIPTION,
    plan_row,
)
from store.clouds.practice.orders import NewOrder, pay
from store.clouds.practice.renewals import check_affordable
from store.clouds.practice.scenario import PlanFields
from store.errors import Refused, Usage
from store.i18n import _
from store.models import DEFAULT_MONTHS, Kind
from store.orders import OrderKind
from store.times import add_months, to_epoch

_FIND_ID = (
    "SELECT 1 FROM subscriptions WHERE key = ?1 UNION ALL SELECT 1 FROM publics WHERE key = ?1"
    " UNION ALL SELECT 1 FROM plans WHERE plan_id = ?1"
    " UNION ALL SELECT 1 FROM licenses WHERE license_id = ?1"
)


def buy_plan(connection: sqlite3.Connection, plan_id: str) -> str:
    """Buy a full plan like this one at its price, in effect after its delay."""
    row = connection.execute("SELECT * FROM plans WHERE plan_id = ?", (plan_id,)).fetchone()
    if row is None:
        raise Usage(
            _("the practice cloud has no resource plan {plan_id!r}").format(plan_id=plan_id)
        )
    now = account.now(connection)
    amount = _affordable(connection, row["price"], 1)
    ends_at = _end(now, row["months"])
    new_id = _new_id(connection, plan_id)
    bought = PlanFields(
        plan_id=new_id,
        name=row["name"],
        type=row["type"],
        total=Fraction(row["total"]),
        remaining=Fraction(row["total"]),
        unit=row["unit"],
        used_per_day=Fraction(row["used_per_day"]),
        effective_at=now,
        expires_at=ends_at,
        price=amount,
        months=row["months"],
        effect_delay_minutes=row["effect_delay_minutes"],
        payg_price=None if row["payg_price"] is None else Fraction(row["payg_price"]),
        region=row["region"],
    )
    connection.execute(
        INSERT_PLAN, plan_row(bought, _next_position(connection, "plans"), to_epoch(now))
    )
    _pay(connection, new_id, row["months"], amount, ends_at)
    return new_id


def buy_license(connection: sqlite3.Connection, license_id: str) -> str:
    """Buy an order like this license's with the same SDKs, for 12 months, not bound."""
    row = _license(connection, license_id)
    amount = _affordable(connection, row["monthly_price"], DEFAULT_MONTHS)
    ends_at = _end(account.now(connection), DEFAULT_MONTHS)
    new_id = _new_id(connection, license_id)
    instance_id = _new_id(connection, row["instance_id"] or f"order-{license_id}")
    position = _next_position(connection, "licenses")
    connection.execute(
        INSERT_SUBSCRIPTION,
        (
            instance_id, instance_id, position, Kind.LICENSE.value, "", "",
            to_epoch(ends_at), None, None, None, None,
        ),
    )  # fmt: skip
    connection.execute(
        INSERT_LICENSE, (new_id, position, instance_id, "", "", row["sdks"], row["monthly_price"])
    )
    _pay(connection, instance_id, DEFAULT_MONTHS, amount, ends_at)
    return new_id


def bind(connection: sqlite3.Connection, license_id: str, application: str) -> None:
    """Bind a license to an application, with the package of the application's other licenses."""
    row = _license(connection, license_id)
    if row["application"]:
        raise Usage(
            _("license {license_id!r} is already bound to this or another application").format(
                license_id=license_id
            )
        )
    if not application:
        raise Usage(_("enter the name of the application to bind it to"))
    text(application, "application")
    known = connection.execute(
        "SELECT package FROM licenses WHERE application = ? AND package <> '' ORDER BY place",
        (application,),
    ).fetchone()
    connection.execute(
        "UPDATE licenses SET application = ?, package = ? WHERE license_id = ?",
        (application, known["package"] if known else row["package"], license_id),
    )


def upgrade(connection: sqlite3.Connection, instance_id: str, monthly_price: Decimal) -> str:
    """Upgrade a new-version public instance to Enterprise Edition for a month, paid at once."""
    row = connection.execute(
        "SELECT * FROM publics WHERE key = ? AND kind = ? AND key NOT IN (SELECT id FROM hidden)",
        (instance_id, Kind.PUBLIC_NEW.value),
    ).fetchone()
    if row is None:
        raise Usage(
            _("the practice cloud has no new-version public instance {instance_id!r}").format(
                instance_id=instance_id
            )
        )
    price = f"{monthly_price:.2f}"
    amount = _affordable(connection, price, 1)
    ends_at = _end(account.now(connection), 1)
    connection.execute("DELETE FROM publics WHERE key = ?", (instance_id,))
    connection.execute(
        INSERT_SUBSCRIPTION,
        (
            instance_id, instance_id, row["place"], Kind.ENTERPRISE.value, row["name"],
            row["region"], to_epoch(ends_at), None, price, None, None,
        ),
    )  # fmt: skip
    _pay(connection, instance_id, 1, amount, ends_at)
    return instance_id


def _license(connection: sqlite3.Connection, license_id: str) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute(
        "SELECT licenses.*, subscriptions.instance_id FROM licenses"
        " JOIN subscriptions ON subscriptions.key = licenses.subscription WHERE license_id = ?",
        (license_id,),
    ).fetchone()
    if row is None:
        raise Usage(
            _("the practice cloud has no license {license_id!r}").format(license_id=license_id)
        )
    return row


def _affordable(connection: sqlite3.Connection, price: str | None, times: int) -> Decimal:
    outcome = check_affordable(connection, None if price is None else times * Decimal(price))
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


def _end(now: datetime, months: int) -> datetime:
    try:
        return add_months(now, months)
    except ValueError as error:
        raise Refused("EndOutOfRange", "its end would lie beyond the year 2199") from error


def _pay(
    connection: sqlite3.Connection,
    instance_id: str,
    months: int,
    amount: Decimal,
    ends_at: datetime,
) -> None:
    order = NewOrder(instance_id, months, amount, OrderKind.PURCHASE, ends_at=to_epoch(ends_at))
    pay(connection, order, amount)


def _new_id(connection: sqlite3.Connection, like: str) -> str:
    """The first unused ID among `like-2`, `like-3` and so on."""
    number = 2
    while connection.execute(_FIND_ID, (f"{like[:50]}-{number}",)).fetchone():
        number += 1
    return f"{like[:50]}-{number}"


def _next_position(connection: sqlite3.Connection, table: str) -> int:
    query = f"SELECT coalesce(max(place), -1) + 1 FROM {table}"  # noqa: S608
    position: int = connection.execute(query).fetchone()[0]
    return position
