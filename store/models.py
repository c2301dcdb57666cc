"""What the program knows about: accounts and items. Frozen, with aware times.

Money is Decimal, unknown is None and never 0. Quantities of resource plans are
Fraction, since a plan is burnt evenly to the second and must add up.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

RENEWAL_MONTHS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36)
"""Months that the cloud renews for (BSS RenewInstance)."""

AUTO_RENEWAL_MONTHS = (1, 2, 3, 6, 12)
"""Months that auto-renewal can be set to (BSS SetRenewal)."""

DEFAULT_MONTHS = 12
"""The term that is asked for, and reckoned with, when nobody said another."""


class Kind(StrEnum):
    """Kinds of items, as JSON and files name them."""

    ENTERPRISE = "iot-enterprise"
    PUBLIC_PREVIOUS = "iot-public-previous"
    PUBLIC_NEW = "iot-public-new"
    LICENSE = "sdk-license"
    PLAN = "resource-plan"
    VOD = "vod"
    OTHER = "other"


class Balance(Struct, frozen=True):
    """The account's money, as the cloud tells it."""

    currency: str
    available: Decimal
    """All that can be paid with, credit included."""
    credit: Decimal
    """The part of `available` that is lent."""
    owed: Decimal
    """The sum of the bills that are not paid."""
    overdue_since: datetime | None
    """The instant of the oldest unpaid bill; None also where the cloud does not tell it."""

    @property
    def is_owed_since_unknown(self) -> bool:
        """Whether something is owed, and the cloud does not tell since when."""
        return bool(self.owed) and self.overdue_since is None


class DataError(Struct, frozen=True):
    """A value of the cloud's that cannot be read, or that the documents say cannot be."""

    field: str
    """The name that it has in the item."""
    found: str
    """What the cloud tells, shortened."""
    expected: str
    """In English, as the catalogue of the languages has it."""
    clause: str | None = None
    """The clause that it breaks; None: the API's own documentation."""


class Details(Struct, frozen=True, omit_defaults=True):
    """What is known of an item besides its dates, where there is something."""

    is_trial: bool = False
    """Whether a person said that it is a trial Enterprise Edition instance."""
    is_judged_by_balance: bool = False
    """Whether its bills are known only as what the account owes."""
    is_pay_as_you_go: bool = False
    """Whether it is paid as it goes, and so has no end that could be missed."""
    ends_on_purpose: bool = False
    """Whether somebody set it not to be renewed (RenewStatus NotRenewal)."""
    renews_for_unknown_term: bool = False
    """Whether auto-renewal is on, and the cloud does not tell for how long."""
    status: str = ""
    """The cloud's Status, where it says something beside the dates: Creating, Expired."""
    sub_status: str = ""
    """The cloud's SubStatus: WaitForLimit, BandwidthLimited."""
    stopped_at: datetime | None = None
    released_at: datetime | None = None
    release_expected_at: datetime | None = None
    """As the cloud tells them (StopTime, ReleaseTime, ExpectedReleaseTime)."""
    proposed_kind: Kind | None = None
    """What its product codes say that it may be, which a person can accept."""
    errors: tuple[DataError, ...] = ()
    """What of the cloud's row could not be read."""


class EnterpriseInstance(Struct, frozen=True):
    """IoT Platform Enterprise Edition: a subscription with an end date."""

    id: str
    name: str
    region: str
    ends_at: datetime
    auto_renewal_months: int | None = None
    monthly_price: Decimal | None = None
    details: Details | None = None

    @property
    def kind(self) -> Kind:
        return Kind.ENTERPRISE

    @property
    def instance_id(self) -> str:
        return self.id


class PreviousPublicInstance(Struct, frozen=True):
    """IoT Platform public instance, previous version: pay-as-you-go."""

    id: str
    """Its Instance ID; where it has none, `public-previous:` and its region."""
    instance_id: str
    name: str
    region: str
    overdue_since: datetime | None = None
    """The instant of its own oldest unpaid bill; of a stopped one, 24 h before the stop."""
    restored_at: datetime | None = None
    """When it is available again after it was settled, if it had been stopped."""
    details: Details | None = None

    @property
    def kind(self) -> Kind:
        return Kind.PUBLIC_PREVIOUS

    @property
    def ends_at(self) -> None:
        return None


class NewPublicInstance(Struct, frozen=True):
    """IoT Platform public instance, new version: free, no end."""

    id: str
    name: str
    region: str
    details: Details | None = None

    @property
    def kind(self) -> Kind:
        return Kind.PUBLIC_NEW

    @property
    def instance_id(self) -> str:
        return self.id

    @property
    def ends_at(self) -> None:
        return None


class License(Struct, frozen=True):
    """A Player SDK or Short Video SDK license. Several can share one order."""

    id: str
    instance_id: str
    """The Instance ID of its order; empty where the console shows none (LIC-2)."""
    application: str
    """The application it is bound to; empty while it is not bound."""
    package: str
    sdks: tuple[str, ...]
    ends_at: datetime
    monthly_price: Decimal | None = None
    auto_renewal_months: int | None = None
    renewal_refused: bool = False
    """Whether the cloud shows a refused renewal for this end date (LIC-2)."""
    billed_ends_at: datetime | None = None
    """The end that the billing tells, where the console shows another one: the console's
    is `ends_at` and counts, the billing's is what a renewal goes on from."""
    details: Details | None = None

    @property
    def kind(self) -> Kind:
        return Kind.LICENSE

    @property
    def name(self) -> str:
        return self.application or ", ".join(self.sdks) or self.id

    @property
    def region(self) -> None:
        return None


class ResourcePlan(Struct, frozen=True):
    """An ApsaraVideo VOD resource plan: a quota with an end, cannot be renewed (VOD-4)."""

    id: str
    name: str
    type: str
    total: Fraction
    remaining: Fraction
    unit: str
    used_per_day: Fraction | None
    """None where it is not known how fast it is used."""
    effective_at: datetime
    """When it is in effect, the cloud's delay included (VOD-6)."""
    ends_at: datetime
    price: Decimal | None = None
    months: int | None = None
    payg_price: Decimal | None = None
    region: str | None = None
    """Where it is used; None: anywhere."""

    @property
    def kind(self) -> Kind:
        return Kind.PLAN

    @property
    def instance_id(self) -> str:
        return self.id


class Vod(Struct, frozen=True):
    """ApsaraVideo VOD itself: one item for an account that has a plan or a license."""

    id: str = "vod"
    name: str = "ApsaraVideo VOD"

    @property
    def kind(self) -> Kind:
        return Kind.VOD

    @property
    def instance_id(self) -> str:
        return ""

    @property
    def region(self) -> None:
        return None

    @property
    def ends_at(self) -> None:
        return None


class OtherItem(Struct, frozen=True):
    """A product that no rule covers: its dates are shown, its consequences not guessed."""

    id: str
    name: str
    region: str
    ends_at: datetime | None
    details: Details | None = None

    @property
    def kind(self) -> Kind:
        return Kind.OTHER

    @property
    def instance_id(self) -> str:
        return self.id


Item = (
    EnterpriseInstance
    | PreviousPublicInstance
    | NewPublicInstance
    | License
    | ResourcePlan
    | Vod
    | OtherItem
)
