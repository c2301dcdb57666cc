"""The port to a cloud: the operations that every cloud supports.

An operation that a cloud lacks (see `Capability`) becomes a console step of the procedures. Methods
raise errors of `store.errors` only: `Unreachable` (for a payment, its outcome is unknown),
`Denied`, `Refused`, and `Usage` for an invalid request.
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
"""Called with the name of what is being fetched, the number fetched so far, and the total."""


def no_progress(what: str, done: int, total: int) -> None:
    """For callers that show no progress."""


class Capability(StrEnum):
    """An operation that not every cloud supports; every cloud can be read and can renew."""

    TOP_UP = "top-up"
    BUY_PLAN = "buy-plan"
    BUY_LICENSE = "buy-license"
    BIND = "bind"
    UPGRADE = "upgrade"
    CLOCK = "clock"


class Glance(Struct, frozen=True):
    """The identity and the clock of an account's cloud."""

    identity: str
    now: datetime


class Cloud(Protocol):
    """One account of one cloud."""

    name: str
    """`practice` or `alibaba`."""
    capabilities: frozenset[Capability]

    @property
    def lists_nothing(self) -> bool:
        """Whether the last `pages` of a real account were empty, as they also are for the wrong
        site or account."""

    @property
    def site(self) -> str:
        """`china` or `international`."""

    @property
    def identity(self) -> str:
        """Identifies one account of one cloud; a practice cloud gets a new one at each reset."""

    def now(self) -> datetime:
        """The account's clock, by which its dates are assessed."""

    def balance(self) -> Balance: ...

    def account_details(self, balance: Balance, billed_through: str | None) -> AccountDetails:
        """The results of the optional reads of a sync, called once before `pages`.

        `billed_through`: the month up to which bills have been read. Raises nothing: what is denied
        or fails is absent, and listed as unavailable.
        """

    def pages(self) -> Iterator[tuple[Sequence[Item], int]]:
        """Every item, page by page, each page with the cloud's total."""

    def items_of(self, instance_id: str) -> Sequence[Item]:
        """The items of this Instance ID as listed now; for a license order, all of its licenses.

        Empty if the cloud lists none. An ID that is used by several products appears once for each.
        """

    def quote(self, instance_id: str, months: int) -> Quote: ...

    def renew(self, instance_id: str, months: int, client_token: str) -> str:
        """Order a renewal and pay it at once; returns the order ID.

        A known token returns its first answer again and pays nothing.
        """

    def product(self, instance_id: str) -> str:
        """The product code in the cloud's own list; empty if it lists none. It is part of the
        client token, so it never contains anything that a person entered."""

    def set_auto_renewal(self, instance_id: str, months: int | None) -> None: ...

    def orders(self, instance_id: str) -> Sequence[Order]:
        """Orders of this Instance ID as far back as the cloud lists them, oldest first."""


class Console(Protocol):
    """Operations of the console that a cloud may offer to the program as well.

    None of them takes a client token, so none is ever repeated after an unknown outcome.
    """

    def top_up(self, amount: Decimal) -> None: ...

    def buy_plan(self, plan_id: str) -> str:
        """Buy a plan like this one; returns the new plan's ID."""

    def buy_license(self, license_id: str) -> str:
        """Buy an order like this license's, not bound yet; returns the new license's ID."""

    def bind(self, license_id: str, application: str) -> None: ...

    def upgrade(self, instance_id: str, monthly_price: Decimal) -> str:
        """Upgrade a new-version public instance to Enterprise Edition; returns its ID."""
