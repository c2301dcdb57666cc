"""A payment: its row in the journal, the values of a new row, and its settlement."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from store.money import decimal_or_none
from store.times import from_epoch, instant_or_none


class PaymentState(StrEnum):
    """planned → sent → paid, refused or unknown; an unknown payment is settled later."""

    PLANNED = "planned"
    SENT = "sent"
    PAID = "paid"
    REFUSED = "refused"
    UNKNOWN = "unknown"


OPEN_STATES = frozenset({PaymentState.PLANNED, PaymentState.SENT, PaymentState.UNKNOWN})


class Operation(StrEnum):
    """The operation that is paid for. Only renewals have a client token."""

    RENEW = "renew"
    BUY_PLAN = "buy-plan"
    BUY_LICENSE = "buy-license"
    UPGRADE = "upgrade"


class Payment(Struct, frozen=True):
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
    known_before: frozenset[str] = frozenset()
    """IDs that the cloud listed before the payment was sent, which are therefore no evidence: order
    IDs for a renewal, item IDs for a purchase."""

    @property
    def is_open(self) -> bool:
        """Whether its outcome is still unknown."""
        return self.state in OPEN_STATES

    @property
    def planned_at(self) -> float:
        """When the row was written, in seconds since 1970 by this machine's clock (`created_at` is
        by the account's clock)."""
        from ulid import ULID

        return ULID.from_str(self.id).timestamp

    @property
    def is_doubtful_purchase(self) -> bool:
        """Whether it is a purchase of unknown outcome, which only the cloud's list or the person
        can settle."""
        return self.state is PaymentState.UNKNOWN and self.operation is not Operation.RENEW


class NewPayment(Struct, frozen=True):
    """The values of a new row."""

    account: str
    identity: str
    operation: Operation
    instance_id: str
    months: int
    client_token: str | None
    quoted: Decimal | None
    currency: str
    ends_before: datetime | None
    known_before: frozenset[str] = frozenset()


class Paid(Struct, frozen=True):
    """Paid, by evidence: the order, its term and the new end date, if they are listed."""

    order_id: str | None
    ends_after: datetime | None
    months: int
    note: str | None = None


class Refusal(Struct, frozen=True):
    """Definitely refused."""

    code: str
    message: str
    renewal_error: bool = False
    """Whether it is an error during the renewal (LIC-2), and not a lack of money."""
    is_listed: bool = False
    """Whether the cloud lists the order as cancelled or refunded. If not, the refusal is only an
    answer, which settles nothing for a payment that was sent before."""
    denied: bool = False
    """Whether credentials or a RAM permission were missing."""


class Unclear(Struct, frozen=True):
    """The outcome is still unknown."""

    code: str
    message: str


Settlement = Paid | Refusal | Unclear
"""The outcome of a payment."""


def from_row(row: sqlite3.Row) -> Payment:
    """The payment of a row of the table `payments`."""

    return Payment(
        row["id"], row["account"], row["identity"], Operation(row["operation"]),
        row["instance_id"], row["months"], row["client_token"],
        decimal_or_none(row["quoted"]), row["currency"],
        PaymentState(row["state"]), row["order_id"], instant_or_none(row["ends_before"]),
        instant_or_none(row["ends_after"]), row["error_code"], row["error_message"], row["note"],
        row["process"], from_epoch(row["created_at"]), instant_or_none(row["sent_at"]),
        instant_or_none(row["settled_at"]), frozenset(json.loads(row["known_before"] or "[]")),
    )  # fmt: skip
