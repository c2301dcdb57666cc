"""A row of the payment journal, and what a new one is about."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from store.times import from_epoch


class PaymentState(StrEnum):
    """planned → sent → paid | refused | unknown; what is unknown is settled later."""

    PLANNED = "planned"
    SENT = "sent"
    PAID = "paid"
    REFUSED = "refused"
    UNKNOWN = "unknown"


OPEN = frozenset({PaymentState.PLANNED, PaymentState.SENT, PaymentState.UNKNOWN})


class Operation(StrEnum):
    """What is paid for. Only a renewal has a client token."""

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
    """What the cloud listed before it was sent, and what therefore is not its work: of a
    renewal the order ids, of a purchase the items' ids."""

    @property
    def is_open(self) -> bool:
        """Whether it is not known yet what came of it."""
        return self.state in OPEN

    @property
    def planned_at(self) -> float:
        """When it was written down, in seconds since 1970 by this machine's clock, which the
        practice cloud's knows nothing of."""
        from ulid import ULID

        return ULID.from_str(self.id).timestamp

    @property
    def is_doubtful_purchase(self) -> bool:
        """Whether only the cloud's list or the person's word can tell what came of it."""
        return self.state is PaymentState.UNKNOWN and self.operation is not Operation.RENEW


class Wanted(Struct, frozen=True):
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
    known_before: frozenset[str] = frozenset()


def from_row(row: sqlite3.Row) -> Payment:
    """The row as it is stored."""

    def moment(name: str) -> datetime | None:
        return None if row[name] is None else from_epoch(row[name])

    return Payment(
        row["id"], row["account"], row["identity"], Operation(row["operation"]),
        row["instance_id"], row["months"], row["client_token"],
        None if row["quoted"] is None else Decimal(row["quoted"]), row["currency"],
        PaymentState(row["state"]), row["order_id"], moment("ends_before"), moment("ends_after"),
        row["error_code"], row["error_message"], row["note"], row["process"],
        from_epoch(row["created_at"]), moment("sent_at"), moment("settled_at"),
        frozenset(json.loads(row["known_before"] or "[]")),
    )  # fmt: skip
