"""Replacing the practice cloud by a scenario, with a new identity."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from uuid import uuid4

from store.clouds.practice.clock import move_clock
from store.clouds.practice.renewals import next_try
from store.clouds.practice.scenario import InstanceFields, LicenseFields, PlanFields, Scenario
from store.models import Kind
from store.times import epoch_or_none, to_epoch

_TABLES = (
    "licenses", "subscriptions", "publics", "plans", "bills",
    "orders", "charges", "tries", "faults", "hidden", "cloud",
)  # fmt: skip
INSERT_SUBSCRIPTION = "INSERT OR IGNORE INTO subscriptions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_LICENSE = "INSERT INTO licenses VALUES (?, ?, ?, ?, ?, ?, ?)"
INSERT_PLAN = "INSERT INTO plans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_PUBLIC = (
    "INSERT INTO publics (key, instance_id, place, kind, name, region,"
    " cycle_ends_at, cycle_due_at, cycle_hours, cycle_cost, bill_after_hours)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?10)"
)
Row = tuple[str | int | None, ...]


def load_scenario(
    connection: sqlite3.Connection,
    scenario: Scenario,
    subscriptions: Iterable[Row] = (),
) -> None:
    """Replace the whole account by the scenario and `more` rows of subscriptions.

    Bills that are due by the scenario's clock are issued, with their consequences; auto-renewal is
    only attempted after the clock. The caller holds the transaction.
    """
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    clock = to_epoch(scenario.clock)
    account = scenario.account
    connection.execute(
        "INSERT INTO cloud VALUES (1, ?, ?, ?, ?, ?, ?)",
        (
            str(uuid4()), clock, account.site, account.currency,
            f"{account.available:.2f}", f"{account.credit:.2f}",
        ),
    )  # fmt: skip
    for position, instance in enumerate(scenario.instances):
        if instance.expires_at is None:
            connection.execute(_INSERT_PUBLIC, _public(instance, position))
        else:
            connection.execute(INSERT_SUBSCRIPTION, _instance(instance, position, clock))
    connection.executemany(INSERT_SUBSCRIPTION, subscriptions)
    for position, license_fields in enumerate(scenario.licenses):
        connection.execute(INSERT_SUBSCRIPTION, _order(license_fields, position, clock))
        connection.execute(INSERT_LICENSE, _license(license_fields, position))
    for position, plan in enumerate(scenario.plans):
        connection.execute(INSERT_PLAN, plan_row(plan, position, clock))
    move_clock(connection, clock)


def _public(instance: InstanceFields, position: int) -> Row:
    return (
        instance.id,
        instance.instance_id,
        position,
        instance.kind.value,
        instance.name,
        instance.region,
        epoch_or_none(instance.cycle_ends_at),
        instance.cycle_hours,
        _money(instance.cycle_cost),
        instance.bill_after_hours,
    )


def _instance(instance: InstanceFields, position: int, clock: int) -> Row:
    ends_at = 0 if instance.expires_at is None else to_epoch(instance.expires_at)
    return (
        instance.id,
        instance.instance_id,
        position,
        instance.kind.value,
        instance.name,
        instance.region,
        ends_at,
        instance.auto_renewal_months,
        _money(instance.monthly_price),
        None,
        next_try(ends_at, clock) if instance.auto_renewal_months else None,
    )


def order_key(license_id: str, instance_id: str) -> str:
    """The key of a license's order. IDs contain no `#`, so an order without an ID gets a key of its
    own."""
    return instance_id or f"#{license_id}"


def _order(license_fields: LicenseFields, position: int, clock: int) -> Row:
    ends_at = to_epoch(license_fields.expires_at)
    renews_itself = bool(license_fields.auto_renewal_months and license_fields.instance_id)
    return (
        order_key(license_fields.license_id, license_fields.instance_id),
        license_fields.instance_id,
        position,
        Kind.LICENSE.value,
        "",
        "",
        ends_at,
        license_fields.auto_renewal_months,
        None,
        license_fields.renewal_error,
        next_try(ends_at, clock) if renews_itself else None,
    )


def _license(license_fields: LicenseFields, position: int) -> Row:
    return (
        license_fields.license_id,
        position,
        order_key(license_fields.license_id, license_fields.instance_id),
        license_fields.application,
        license_fields.package,
        json.dumps(license_fields.sdks),
        _money(license_fields.monthly_price),
    )


def plan_row(plan: PlanFields, position: int, clock: int) -> Row:
    """The row of a plan. A plan with nothing left counts as used up at the clock."""
    in_effect_at = to_epoch(plan.effective_at + timedelta(minutes=plan.effect_delay_minutes))
    empty = str(Fraction(max(clock, in_effect_at))) if not plan.remaining else None
    return (
        plan.plan_id,
        position,
        plan.name,
        plan.type,
        str(plan.total),
        str(plan.remaining),
        plan.unit,
        str(plan.used_per_day),
        to_epoch(plan.effective_at),
        in_effect_at,
        to_epoch(plan.expires_at),
        _money(plan.price),
        plan.months,
        plan.effect_delay_minutes,
        None if plan.payg_price is None else str(plan.payg_price),
        empty,
        "0",
        plan.region,
    )


def _money(amount: object) -> str | None:
    return None if amount is None else f"{amount:.2f}"
