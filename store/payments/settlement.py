"""What a payment comes to: paid by evidence, definitely refused, or neither is known."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Paid(Struct, frozen=True):
    """Evidence that it was paid: the order, its term, and the end date that it brought."""

    order_id: str | None
    ends_after: datetime | None
    months: int
    note: str | None = None


class Refusal(Struct, frozen=True):
    """A definite no."""

    code: str
    message: str
    renewal_error: bool = False
    """Whether it is an error during the renewal in the sense of LIC-2."""
    shown: bool = False
    """Whether the cloud shows the order as undone; otherwise it is an answer only, which
    settles nothing once the payment was sent more than once."""
    denied: bool = False
    """Whether it was for want of a right or of credentials."""


class Unclear(Struct, frozen=True):
    """Neither is known."""

    code: str
    message: str


Settlement = Paid | Refusal | Unclear
