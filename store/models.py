"""Items and the balance of an account. Frozen, with aware times.

Money is Decimal; unknown is None, never 0. Quantities of resource plans are Fraction, since a plan
is used continuously and its parts must add up.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

RENEWAL_MONTHS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36)
"""The terms of a renewal in months (BSS RenewInstance)."""

AUTO_RENEWAL_MONTHS = (1, 2, 3, 6, 12)
"""The terms of auto-renewal in months (BSS SetRenewal)."""

DEFAULT_MONTHS = 12
"""The default term of a renewal."""


class Kind(StrEnum):
    """Kinds of items, as named in JSON and files."""

    ENTERPRISE = "iot-enterprise"
    PUBLIC_PREVIOUS = "iot-public-previous"
    PUBLIC_NEW = "iot-public-new"
    LICENSE = "sdk-license"
    PLAN = "resource-plan"
    VOD = "vod"
    OTHER = "other"


class Balance(Struct, frozen=True):
    """The account's balance, as the cloud returns it."""

    currency: str
    available: Decimal
    """The available amount, credit included."""
    credit: Decimal
    """The part of `available` that is credit."""
    owed: Decimal
    """The sum of the unpaid bills."""
    overdue_since: datetime | None
    """The instant of the oldest unpaid bill; None also if the cloud does not return it."""

    def missing_for(self, price: Decimal) -> Decimal:
        """The amount that is missing to pay both what is owed and this price, in the balance's
        currency; 0 if there is enough."""
        return max(Decimal(0), price + self.owed - self.available)

    @property
    def is_owed_since_unknown(self) -> bool:
        """Whether something is owed since an unknown time."""
        return bool(self.owed) and self.overdue_since is None


class DataError(Struct, frozen=True):
    """A value of the cloud that cannot be read, or that contradicts the documents."""

    field: str
    """The field's name in the item."""
    found: str
    """The cloud's value, shortened."""
    expected: str
    """In English, for the catalogue."""
    clause: str | None = None
    """The violated clause; None: the API's own documentation."""


class Details(Struct, frozen=True, omit_defaults=True):
    """Details of an item besides its dates."""

    is_trial: bool = False
    """Whether a person entered that it is a trial Enterprise Edition instance."""
    is_judged_by_balance: bool = False
    """Whether its bills are known only as the amount that the account owes."""
    is_pay_as_you_go: bool = False
    """Whether it is pay-as-you-go, and so has no end date."""
    never_ends: bool = False
    """Whether the cloud lists an end date for "never", such as 2999."""
    ends_on_purpose: bool = False
    """Whether it was set not to be renewed (RenewStatus NotRenewal)."""
    renews_for_unknown_term: bool = False
    """Whether auto-renewal is on, with an unknown term."""
    status: str = ""
    """The cloud's Status, if it adds to the dates: Creating, Expired."""
    sub_status: str = ""
    """The cloud's SubStatus: WaitForLimit, BandwidthLimited."""
    stopped_at: datetime | None = None
    released_at: datetime | None = None
    release_expected_at: datetime | None = None
    """As the cloud returns them (StopTime, ReleaseTime, ExpectedReleaseTime)."""
    proposed_kind: Kind | None = None
    """The kind that its product codes suggest, which a person can accept."""
    errors: tuple[DataError, ...] = ()
    """The unreadable values of the cloud's row."""


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
    """Its Instance ID; without one, `public-previous:` and its region."""
    instance_id: str
    name: str
    region: str
    overdue_since: datetime | None = None
    """The instant of its own oldest unpaid bill; of a stopped one, 24 h before the stop."""
    restored_at: datetime | None = None
    """When it is available again after a payment, if it was stopped."""
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
    """The Instance ID of its order; empty if the console shows none (LIC-2)."""
    application: str
    """The application it is bound to; empty while it is not bound."""
    package: str
    sdks: tuple[str, ...]
    ends_at: datetime
    monthly_price: Decimal | None = None
    auto_renewal_months: int | None = None
    renewal_refused: bool = False
    """Whether the cloud lists a refused renewal for this end date (LIC-2)."""
    billed_ends_at: datetime | None = None
    """The billed end date, if the console shows another one. `ends_at` is the console's and takes
    precedence; a renewal extends the billed one."""
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
    """None if its rate of use is unknown."""
    effective_at: datetime
    """The instant from which it is in effect, including the cloud's delay (VOD-6)."""
    ends_at: datetime
    price: Decimal | None = None
    months: int | None = None
    payg_price: Decimal | None = None
    region: str | None = None
    """The region in which it is valid; None: any."""

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
    """A product without a rule: its dates are shown, its consequences are not guessed."""

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
