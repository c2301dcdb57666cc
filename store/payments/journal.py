"""The journal of payments: what was planned, sent, and came of it. Nothing is deleted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from datetime import datetime

from store.database.errors import database_errors
from store.database.open import immediate
from store.errors import Stopped
from store.i18n import _
from store.payments.payment import OPEN, Operation, Payment, PaymentState, Wanted, from_row
from store.payments.process import is_alive, this_process
from store.payments.settlement import Paid, Refusal, Settlement, Unclear
from store.times import to_epoch

__all__ = [
    "NEVER_SENT",
    "OPEN",
    "Operation",
    "Paid",
    "Payment",
    "PaymentState",
    "Refusal",
    "Settlement",
    "Unclear",
    "Wanted",
    "any_open",
    "drop_unsent",
    "is_alive",
    "mark_sent",
    "open_payments",
    "other_orders",
    "paid",
    "paying_now",
    "payment",
    "payments",
    "payments_of",
    "plan",
    "settle",
    "this_process",
]

NEVER_SENT = "never-sent"

_INSERT = """
INSERT INTO payments (id, account, identity, operation, instance_id, months, client_token,
                      quoted, currency, state, ends_before, known_before, process, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?, ?, ?, ?)
"""


def plan(db: sqlite3.Connection, wanted: Wanted, now: datetime) -> str:
    """Write the payment down before anything is sent; its id.

    Raises `Stopped` while another payment for this Instance ID is open, whichever process
    opened it, and when this very end date was paid already.
    """
    payment_id = _new_id()
    ends_before = None if wanted.ends_before is None else to_epoch(wanted.ends_before)
    try:
        with immediate(db):
            _refuse_paid_already(db, wanted)
            db.execute(
                _INSERT,
                (
                    payment_id, wanted.account, wanted.identity, wanted.operation.value,
                    wanted.instance_id, wanted.months, wanted.client_token,
                    None if wanted.quoted is None else str(wanted.quoted), wanted.currency,
                    ends_before, json.dumps(sorted(wanted.known_before)), this_process(),
                    to_epoch(now),
                ),
            )  # fmt: skip
    except sqlite3.IntegrityError as error:
        raise Stopped(
            _(
                "a payment for {instance_id} is already in progress; nothing was sent. "
                "Run `renewal payments reconcile` to settle it."
            ).format(instance_id=wanted.instance_id)
        ) from error
    return payment_id


def _refuse_paid_already(db: sqlite3.Connection, wanted: Wanted) -> None:
    if wanted.client_token is None:
        return
    paid = db.execute(
        "SELECT order_id FROM payments WHERE account = ? AND identity = ? AND client_token = ? "
        "AND state = 'paid'",
        (wanted.account, wanted.identity, wanted.client_token),
    ).fetchone()
    if paid:
        order = _(", by order {id}").format(id=paid["order_id"]) if paid["order_id"] else ""
        raise Stopped(
            _(
                "{instance_id} was already renewed since{order}; nothing was sent. If "
                "that renewal was refunded and the cloud does not list the refund, "
                "renew it in the console."
            ).format(instance_id=wanted.instance_id, order=order)
        )


def _new_id() -> str:
    from ulid import ULID

    return str(ULID())


def mark_sent(db: sqlite3.Connection, payment_id: str, now: datetime) -> None:
    """The last thing that happens before the first byte leaves."""
    with immediate(db):
        changed = db.execute(
            "UPDATE payments SET state = 'sent', sent_at = ? WHERE id = ? AND state = 'planned'",
            (to_epoch(now), payment_id),
        ).rowcount
        if changed != 1:
            raise Stopped(_("this payment was settled by another process; nothing was sent."))


def drop_unsent(db: sqlite3.Connection, payment_id: str, now: datetime, why: str) -> bool:
    """Close a payment that was never sent; whether it was still waiting to be.

    One transaction tells, so that what was sent just now is not taken for unsent.
    """
    with immediate(db):
        changed = db.execute(
            "UPDATE payments SET state = 'refused', error_code = ?, error_message = ?, "
            "settled_at = ? WHERE id = ? AND state = 'planned'",
            (NEVER_SENT, why, to_epoch(now), payment_id),
        ).rowcount
    return changed == 1


def settle(db: sqlite3.Connection, payment_id: str, found: Settlement, now: datetime) -> None:
    """Write down what came of a sent payment. A row that is paid or refused stays so."""
    values = _columns(found, now)
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    with immediate(db):
        db.execute(
            f"UPDATE payments SET {assignments} "  # noqa: S608 - names of ours
            "WHERE id = :id AND state IN ('sent', 'unknown')",
            {**values, "id": payment_id},
        )


def _columns(found: Settlement, now: datetime) -> dict[str, object]:
    match found:
        case Paid():
            return {
                "state": "paid",
                "order_id": found.order_id,
                "ends_after": None if found.ends_after is None else to_epoch(found.ends_after),
                "months": found.months,
                "note": found.note,
                "error_code": None,
                "error_message": None,
                "settled_at": to_epoch(now),
            }
        case Refusal():
            return {
                "state": "refused",
                "error_code": found.code,
                "error_message": found.message,
                "renewal_error": int(found.renewal_error),
                "settled_at": to_epoch(now),
            }
        case Unclear():
            return {
                "state": "unknown",
                "error_code": found.code,
                "error_message": found.message,
            }


def payment(db: sqlite3.Connection, payment_id: str) -> Payment:
    """The row with this id."""
    [row] = _rows(db, "WHERE id = ?", (payment_id,))
    return row


def payments(db: sqlite3.Connection) -> list[Payment]:
    """The whole journal, oldest first."""
    return _rows(db, "ORDER BY created_at, id")


def payments_of(
    db: sqlite3.Connection, account: str, identity: str, instance_ids: Collection[str]
) -> list[Payment]:
    """The payments for any of these Instance IDs, oldest first."""
    marks = ", ".join("?" * len(instance_ids))
    which = f"WHERE account = ? AND identity = ? AND instance_id IN ({marks}) "
    return _rows(db, which + "ORDER BY created_at, id", (account, identity, *instance_ids))


def open_payments(
    db: sqlite3.Connection, account: str, identity: str, instance_id: str | None = None
) -> list[Payment]:
    """What is planned, sent or unknown, for one Instance ID or for all."""
    return _rows(
        db,
        "WHERE account = ? AND identity = ? AND state IN ('planned', 'sent', 'unknown') "
        "AND (? IS NULL OR instance_id = ?) ORDER BY id",
        (account, identity, instance_id, instance_id),
    )


def paying_now(db: sqlite3.Connection) -> bool:
    """Whether this very process has a payment planned or sent, of which nothing is known yet."""
    rows = _rows(db, "WHERE state IN ('planned', 'sent') AND process = ?", (this_process(),))
    return bool(rows)


def any_open(db: sqlite3.Connection, account: str) -> bool:
    """Whether a payment of the account is open, in whichever cloud identity it was made."""
    which = "WHERE account = ? AND state IN ('planned', 'sent', 'unknown')"
    return bool(_rows(db, which, (account,)))


def other_orders(db: sqlite3.Connection, payment: Payment) -> frozenset[str]:
    """The orders that settled other payments of this account, and so are not this one's."""
    with database_errors(db):
        rows = db.execute(
            "SELECT order_id FROM payments WHERE account = ? AND identity = ? AND id <> ? "
            "AND order_id IS NOT NULL",
            (payment.account, payment.identity, payment.id),
        ).fetchall()
    return frozenset(row["order_id"] for row in rows)


def paid(db: sqlite3.Connection, wanted: Wanted) -> list[Payment]:
    """What was paid for the Instance ID before."""
    which = "WHERE account = ? AND identity = ? AND instance_id = ? AND state = 'paid'"
    return _rows(db, which, (wanted.account, wanted.identity, wanted.instance_id))


def _rows(db: sqlite3.Connection, which: str, values: tuple[str | None, ...] = ()) -> list[Payment]:
    with database_errors(db):
        return [from_row(row) for row in db.execute(f"SELECT * FROM payments {which}", values)]  # noqa: S608
