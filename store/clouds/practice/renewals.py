"""Renewals and auto-renewals of subscriptions: Enterprise instances and license orders."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from store.clouds.practice import account
from store.clouds.practice.orders import NewOrder, cancel, known_answer, pay
from store.errors import Refused, Usage
from store.i18n import _
from store.models import AUTO_RENEWAL_MONTHS, RENEWAL_MONTHS
from store.orders import OrderKind, Quote
from store.times import add_months, from_epoch, to_epoch

DAY = 86400
RELEASE_AFTER = 15 * DAY
"""From its end to the release of an Enterprise instance (IOT-4)."""
FIRST_TRY = 9 * DAY
"""The seconds from the first attempt of an auto-renewal to the end."""


def subscription(connection: sqlite3.Connection, instance_id: str) -> sqlite3.Row:
    """The subscription of this Instance ID. Raises `Usage` if the cloud lists none."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM subscriptions WHERE key = ? AND instance_id <> ''", (instance_id,)
    ).fetchone()
    if row is None or _is_hidden(connection, row):
        raise Usage(
            _(
                "the practice cloud has no subscription {instance_id!r}: use the "
                "Instance ID of an Enterprise Edition instance or of a license order"
            ).format(instance_id=instance_id)
        )
    return row


def subscription_kind(connection: sqlite3.Connection, instance_id: str) -> str:
    """The kind of the subscription; empty if there is none."""
    row = connection.execute(
        "SELECT kind FROM subscriptions WHERE key = ? AND instance_id <> ''", (instance_id,)
    ).fetchone()
    return "" if row is None else str(row["kind"])


def _is_hidden(connection: sqlite3.Connection, row: sqlite3.Row) -> bool:
    listed = connection.execute(
        "SELECT 1 FROM (SELECT key AS id FROM subscriptions WHERE key = ?1 AND kind <> ?2"
        " UNION ALL SELECT license_id FROM licenses WHERE subscription = ?1)"
        " WHERE id NOT IN (SELECT id FROM hidden) LIMIT 1",
        (row["key"], "sdk-license"),
    ).fetchone()
    return listed is None


def _price(connection: sqlite3.Connection, row: sqlite3.Row, months: int) -> Decimal | None:
    """The price of this term: months times the monthly price, for an order summed over its licenses
    (LIC-3); None if a price is unknown."""
    prices = [row["monthly_price"]]
    if row["kind"] == "sdk-license":
        prices = [
            price
            for (price,) in connection.execute(
                "SELECT monthly_price FROM licenses WHERE subscription = ?", (row["key"],)
            )
        ]
    if any(price is None for price in prices):
        return None
    return months * sum((Decimal(price) for price in prices), Decimal("0.00"))


def _end(connection: sqlite3.Connection, row: sqlite3.Row, months: int) -> datetime | None:
    """The new end: this many calendar months after the later of the end and now; None if that is
    outside the supported years."""
    start = max(row["expires_at"], account.clock(connection))
    try:
        return add_months(from_epoch(start), months)
    except ValueError:
        return None


def quote(connection: sqlite3.Connection, instance_id: str, months: int) -> Quote:
    """The price of a renewal for this term, and the new end date."""
    _check_months(months, RENEWAL_MONTHS)
    row = subscription(connection, instance_id)
    return Quote(
        _price(connection, row, months),
        account.currency(connection),
        _end(connection, row, months),
    )


def renew(
    connection: sqlite3.Connection, instance_id: str, months: int, client_token: str
) -> str | Refused:
    """The ID of the paid order, or the refusal, which leaves a cancelled order.

    A known token gets its first answer again and changes nothing.
    """
    answer = known_answer(connection, client_token)
    if answer is not None:
        return answer
    _check_months(months, RENEWAL_MONTHS)
    row = subscription(connection, instance_id)
    request = _Request(months, OrderKind.RENEWAL, client_token)
    outcome = _check_renewal(connection, row, months)
    if isinstance(outcome, Refused):
        cancel(connection, _order(connection, row, request), outcome)
        return outcome
    return _pay(connection, row, request, outcome)


def refuse_renewal(
    connection: sqlite3.Connection,
    instance_id: str,
    months: int,
    client_token: str,
    refusal: Refused,
) -> None:
    """Write the cancelled order of an injected refusal, once for each token."""
    if known_answer(connection, client_token) is None:
        row = subscription(connection, instance_id)
        request = _Request(months, OrderKind.RENEWAL, client_token)
        cancel(connection, _order(connection, row, request), refusal)


class _Request(Struct, frozen=True):
    months: int
    kind: OrderKind
    client_token: str | None = None


def _order(connection: sqlite3.Connection, row: sqlite3.Row, request: _Request) -> NewOrder:
    return NewOrder(
        instance_id=row["instance_id"],
        months=request.months,
        amount=_price(connection, row, request.months),
        kind=request.kind,
        ends_before=row["expires_at"],
        client_token=request.client_token,
    )


class Payable(Struct, frozen=True):
    """A renewal that can be carried out."""

    amount: Decimal
    ends_at: int


def _check_renewal(
    connection: sqlite3.Connection, row: sqlite3.Row, months: int
) -> Payable | Refused:
    if row["renewal_error"] is not None:
        return Refused("RenewalError", row["renewal_error"])
    ended = account.clock(connection) - row["expires_at"]
    if row["kind"] == "iot-enterprise" and ended >= RELEASE_AFTER:
        return Refused(
            "ResourceStatusError", "the instance was released and nothing brings it back"
        )
    amount = check_affordable(connection, _price(connection, row, months))
    if isinstance(amount, Refused):
        return amount
    ends_at = _end(connection, row, months)
    if ends_at is None:
        return Refused("EndOutOfRange", "the new end would lie beyond the year 2199")
    return Payable(amount, to_epoch(ends_at))


def check_affordable(connection: sqlite3.Connection, amount: Decimal | None) -> Decimal | Refused:
    """The amount if it is known and can be paid now, else the refusal."""
    if account.is_overdue(connection):
        return Refused(
            "OverdueAccount", "a bill is unpaid; it has to be settled first", for_money=True
        )
    if amount is None:
        return Refused("PriceUnknown", "no price is known for it")
    if amount > account.available(connection):
        return Refused(
            "InsufficientBalance", f"{amount:.2f} is more than what is available", for_money=True
        )
    return amount


def _pay(
    connection: sqlite3.Connection, row: sqlite3.Row, request: _Request, payable: Payable
) -> str:
    order = replace(_order(connection, row, request), ends_at=payable.ends_at)
    order_id = pay(connection, order, payable.amount)
    set_end(connection, row, payable.ends_at)
    return order_id


def set_end(connection: sqlite3.Connection, row: sqlite3.Row, ends_at: int) -> None:
    """Set the end date of a subscription, and its next auto-renewal attempt if auto-renewal is on
    and the order has an Instance ID."""
    is_renewed = row["auto_renewal_months"] is not None and row["instance_id"]
    next_try_at = next_try(ends_at, account.clock(connection)) if is_renewed else None
    connection.execute(
        "UPDATE subscriptions SET expires_at = ?, next_try_at = ? WHERE key = ?",
        (ends_at, next_try_at, row["key"]),
    )


def next_try(ends_at: int, now: int) -> int | None:
    """The next attempt strictly after now: attempts start 9 days before the end, are daily, and
    stop at the end. None if there is none."""
    first = ends_at - FIRST_TRY
    if first > now:
        return first
    following = first + ((now - first) // DAY + 1) * DAY
    return following if following <= ends_at else None


def set_auto_renewal(connection: sqlite3.Connection, instance_id: str, months: int | None) -> None:
    """Turn auto-renewal on for a term, or off with None."""
    if months is not None:
        _check_months(months, AUTO_RENEWAL_MONTHS)
    row = subscription(connection, instance_id)
    connection.execute(
        "UPDATE subscriptions SET auto_renewal_months = ? WHERE key = ?", (months, row["key"])
    )
    set_end(connection, subscription(connection, instance_id), row["expires_at"])


def try_auto_renewals(connection: sqlite3.Connection, instant: int) -> None:
    """Attempt the auto-renewals that are due; a failed one is attempted again a day later."""
    due = connection.execute(
        "SELECT * FROM subscriptions WHERE next_try_at = ? ORDER BY key", (instant,)
    ).fetchall()
    for row in due:
        request = _Request(row["auto_renewal_months"], OrderKind.AUTO_RENEWAL)
        outcome = _check_renewal(connection, row, request.months)
        if not isinstance(outcome, Refused):
            _pay(connection, row, request, outcome)
            continue
        if not outcome.for_money:
            cancel(connection, _order(connection, row, request), outcome)
        connection.execute(
            "INSERT INTO tries (at, instance_id, code, error) VALUES (?, ?, ?, ?)",
            (instant, row["instance_id"], outcome.code, outcome.words),
        )
        set_end(connection, row, row["expires_at"])


def _check_months(months: int, allowed: tuple[int, ...]) -> None:
    if months not in allowed:
        raise Usage(
            _("{months} months cannot be ordered: use one of {allowed}").format(
                months=months, allowed=allowed
            )
        )
