"""Additional facts of an account, which a cloud may tell beside the balance and the items.

Each comes from an optional read: it is absent where its right is missing or the cloud does not
answer, and no rule takes its absence for good news.
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
    """A cash coupon or prepaid card. What it applies to is free text, so it is shown beside the
    balance and never counted."""

    kind: VoucherKind
    id: str
    amount: Decimal
    """What is left of it, in the account's currency."""
    expires_at: datetime | None
    products: str
    """What it pays for, in the cloud's words."""


class Outstanding(Struct, frozen=True):
    """What the bill of one month shows as not settled for one product. For an account with a
    credit line this includes credit that was used and is not due yet."""

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
    """It is due, and owed, from then on."""
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
    """The account's bills and charges, where its cloud lists them."""

    unpaid: tuple[UnpaidBill, ...] = ()
    """The oldest first."""
    charges: tuple[Charge, ...] = ()
    """The latest first."""


class LastBill(Struct, frozen=True):
    """The latest subscription bill of an Instance ID: its price then is an estimate for now."""

    instance_id: str
    month: str
    name: str = ""
    """The name that the person gave the instance in the console."""
    product: str = ""
    commodity: str = ""
    """Its commodity code, such as `vodsdk`."""
    amount: Decimal | None = None
    """What was payable; None where the month has several bills for it, or none for a term."""
    currency: str = ""
    months: int | None = None
    """The term that was paid for, where the bill has it."""

    def completed_by(self, older: LastBill) -> LastBill:
        """This bill, with what only an older one has: a name, a product, a price."""
        priced = older if self.amount is None and older.amount is not None else self
        return replace(
            priced,
            name=self.name or older.name,
            product=self.product or older.product,
            commodity=self.commodity or older.commodity,
        )


class PlanPrice(Struct, frozen=True):
    """What it costs to buy a resource plan like this one again."""

    plan_id: str
    amount: Decimal
    currency: str
    months: int


class Unavailable(Struct, frozen=True):
    """An optional read that was denied or failed."""

    operation: str
    reason: str


class AccountDetails(Struct, frozen=True):
    """Everything that the optional reads brought."""

    outstanding: tuple[Outstanding, ...] = ()
    vouchers: tuple[Voucher, ...] = ()
    bills: tuple[LastBill, ...] = ()
    """At most one for each Instance ID: those of the months that were read this time."""
    billed_through: str | None = None
    """The month up to which bills were read without a gap."""
    unavailable: tuple[Unavailable, ...] = ()
    plan_prices: tuple[PlanPrice, ...] = ()
    statement: Statement | None = None
    """None: the cloud lists no single bills and charges."""
