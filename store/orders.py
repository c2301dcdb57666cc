"""Orders and prices, as a cloud lists and quotes them. Frozen, with aware times."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class OrderKind(StrEnum):
    """What an order is for."""

    RENEWAL = "renewal"
    AUTO_RENEWAL = "auto-renewal"
    PURCHASE = "purchase"
    CHANGE = "change"
    """An upgrade, for instance."""


class OrderState(StrEnum):
    """How the cloud lists an order."""

    PAID = "paid"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    UNPAID = "unpaid"
    """It waits to be paid or cancelled, and the cloud takes no other order for the item."""


class Order(Struct, frozen=True):
    """An order as the cloud lists it."""

    id: str
    at: datetime
    instance_id: str
    months: int | None
    """None where the cloud does not tell its term."""
    amount: Decimal | None
    """None for one that was cancelled because its price is not known."""
    kind: OrderKind
    state: OrderState
    ends_at: datetime | None
    """The end date that it brought; None for one that brought none."""
    starts_at: datetime | None = None
    """From when on it is paid for; None where the cloud does not tell."""
    made_by: float | None = None
    """No later than this it was really made, in seconds since 1970 by this machine's clock;
    `at` is by the account's own. None: long ago."""


class Quote(Struct, frozen=True):
    """What a renewal costs. `amount` None: the cloud quotes no price."""

    amount: Decimal | None
    currency: str
    ends_at: datetime | None
    """The end date that it would bring, where the cloud's rule is known."""
    estimate: Decimal | None = None
    """What the last order of it would come to for this term; shown as such, never paid by."""
