"""The journal of payments: what was planned, sent, and came of it. Nothing is deleted."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from store.db import immediate
from store.errors import Stopped
from store.moments import from_stamp, stamp


class PaymentState(StrEnum):
    """planned → sent → paid | refused | unknown; what is unknown is settled later."""

    PLANNED = "planned"
    SENT = "sent"
    PAID = "paid"
    REFUSED = "refused"
    UNKNOWN = "unknown"


OPEN = frozenset({PaymentState.PLANNED, PaymentState.SENT, PaymentState.UNKNOWN})
NEVER_SENT = "never-sent"


class Operation(StrEnum):
    """What is paid for. Only a renewal has a client token."""

    RENEW = "renew"
    BUY_PLAN = "buy-plan"
    BUY_LICENSE = "buy-license"
    UPGRADE = "upgrade"


@dataclass(frozen=True, slots=True)
class Payment:
    """A row of the journal."""

    id: str
    account: str
    identity: str
    operation: Operation
    instance_id: str
    months: int
    client_token: str | None
    quoted: Decimal | None
    currency: str
    state: PaymentState
    order_id: str | None
    ends_before: datetime | None
    ends_after: datetime | None
    error_code: str | None
    error_message: str | None
    note: str | None
    process: str
    created_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new row of the journal is about."""

    account: str
    identity: str
    operation: Operation
    instance_id: str
    months: int
    client_token: str | None
    quoted: Decimal | None
    currency: str
    ends_before: datetime | None


_INSERT = """
INSERT INTO payments (id, account, identity, operation, instance_id, months, client_token,
                      quoted, currency, state, ends_before, process, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?, ?, ?)
"""


def plan(db: sqlite3.Connection, wanted: Wanted, now: datetime) -> str:
    """Write the payment down before anything is sent; its id.

    Raises `Stopped` while another payment for this Instance ID is open, whichever process
    opened it, and when this very end date was paid already.
    """
    payment_id = _new_id()
    ends_before = None if wanted.ends_before is None else stamp(wanted.ends_before)
    try:
        with immediate(db):
            _refuse_paid_already(db, wanted)
            db.execute(
                _INSERT,
                (
                    payment_id, wanted.account, wanted.identity, wanted.operation.value,
                    wanted.instance_id, wanted.months, wanted.client_token,
                    None if wanted.quoted is None else str(wanted.quoted), wanted.currency,
                    ends_before, this_process(), stamp(now),
                ),
            )  # fmt: skip
    except sqlite3.IntegrityError as error:
        raise Stopped(
            f"a payment for {wanted.instance_id} is already under way; nothing was sent. "
            "`renewal payments reconcile` settles it."
        ) from error
    return payment_id


def _refuse_paid_already(db: sqlite3.Connection, wanted: Wanted) -> None:
    if wanted.client_token is None:
        return
    paid = db.execute(
        "SELECT 1 FROM payments WHERE account = ? AND identity = ? AND client_token = ? "
        "AND state = 'paid'",
        (wanted.account, wanted.identity, wanted.client_token),
    ).fetchone()
    if paid:
        raise Stopped(f"{wanted.instance_id} was already renewed since; nothing was sent.")


def _new_id() -> str:
    from ulid import ULID

    return str(ULID())


def mark_sent(db: sqlite3.Connection, payment_id: str, now: datetime) -> None:
    """The last thing that happens before the first byte leaves."""
    with immediate(db):
        changed = db.execute(
            "UPDATE payments SET state = 'sent', sent_at = ? WHERE id = ? AND state = 'planned'",
            (stamp(now), payment_id),
        ).rowcount
        if changed != 1:
            raise Stopped("this payment was settled by another process; nothing was sent.")


@dataclass(frozen=True, slots=True)
class Paid:
    """Evidence that it was paid: the order, its term, and the end date that it brought."""

    order_id: str | None
    ends_after: datetime | None
    months: int
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A definite no. `renewal_error`: it is an error in the sense of LIC-2."""

    code: str
    message: str
    renewal_error: bool = False


@dataclass(frozen=True, slots=True)
class Unclear:
    """Neither is known."""

    code: str
    message: str


Settlement = Paid | Refusal | Unclear


def settle(db: sqlite3.Connection, payment_id: str, found: Settlement, now: datetime) -> None:
    """Write down what came of it. A row that is paid or refused stays so."""
    values: dict[str, object]
    match found:
        case Paid():
            values = {
                "state": "paid",
                "order_id": found.order_id,
                "ends_after": None if found.ends_after is None else stamp(found.ends_after),
                "months": found.months,
                "note": found.note,
                "error_code": None,
                "error_message": None,
                "settled_at": stamp(now),
            }
        case Refusal():
            values = {
                "state": "refused",
                "error_code": found.code,
                "error_message": found.message,
                "renewal_error": int(found.renewal_error),
                "settled_at": stamp(now),
            }
        case Unclear():
            values = {
                "state": "unknown",
                "error_code": found.code,
                "error_message": found.message,
            }
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    with immediate(db):
        db.execute(
            f"UPDATE payments SET {assignments} "  # noqa: S608 - names of ours
            "WHERE id = :id AND state IN ('planned', 'sent', 'unknown')",
            {**values, "id": payment_id},
        )


def payment(db: sqlite3.Connection, payment_id: str) -> Payment:
    """The row with this id."""
    row = db.execute("SELECT * FROM payments WHERE id = ?", (payment_id,)).fetchone()
    return _payment(row)


def payments(db: sqlite3.Connection) -> list[Payment]:
    """The whole journal, oldest first."""
    return [_payment(row) for row in db.execute("SELECT * FROM payments ORDER BY created_at, id")]


def open_payments(
    db: sqlite3.Connection, account: str, identity: str, instance_id: str | None = None
) -> list[Payment]:
    """What is planned, sent or unknown, for one Instance ID or for all."""
    rows = db.execute(
        "SELECT * FROM payments WHERE account = ? AND identity = ? "
        "AND state IN ('planned', 'sent', 'unknown') AND (? IS NULL OR instance_id = ?) "
        "ORDER BY id",
        (account, identity, instance_id, instance_id),
    )
    return [_payment(row) for row in rows]


def _payment(row: sqlite3.Row) -> Payment:
    def moment(name: str) -> datetime | None:
        return None if row[name] is None else from_stamp(row[name])

    return Payment(
        row["id"], row["account"], row["identity"], Operation(row["operation"]),
        row["instance_id"], row["months"], row["client_token"],
        None if row["quoted"] is None else Decimal(row["quoted"]), row["currency"],
        PaymentState(row["state"]), row["order_id"], moment("ends_before"), moment("ends_after"),
        row["error_code"], row["error_message"], row["note"], row["process"],
        from_stamp(row["created_at"]), moment("sent_at"), moment("settled_at"),
    )  # fmt: skip


def this_process() -> str:
    """This process, told apart from a later one with the same number."""
    import psutil

    return f"{os.getpid()}:{psutil.Process().create_time():.2f}"


def is_alive(process: str) -> bool:
    """Whether the process that `this_process` named still runs on this machine."""
    import psutil

    number, _, started = process.partition(":")
    try:
        return f"{psutil.Process(int(number)).create_time():.2f}" == started
    except psutil.NoSuchProcess:
        return False
