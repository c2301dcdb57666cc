"""Payers: a store and a practice cloud in real files, or a cloud that plays from a script what
the practice cloud cannot."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from store.clouds import Capability
from store.clouds.account_details import AccountDetails
from store.database.open import open_database
from store.items.sync import sync
from store.models import Balance, EnterpriseInstance, Item
from store.orders import Order, OrderKind, OrderState, Quote
from store.payments import journal
from store.payments.batch import renew_all
from store.payments.offer import Payer, RenewalRequest
from store.payments.payment import Payment
from store.payments.policy import PaymentPolicy
from store.payments.results import Result
from store.schema import STORE
from store.times import add_months
from tests.store.items import NOW

ENDS = NOW + timedelta(days=2)


def always(_: object) -> bool:
    """A person who says yes."""
    return True


def to_the_end(_done: int, _total: int) -> bool:
    """Goes on until all are done."""
    return True


def renew(payer: Payer, instance_id: str = "iot-1", months: int = 1, **more: object) -> Result:
    """One renewal, confirmed at once."""
    [result] = renew_all(payer, [instance_id], RenewalRequest(months, **more), always)  # type: ignore[arg-type]
    return result


def rows(payer: Payer) -> list[Payment]:
    """The whole journal."""
    return journal.all_payments(payer.db)


@dataclass
class ScriptedCloud:
    """One Enterprise instance whose answers, orders and dates a test sets as it likes."""

    name: str = "scripted"
    site: str = "china"
    identity: str = "scripted-1"
    capabilities: frozenset[Capability] = frozenset()
    lists_nothing: bool = False
    clock: datetime = NOW
    items: list[Item] = field(default_factory=list)
    listed_orders: list[Order] = field(default_factory=list)
    answers: list[str | BaseException | Callable[[str, int, str], str]] = field(
        default_factory=list
    )
    """What the paying calls come to, one after another."""
    sent: list[tuple[str, int, str]] = field(default_factory=list)
    money: Decimal = Decimal("9999.00")
    owed: Decimal = Decimal("0.00")
    monthly_price: Decimal | None = Decimal("300.00")

    def now(self) -> datetime:
        return self.clock

    def balance(self) -> Balance:
        return Balance("CNY", self.money, Decimal(0), self.owed, None)

    def account_details(self, balance: Balance, billed_through: str | None) -> AccountDetails:
        del balance, billed_through
        return AccountDetails()

    def pages(self) -> Iterator[tuple[Sequence[Item], int]]:
        yield list(self.items), len(self.items)

    def items_of(self, instance_id: str) -> Sequence[Item]:
        return [item for item in self.items if item.instance_id == instance_id]

    def quote(self, _: str, months: int) -> Quote:
        price = self.monthly_price
        return Quote(None if price is None else months * price, "CNY", None)

    def renew(self, instance_id: str, months: int, client_token: str) -> str:
        self.sent.append((instance_id, months, client_token))
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer if isinstance(answer, str) else answer(instance_id, months, client_token)

    def product(self, _: str) -> str:
        return "scripted-product"

    def set_auto_renewal(self, instance_id: str, months: int | None) -> None:
        raise NotImplementedError

    def orders(self, instance_id: str) -> Sequence[Order]:
        return [order for order in self.listed_orders if order.instance_id == instance_id]

    def order(
        self,
        order_id: str,
        state: OrderState = OrderState.PAID,
        *,
        kind: OrderKind = OrderKind.RENEWAL,
        months: int | None = 1,
        at: datetime | None = None,
        ends_at: datetime | None = None,
        starts_at: datetime | None = None,
        made_by: float | None = None,
    ) -> Order:
        """List an order of the instance; its term's end where none is given."""
        if ends_at is None and state is OrderState.PAID and months:
            ends_at = add_months(ENDS, months)
        made = Order(
            order_id, at or self.clock, "iot-1", months, Decimal(300), kind, state, ends_at,
            starts_at, made_by,
        )  # fmt: skip
        self.listed_orders.append(made)
        return made

    def undo(self, order_id: str, state: OrderState) -> None:
        """The order is listed as cancelled or refunded from now on."""
        self.listed_orders = [
            replace(order, state=state, ends_at=None) if order.id == order_id else order
            for order in self.listed_orders
        ]

    def ends(self, ends_at: datetime) -> None:
        """The instance ends at this instant from now on."""
        self.items = [an_instance(ends_at)]

    def pays(self, order_id: str) -> Callable[[str, int, str], str]:
        """An answer that takes effect: the order is listed and the end date moves."""

        def paying(_: str, months: int, __: str) -> str:
            [item] = self.items
            assert item.ends_at is not None
            ends_at = add_months(item.ends_at, months)
            self.order(order_id, months=months, ends_at=ends_at)
            self.ends(ends_at)
            return order_id

        return paying


def an_instance(ends_at: datetime = ENDS) -> EnterpriseInstance:
    """The scripted cloud's instance."""
    return EnterpriseInstance("iot-1", "Factory floor", "cn-shanghai", ends_at)


def open_store(folder: Path, name: str = "store.db") -> sqlite3.Connection:
    """A store of ours in a real file."""
    return open_database(folder / name, STORE)


def payer_of(db: sqlite3.Connection, cloud: object, **leave: bool) -> Payer:
    """Who pays from this store at this cloud; synced once."""
    payer = Payer(db, "practice", cloud, PaymentPolicy(**leave))  # type: ignore[arg-type]
    sync(db, "practice", payer.cloud)
    return payer


def die(db: sqlite3.Connection) -> None:
    """Let every row look as if the process that wrote it had ended since."""
    db.execute("UPDATE payments SET process = '1:0.00'")
