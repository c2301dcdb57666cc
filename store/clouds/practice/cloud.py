"""The practice cloud: an embedded account in its own file, behind the port to clouds.

The store reads it by sync only, as it does a real cloud. Every call is one transaction, so that
processes and threads can share the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from store.clouds import Capability
from store.clouds.account_details import AccountDetails
from store.clouds.practice import (
    account,
    billing,
    dump,
    injected_faults,
    purchases,
    queries,
    refunds,
    renewals,
    statement,
)
from store.clouds.practice.clock import move_clock, next_change
from store.clouds.practice.file import PracticeFile, has_no_scenario
from store.clouds.practice.generator import load_generated
from store.clouds.practice.load_scenario import load_scenario
from store.clouds.practice.orders import list_orders
from store.clouds.practice.scenario import Scenario
from store.clouds.practice.scenario_file import parse_scenario, shipped_scenario
from store.errors import Refused, Usage
from store.i18n import _
from store.models import Balance, Item
from store.orders import Order, Quote
from store.times import FIRST_YEAR, LAST_YEAR, instant_or_none, json_time, to_epoch, within_years

FIRST_SCENARIO = "tour"
_CURRENCIES = {"china": "CNY", "international": "USD"}


class PracticeCloud:
    """One practice account. Create it with `open` and `close` it afterwards."""

    name = "practice"
    lists_nothing = False
    capabilities = frozenset(Capability)

    def __init__(self, file: PracticeFile) -> None:
        self._file = file

    @classmethod
    def open(cls, path: Path, *, site: str = "china") -> PracticeCloud:
        """The practice cloud in the file; a new file gets the tour for this site."""
        cloud = cls(PracticeFile(path))
        with ExitStack() as unless_ready:
            unless_ready.callback(cloud.close)
            if cloud._file.read(has_no_scenario):
                cloud._create(site)
            unless_ready.pop_all()
        return cloud

    def _create(self, site: str) -> None:
        scenario = shipped_scenario(FIRST_SCENARIO)
        account = replace(scenario.account, site=site, currency=_CURRENCIES[site])
        with self._file.changing() as connection:
            if has_no_scenario(connection):
                load_scenario(connection, replace(scenario, account=account))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> PracticeCloud:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _fault(self, operation: str) -> injected_faults.Fault | None:
        """The fault for this call, counted down before anything else happens."""
        if not self._file.read(lambda connection: injected_faults.has_fault(connection, operation)):
            return None
        with self._file.changing() as connection:
            return injected_faults.take_fault(connection, operation)

    def _fail_read(self, operation: str) -> None:
        fault = self._fault(operation)
        if fault is not None:
            raise fault.error()

    @property
    def identity(self) -> str:
        """Changes with each reset, by any process."""
        return self._file.read(account.identity)

    @property
    def site(self) -> str:
        """`china` or `international`, from the scenario."""
        return self._file.read(account.site)

    def now(self) -> datetime:
        """The practice clock."""
        return self._file.read(account.now)

    def balance(self) -> Balance:
        """The balance."""
        self._fail_read("balance")
        return self._file.read(account.balance)

    def account_details(self, balance: Balance, billed_through: str | None) -> AccountDetails:
        """The unpaid bills, and the latest charges."""
        del balance, billed_through
        return AccountDetails(statement=self._file.read(statement.read_statement))

    def pages(self) -> Iterator[tuple[Sequence[Item], int]]:
        """Every item that is not hidden, in one consistent state."""
        self._fail_read("items")
        return self._file.stream(queries.pages)

    def items_of(self, instance_id: str) -> Sequence[Item]:
        """The items currently listed under this Instance ID."""
        self._fail_read("items")
        return self._file.read(
            lambda connection: queries.items_of_instance(connection, instance_id)
        )

    def quote(self, instance_id: str, months: int) -> Quote:
        """The price of a renewal, and the new end date."""
        self._fail_read("quote")
        return self._file.read(lambda connection: renewals.quote(connection, instance_id, months))

    def renew(self, instance_id: str, months: int, client_token: str) -> str:
        """Order and pay at once; returns the order ID. A known token gets its first answer
        again."""
        fault = self._fault("renew")
        if fault is not None and not fault.takes_effect:
            refusal = fault.error()
            if fault.at == "after" and isinstance(refusal, Refused):
                with self._file.changing() as connection:
                    renewals.refuse_renewal(connection, instance_id, months, client_token, refusal)
            raise refusal
        with self._file.changing() as connection:
            answer = renewals.renew(connection, instance_id, months, client_token)
        if fault is not None:
            raise fault.error()
        if isinstance(answer, Refused):
            raise answer
        return answer

    def product(self, instance_id: str) -> str:
        """The kind of the subscription."""
        return self._file.read(
            lambda connection: renewals.subscription_kind(connection, instance_id)
        )

    def set_auto_renewal(self, instance_id: str, months: int | None) -> None:
        """Turn auto-renewal on for a term, or off with None."""
        fault = self._fault("auto-renew")
        if fault is None or fault.takes_effect:
            with self._file.changing() as connection:
                renewals.set_auto_renewal(connection, instance_id, months)
        if fault is not None:
            raise fault.error()

    def orders(self, instance_id: str) -> Sequence[Order]:
        """All orders of this Instance ID, oldest first."""
        self._fail_read("orders")
        return self._file.read(lambda connection: list_orders(connection, instance_id))

    def top_up(self, amount: Decimal) -> None:
        """Add money, and pay the unpaid bills that it covers."""
        if amount <= 0:
            raise Usage(_("cannot add {amount}: expected more than 0").format(amount=amount))
        with self._file.changing() as connection:
            account.add_money(connection, amount)
            billing.pay_unpaid_bills(connection)

    def refund(self, order_id: str) -> None:
        """Refund a renewal and restore the end date before it."""
        with self._file.changing() as connection:
            refunds.refund(connection, order_id)
            billing.pay_unpaid_bills(connection)

    def buy_plan(self, plan_id: str) -> str:
        """Buy a plan like this one; returns the new plan's ID."""
        with self._file.changing() as connection:
            return purchases.buy_plan(connection, plan_id)

    def buy_license(self, license_id: str) -> str:
        """Buy an order like this license's, not bound yet; returns the new license's ID."""
        with self._file.changing() as connection:
            return purchases.buy_license(connection, license_id)

    def bind(self, license_id: str, application: str) -> None:
        """Bind an unbound license to an application."""
        with self._file.changing() as connection:
            purchases.bind(connection, license_id, application)

    def upgrade(self, instance_id: str, monthly_price: Decimal) -> str:
        """Upgrade a new-version public instance to Enterprise Edition; returns its ID."""
        with self._file.changing() as connection:
            return purchases.upgrade(connection, instance_id, monthly_price)

    def advance(self, length: timedelta) -> None:
        """Advance the clock; everything due meanwhile happens in order."""
        with self._file.changing() as connection:
            try:
                target = account.now(connection) + length
            except OverflowError as error:
                raise Usage(
                    _clock_range(_("{days} days from now").format(days=length.days))
                ) from error
            _move(connection, target)

    def set_clock(self, to: datetime) -> None:
        """Advance the clock to an instant; it is never set back."""
        with self._file.changing() as connection:
            _move(connection, to)

    def next_event(self) -> datetime | None:
        """The next instant of a visible change; None if there is none."""
        instant = self._file.read(next_change)
        return instant_or_none(instant)

    def reset(self, scenario: str | Scenario | dict[str, object] = FIRST_SCENARIO) -> None:
        """Start over with a new identity, from a scenario or the name of one."""
        if isinstance(scenario, str):
            scenario = shipped_scenario(scenario)
        elif isinstance(scenario, dict):
            scenario = parse_scenario(scenario)
        with self._file.changing() as connection:
            load_scenario(connection, scenario)

    def reset_generated(self, instances: int, seed: int = 0) -> None:
        """Start over with this many instances, the same for the same seed."""
        with self._file.changing() as connection:
            load_generated(connection, instances, seed)

    def show(self) -> dump.Document:
        """The complete state of the cloud, as `renewal.practice/1`."""
        return self._file.read(dump.practice_document)

    def fail(
        self, operation: str, when: str = "before", how: str = "timeout", times: int = 1
    ) -> None:
        """Make the next calls of the operation fail."""
        with self._file.changing() as connection:
            injected_faults.add_fault(connection, operation, when, how, times)

    def fail_off(self) -> None:
        """Remove all injected faults."""
        with self._file.changing() as connection:
            injected_faults.clear_faults(connection)

    def hide(self, item_id: str) -> None:
        """Hide the item from all lists."""
        with self._file.changing() as connection:
            queries.hide(connection, item_id)

    def unhide(self, item_id: str) -> None:
        """List the item again."""
        with self._file.changing() as connection:
            queries.unhide(connection, item_id)


def _move(connection: sqlite3.Connection, target: datetime) -> None:
    now = account.now(connection)
    if target < now:
        raise Usage(
            _(
                "the practice clock is at {time} and cannot be set back; reset the "
                "practice cloud to start again"
            ).format(time=json_time(now))
        )
    if not within_years(target):
        raise Usage(_clock_range(str(json_time(target))))
    move_clock(connection, to_epoch(target))


def _clock_range(target: str) -> str:
    return _(
        "the practice clock cannot go to {asked}: expected the years {first} to {last}"
    ).format(asked=target, first=FIRST_YEAR, last=LAST_YEAR)
