"""Items as the practice cloud lists them, page by page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from store.clouds.practice.billing import GRACE, oldest_unpaid
from store.clouds.practice.orders import refused_end_dates
from store.errors import Usage
from store.i18n import _
from store.models import (
    EnterpriseInstance,
    Item,
    Kind,
    License,
    NewPublicInstance,
    OtherItem,
    PreviousPublicInstance,
    ResourcePlan,
)
from store.money import decimal_or_none
from store.times import from_epoch, instant_or_none

PAGE = 1000
_LISTED = "NOT IN (SELECT id FROM hidden)"
_SUBSCRIBED = f"FROM subscriptions WHERE kind <> 'sdk-license' AND key {_LISTED}"
_PUBLIC = f"FROM publics WHERE key {_LISTED}"
_LICENSED = (
    "FROM licenses JOIN subscriptions ON subscriptions.key = licenses.subscription"
    f" WHERE license_id {_LISTED}"
)
_PLANNED = f"FROM plans WHERE plan_id {_LISTED}"
_LICENSE_COLUMNS = (
    "licenses.*, subscriptions.instance_id, subscriptions.expires_at,"
    " subscriptions.auto_renewal_months"
)


def pages(connection: sqlite3.Connection) -> Iterator[tuple[Sequence[Item], int]]:
    """Every item that is not hidden, in pages with the total.

    The caller holds a transaction, so that all pages show the same state.
    """
    total = sum(
        connection.execute(f"SELECT count(*) {source}").fetchone()[0]
        for source in (_SUBSCRIBED, _PUBLIC, _LICENSED, _PLANNED)
    )
    page: list[Item] = []
    for item in _items(connection):
        page.append(item)
        if len(page) == PAGE:
            yield page, total
            page = []
    if page or not total:
        yield page, total


def _items(connection: sqlite3.Connection, instance_id: str | None = None) -> Iterator[Item]:
    """The items that are not hidden; of one Instance ID, or all."""

    def rows(source: str, key: str, columns: str = "*", order: str = "place") -> sqlite3.Cursor:
        condition, values = ("", ()) if instance_id is None else (f"AND {key} = ?", (instance_id,))
        return connection.execute(f"SELECT {columns} {source} {condition} ORDER BY {order}", values)

    yield from map(subscription_item, rows(_SUBSCRIBED, "key"))
    for row in rows(_PUBLIC, "key"):
        yield public_item(connection, row)
    refused = refused_end_dates(connection)
    for row in rows(_LICENSED, "subscription", _LICENSE_COLUMNS, "licenses.place"):
        yield license_item(row, refused)
    yield from map(plan_item, rows(_PLANNED, "plan_id"))


def items_of_instance(connection: sqlite3.Connection, instance_id: str) -> Sequence[Item]:
    """The items of this Instance ID: all licenses of an order; empty if hidden."""
    return list(_items(connection, instance_id)) if instance_id else []


def subscription_item(row: sqlite3.Row) -> Item:
    """An Enterprise instance, or a product without a rule."""
    ends_at = from_epoch(row["expires_at"])
    if row["kind"] == Kind.OTHER:
        return OtherItem(row["key"], row["name"], row["region"], ends_at)
    return EnterpriseInstance(
        id=row["key"],
        name=row["name"],
        region=row["region"],
        ends_at=ends_at,
        auto_renewal_months=row["auto_renewal_months"],
        monthly_price=decimal_or_none(row["monthly_price"]),
    )


def public_item(connection: sqlite3.Connection, row: sqlite3.Row) -> Item:
    """A public instance of either version."""
    if row["kind"] == Kind.PUBLIC_NEW:
        return NewPublicInstance(row["key"], row["name"], row["region"])
    overdue_since = oldest_unpaid(connection, row["key"])
    if row["stopped_at"] is not None and row["restored_at"] is None:
        overdue_since = row["stopped_at"] - GRACE
    return PreviousPublicInstance(
        id=row["key"],
        instance_id=row["instance_id"],
        name=row["name"],
        region=row["region"],
        overdue_since=instant_or_none(overdue_since),
        restored_at=instant_or_none(row["restored_at"]),
    )


def license_item(row: sqlite3.Row, refused: frozenset[tuple[str, int]]) -> License:
    """A license with the values of its order."""
    return License(
        id=row["license_id"],
        instance_id=row["instance_id"],
        application=row["application"],
        package=row["package"],
        sdks=tuple(json.loads(row["sdks"])),
        ends_at=from_epoch(row["expires_at"]),
        monthly_price=decimal_or_none(row["monthly_price"]),
        auto_renewal_months=row["auto_renewal_months"],
        renewal_refused=(row["instance_id"], row["expires_at"]) in refused,
    )


def plan_item(row: sqlite3.Row) -> ResourcePlan:
    """A resource plan as of the clock."""
    payg_price = row["payg_price"]
    return ResourcePlan(
        id=row["plan_id"],
        name=row["name"],
        type=row["type"],
        total=Fraction(row["total"]),
        remaining=Fraction(row["remaining"]),
        unit=row["unit"],
        used_per_day=Fraction(row["used_per_day"]),
        effective_at=from_epoch(row["in_effect_at"]),
        ends_at=from_epoch(row["expires_at"]),
        price=decimal_or_none(row["price"]),
        months=row["months"],
        payg_price=None if payg_price is None else exact_decimal(Fraction(payg_price)),
        region=row["region"],
    )


def exact_decimal(number: Fraction) -> Decimal:
    """A number of at most nine decimals, as a Decimal."""
    return Decimal(int(number * 10**9)).scaleb(-9).normalize() + 0


def hide(connection: sqlite3.Connection, item_id: str) -> None:
    """Hide the item; an Instance ID hides all licenses of its order."""
    connection.executemany(
        "INSERT OR IGNORE INTO hidden VALUES (?)",
        [(hidden_id,) for hidden_id in _ids(connection, item_id)],
    )


def unhide(connection: sqlite3.Connection, item_id: str) -> None:
    """List the item again."""
    connection.executemany(
        "DELETE FROM hidden WHERE id = ?", [(hidden_id,) for hidden_id in _ids(connection, item_id)]
    )


def _ids(connection: sqlite3.Connection, item_id: str) -> list[str]:
    ids = [
        row[0]
        for row in connection.execute(
            "SELECT key FROM subscriptions WHERE key = ?1 AND kind <> 'sdk-license'"
            " UNION SELECT key FROM publics WHERE key = ?1"
            " UNION SELECT plan_id FROM plans WHERE plan_id = ?1"
            " UNION SELECT license_id FROM licenses"
            " WHERE license_id = ?1 OR (subscription = ?1 AND subscription NOT LIKE '#%')",
            (item_id,),
        )
    ]
    if not ids:
        raise Usage(
            _("the practice cloud has no item with the ID {wanted!r}").format(wanted=item_id)
        )
    return ids
