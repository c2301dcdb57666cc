"""The payment journal, a table of store.db. Rows are added and settled, never deleted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from datetime import datetime

from store.database.errors import database_errors
from store.database.open import immediate
from store.errors import Stopped
from store.i18n import _
from store.payments.payment import (
    NewPayment,
    Paid,
    Payment,
    Refusal,
    Settlement,
    Unclear,
    from_row,
)
from store.payments.process import this_process
from store.times import epoch_or_none, to_epoch

NEVER_SENT = "never-sent"
"""The error code of a payment that was closed before it was sent."""

_INSERT = """
INSERT INTO payments (id, account, identity, operation, instance_id, months, client_token,
                      quoted, currency, state, ends_before, known_before, process, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?, ?, ?, ?)
"""


def add_planned(db: sqlite3.Connection, new: NewPayment, now: datetime) -> str:
    """Add a planned payment, before anything is sent; returns its ID.

    Raises `Stopped` if another payment for this Instance ID is open, in any process, or if this end
    date has been paid for already.
    """
    payment_id = _new_id()
    ends_before = epoch_or_none(new.ends_before)
    try:
        with immediate(db):
            _check_not_paid(db, new)
            db.execute(
                _INSERT,
                (
                    payment_id, new.account, new.identity, new.operation.value,
                    new.instance_id, new.months, new.client_token,
                    None if new.quoted is None else str(new.quoted), new.currency,
                    ends_before, json.dumps(sorted(new.known_before)), this_process(),
                    to_epoch(now),
                ),
            )  # fmt: skip
    except sqlite3.IntegrityError as error:
        raise Stopped(
            _(
                "a payment for {instance_id} is already in progress; nothing was sent. "
                "Run `renewal payments reconcile` to settle it."
            ).format(instance_id=new.instance_id)
        ) from error
    return payment_id


def _check_not_paid(db: sqlite3.Connection, new: NewPayment) -> None:
    if new.client_token is None:
        return
    row = db.execute(
        "SELECT order_id FROM payments WHERE account = ? AND identity = ? AND client_token = ? "
        "AND state = 'paid'",
        (new.account, new.identity, new.client_token),
    ).fetchone()
    if row:
        order = _(", by order {id}").format(id=row["order_id"]) if row["order_id"] else ""
        raise Stopped(
            _(
                "{instance_id} was already renewed since{order}; nothing was sent. If "
                "that renewal was refunded and the cloud does not list the refund, "
                "renew it in the console."
            ).format(instance_id=new.instance_id, order=order)
        )


def _new_id() -> str:
    from ulid import ULID

    return str(ULID())


def mark_sent(db: sqlite3.Connection, payment_id: str, now: datetime) -> None:
    """Mark a planned payment as sent: committed to disk before the first byte leaves. Raises
    `Stopped` if another process closed it."""
    with immediate(db):
        changed = db.execute(
            "UPDATE payments SET state = 'sent', sent_at = ? WHERE id = ? AND state = 'planned'",
            (to_epoch(now), payment_id),
        ).rowcount
        if changed != 1:
            raise Stopped(_("this payment was settled by another process; nothing was sent."))


def close_unsent(db: sqlite3.Connection, payment_id: str, now: datetime, why: str) -> bool:
    """Close a payment that is still planned; False if another process has sent or closed it."""
    with immediate(db):
        changed = db.execute(
            "UPDATE payments SET state = 'refused', error_code = ?, error_message = ?, "
            "settled_at = ? WHERE id = ? AND state = 'planned'",
            (NEVER_SENT, why, to_epoch(now), payment_id),
        ).rowcount
    return changed == 1


def settle(db: sqlite3.Connection, payment_id: str, settlement: Settlement, now: datetime) -> None:
    """Record the outcome of a sent payment. A row that is already paid or refused is not
    changed."""
    values = _columns(settlement, now)
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    with immediate(db):
        db.execute(
            f"UPDATE payments SET {assignments} "  # noqa: S608 - names of ours
            "WHERE id = :id AND state IN ('sent', 'unknown')",
            {**values, "id": payment_id},
        )


def _columns(settlement: Settlement, now: datetime) -> dict[str, object]:
    match settlement:
        case Paid():
            return {
                "state": "paid",
                "order_id": settlement.order_id,
                "ends_after": epoch_or_none(settlement.ends_after),
                "months": settlement.months,
                "note": settlement.note,
                "error_code": None,
                "error_message": None,
                "settled_at": to_epoch(now),
            }
        case Refusal():
            return {
                "state": "refused",
                "error_code": settlement.code,
                "error_message": settlement.message,
                "renewal_error": int(settlement.renewal_error),
                "settled_at": to_epoch(now),
            }
        case Unclear():
            return {
                "state": "unknown",
                "error_code": settlement.code,
                "error_message": settlement.message,
            }


def read_payment(db: sqlite3.Connection, payment_id: str) -> Payment:
    """The payment with this ID."""
    [row] = _rows(db, "WHERE id = ?", (payment_id,))
    return row


def all_payments(db: sqlite3.Connection) -> list[Payment]:
    """The whole journal, oldest first."""
    return _rows(db, "ORDER BY created_at, id")


def payments_for(
    db: sqlite3.Connection, account: str, identity: str, instance_ids: Collection[str]
) -> list[Payment]:
    """The payments for any of these Instance IDs, oldest first."""
    marks = ", ".join("?" * len(instance_ids))
    which = f"WHERE account = ? AND identity = ? AND instance_id IN ({marks}) "
    return _rows(db, which + "ORDER BY created_at, id", (account, identity, *instance_ids))


def open_payments(
    db: sqlite3.Connection, account: str, identity: str, instance_id: str | None = None
) -> list[Payment]:
    """The planned, sent and unknown payments, for one Instance ID or for all."""
    return _rows(
        db,
        "WHERE account = ? AND identity = ? AND state IN ('planned', 'sent', 'unknown') "
        "AND (? IS NULL OR instance_id = ?) ORDER BY id",
        (account, identity, instance_id, instance_id),
    )


def is_paying(db: sqlite3.Connection) -> bool:
    """Whether this process has a payment that is planned or sent."""
    rows = _rows(db, "WHERE state IN ('planned', 'sent') AND process = ?", (this_process(),))
    return bool(rows)


def has_open_payment(db: sqlite3.Connection, account: str) -> bool:
    """Whether a payment of the account is open, under any identity of its cloud."""
    which = "WHERE account = ? AND state IN ('planned', 'sent', 'unknown')"
    return bool(_rows(db, which, (account,)))


def orders_of_others(db: sqlite3.Connection, payment: Payment) -> frozenset[str]:
    """The IDs of the orders that settled other payments of this account."""
    with database_errors(db):
        rows = db.execute(
            "SELECT order_id FROM payments WHERE account = ? AND identity = ? AND id <> ? "
            "AND order_id IS NOT NULL",
            (payment.account, payment.identity, payment.id),
        ).fetchall()
    return frozenset(row["order_id"] for row in rows)


def paid_payments(db: sqlite3.Connection, new: NewPayment) -> list[Payment]:
    """The paid payments for the Instance ID of a new one."""
    which = "WHERE account = ? AND identity = ? AND instance_id = ? AND state = 'paid'"
    return _rows(db, which, (new.account, new.identity, new.instance_id))


def _rows(db: sqlite3.Connection, which: str, values: tuple[str | None, ...] = ()) -> list[Payment]:
    with database_errors(db):
        return [from_row(row) for row in db.execute(f"SELECT * FROM payments {which}", values)]  # noqa: S608
