"""Details of an account besides its balance and items.

Each comes from an optional read: it is absent if the right is missing or the cloud does not answer,
and no rule takes its absence for good news.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace


class VoucherKind(StrEnum):
    """Kinds of vouchers, as JSON names them."""

    CASH_COUPON = "cash-coupon"
    PREPAID_CARD = "prepaid-card"


class Voucher(Struct, frozen=True):
    """A cash coupon or prepaid card. The products that it applies to are free text, so it is shown
    next to the balance and never added to it."""

    kind: VoucherKind
    id: str
    amount: Decimal
    """The remaining amount, in the account's currency."""
    expires_at: datetime | None
    products: str
    """The products that it pays for, in the cloud's words."""


class Outstanding(Struct, frozen=True):
    """The outstanding amount of one product in one month's bill. For an account with a credit line
    this includes used credit that is not due yet."""

    product: str
    month: str
    """As `2026-11`."""
    amount: Decimal
    currency: str


class UnpaidBill(Struct, frozen=True):
    """A bill that was issued and is not settled."""

    item_id: str
    amount: Decimal
    """In the account's currency."""
    issued_at: datetime
    """The instant from which it is owed."""
    cycle_starts_at: datetime
    cycle_ends_at: datetime


class Charge(Struct, frozen=True):
    """An amount that left the balance."""

    at: datetime
    amount: Decimal
    """In the account's currency."""
    purpose: str
    """`bill`, `renewal`, `auto-renewal` or `purchase`."""
    item_id: str


class Statement(Struct, frozen=True):
    """The account's unpaid bills and latest charges, if its cloud lists them."""

    unpaid: tuple[UnpaidBill, ...] = ()
    """The oldest first."""
    charges: tuple[Charge, ...] = ()
    """The latest first."""


class LastBill(Struct, frozen=True):
    """The latest subscription bill of an Instance ID; its amount is an estimate of today's
    price."""

    instance_id: str
    month: str
    name: str = ""
    """The name that the person gave the instance in the console."""
    product: str = ""
    commodity: str = ""
    """Its commodity code, such as `vodsdk`."""
    amount: Decimal | None = None
    """The payable amount; None if the month has no bill for a term, or several."""
    currency: str = ""
    months: int | None = None
    """The paid term, if the bill has it."""

    def completed_by(self, older: LastBill) -> LastBill:
        """This bill, with the name, product and price of an older one for those that it lacks."""
        priced = older if self.amount is None and older.amount is not None else self
        return replace(
            priced,
            name=self.name or older.name,
            product=self.product or older.product,
            commodity=self.commodity or older.commodity,
        )


class PlanPrice(Struct, frozen=True):
    """The price of buying a resource plan like this one again."""

    plan_id: str
    amount: Decimal
    currency: str
    months: int


class Unavailable(Struct, frozen=True):
    """An optional read that was denied or failed."""

    operation: str
    reason: str


class AccountDetails(Struct, frozen=True):
    """The results of all optional reads."""

    outstanding: tuple[Outstanding, ...] = ()
    vouchers: tuple[Voucher, ...] = ()
    bills: tuple[LastBill, ...] = ()
    """At most one for each Instance ID, from the months that this sync read."""
    billed_through: str | None = None
    """The month up to which bills have been read without a gap."""
    unavailable: tuple[Unavailable, ...] = ()
    plan_prices: tuple[PlanPrice, ...] = ()
    statement: Statement | None = None
    """None if the cloud lists no individual bills and charges."""
