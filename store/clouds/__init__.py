"""The port: what a cloud can be asked, whichever it is.

A capability that a cloud lacks turns its step of a procedure into a console step.
Every method raises only `store.errors`: `Unreachable` (outcome unknown, if it pays),
`Denied`, `Refused`, and `Usage` for something that cannot be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from store.clouds.account_details import AccountDetails
from store.models import Balance, Item
from store.orders import Order, Quote

Progress = Callable[[str, int, int], None]
"""Told (what, how many are done, how many there are)."""


def no_progress(what: str, done: int, total: int) -> None:
    """For callers that show no progress."""


class Capability(StrEnum):
    """What not every cloud can do. Reading and renewing every cloud can."""

    TOP_UP = "top-up"
    BUY_PLAN = "buy-plan"
    BUY_LICENSE = "buy-license"
    BIND = "bind"
    UPGRADE = "upgrade"
    CLOCK = "clock"


class Glance(Struct, frozen=True):
    """Which cloud it is, and the clock by which its dates are judged."""

    identity: str
    now: datetime


class Cloud(Protocol):
    """One account of one cloud."""

    name: str
    """`practice` or `alibaba`."""
    capabilities: frozenset[Capability]

    @property
    def lists_nothing(self) -> bool:
        """Whether the last `pages` of a real account had no row at all, which those of the wrong
        site or account have not either."""

    @property
    def site(self) -> str:
        """`china` or `international`."""

    @property
    def identity(self) -> str:
        """Stable for one account of one cloud; another practice cloud has another."""

    def now(self) -> datetime:
        """The clock by which this account's dates are judged."""

    def balance(self) -> Balance: ...

    def account_details(self, balance: Balance, billed_through: str | None) -> AccountDetails:
        """What the cloud tells beside balance and items; asked before `pages`, once for a sync.

        `billed_through`: the month up to which its bills were read before. Raises nothing:
        what is denied or fails is absent, and named in the details.
        """

    def pages(self) -> Iterator[tuple[Sequence[Item], int]]:
        """Every item, a page at a time, each with the total that the cloud tells."""

    def look(self, instance_id: str) -> Sequence[Item]:
        """What this Instance ID stands for right now: a license order gives all its licenses.

        Empty when the cloud lists nothing under it; the same id more than once where it stands
        for more than one product.
        """

    def quote(self, instance_id: str, months: int) -> Quote: ...

    def renew(self, instance_id: str, months: int, client_token: str) -> str:
        """Order and pay at once; the order's id. The only call that takes money for time.

        A token that the cloud knows brings the first answer again and pays nothing.
        """

    def product(self, instance_id: str) -> str:
        """The product as the cloud itself names it; the client token is made of it, so nothing
        that was entered here may be in it. Empty where the cloud lists nothing."""

    def set_auto_renewal(self, instance_id: str, months: int | None) -> None: ...

    def orders(self, instance_id: str) -> Sequence[Order]:
        """Orders of this Instance ID as far back as the cloud tells, oldest first."""


class Console(Protocol):
    """What a person does in the console; the practice cloud lets the program do it.

    None of these has a client token, so none is ever repeated after an unknown outcome.
    """

    def top_up(self, amount: Decimal) -> None: ...

    def buy_plan(self, plan_id: str) -> str:
        """Buy a plan like this one; the new plan's id."""

    def buy_license(self, license_id: str) -> str:
        """Buy an order like this license's, not bound yet; the new license's id."""

    def bind(self, license_id: str, application: str) -> None: ...

    def upgrade(self, instance_id: str, monthly_price: Decimal) -> str:
        """Make a new-version public instance an Enterprise one; its id."""
