"""A scenario: the initial state of a practice cloud."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from store.models import Kind


class AccountFields(Struct, frozen=True):
    """The account's site and initial balance."""

    site: str
    currency: str
    available: Decimal
    credit: Decimal


class InstanceFields(Struct, frozen=True):
    """An instance; fields that its kind lacks are None."""

    instance_id: str
    name: str
    kind: Kind
    region: str
    expires_at: datetime | None = None
    auto_renewal_months: int | None = None
    monthly_price: Decimal | None = None
    cycle_ends_at: datetime | None = None
    cycle_hours: int | None = None
    cycle_cost: Decimal | None = None
    bill_after_hours: int | None = None

    @property
    def id(self) -> str:
        """The item's ID; a public instance without Instance ID gets one from its region."""
        return self.instance_id or f"public-previous:{self.region}"


class LicenseFields(Struct, frozen=True):
    """A license; licenses with one Instance ID form one order."""

    license_id: str
    application: str
    package: str
    instance_id: str
    sdks: tuple[str, ...]
    expires_at: datetime
    monthly_price: Decimal | None
    auto_renewal_months: int | None
    renewal_error: str | None


class PlanFields(Struct, frozen=True):
    """A resource plan; quantities are exact."""

    plan_id: str
    name: str
    type: str
    total: Fraction
    remaining: Fraction
    unit: str
    used_per_day: Fraction
    effective_at: datetime
    expires_at: datetime
    price: Decimal | None
    months: int
    effect_delay_minutes: int
    payg_price: Fraction | None
    region: str | None = None
    """The region in which it is used; None: any."""


class Scenario(Struct, frozen=True):
    """A whole practice account at one instant."""

    clock: datetime
    account: AccountFields
    instances: tuple[InstanceFields, ...]
    licenses: tuple[LicenseFields, ...]
    plans: tuple[PlanFields, ...]
