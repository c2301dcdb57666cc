"""Orders as a cloud lists them, and prices as it quotes them. Frozen, with aware times."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class OrderKind(StrEnum):
    """The purpose of an order."""

    RENEWAL = "renewal"
    AUTO_RENEWAL = "auto-renewal"
    PURCHASE = "purchase"
    CHANGE = "change"
    """An upgrade, for instance."""


class OrderState(StrEnum):
    """The state of an order in the cloud's list."""

    PAID = "paid"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    UNPAID = "unpaid"
    """It has to be paid or cancelled; the cloud accepts no other order for the item."""


class Order(Struct, frozen=True):
    """An order as the cloud lists it."""

    id: str
    at: datetime
    instance_id: str
    months: int | None
    """None if the cloud does not return its term."""
    amount: Decimal | None
    """None if it was cancelled because its price is unknown."""
    kind: OrderKind
    state: OrderState
    ends_at: datetime | None
    """The new end date; None if it has none."""
    starts_at: datetime | None = None
    """The start of the paid period; None if the cloud does not return it."""
    made_by: float | None = None
    """The latest time at which it can have been made, in seconds since 1970 by this machine's clock
    (`at` is by the account's clock). None if it was made long ago."""


class Quote(Struct, frozen=True):
    """The price of a renewal. `amount` None: the cloud quotes no price."""

    amount: Decimal | None
    currency: str
    ends_at: datetime | None
    """The new end date, if the cloud's rule is known."""
    estimate: Decimal | None = None
    """The price of its last order, scaled to this term; shown as an estimate, never used for
    paying."""
