"""One purchase: a plan, a license order, or an upgrade, where the cloud lets us buy.

The cloud knows no client token for these, so none is ever sent twice: after an unknown
outcome the program looks, and asks the person.
"""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from msgspec import Struct

from store.clouds import Capability, Cloud, Console
from store.errors import CloudError, Stopped
from store.i18n import _
from store.models import Balance, Item, License, NewPublicInstance, ResourcePlan
from store.orders import Quote
from store.payments import journal
from store.payments.payment import Operation, Payment, Wanted
from store.payments.purchases import bought, of_kind
from store.payments.reconciling import stop_if_under_way
from store.payments.renewing import Payer, check_balance, prove
from store.payments.sending import carry_out
from store.payments.settlement import Paid, Settlement

_LICENSE_MONTHS = 12
_UPGRADE_MONTHS = 1

_CAPABILITY = {
    Operation.BUY_PLAN: Capability.BUY_PLAN,
    Operation.BUY_LICENSE: Capability.BUY_LICENSE,
    Operation.UPGRADE: Capability.UPGRADE,
}


class PurchaseOffer(Struct, frozen=True):
    """What the person confirms before something new is bought."""

    operation: Operation
    like: Item
    """The plan or license that the new one is like, or the instance that is upgraded."""
    months: int
    quote: Quote
    balance: Balance
    identity: str
    """Of the cloud that offered it."""


class Bought(Struct, frozen=True):
    """What came of a purchase; `new_id` None: not bought, or not known."""

    payment: Payment
    new_id: str | None


def purchase_offer(payer: Payer, like: Item, monthly_price: Decimal | None = None) -> PurchaseOffer:
    """What a purchase like this item costs; `monthly_price` is asked for by an upgrade only.

    Raises `Stopped` where a purchase like it is under way, it has no price, the cloud cannot
    sell it to us, or the balance does not cover it.
    """
    payer.leave.check()
    stop_if_under_way(payer, like.id)
    operation, months, amount = _terms(like, monthly_price)
    if _CAPABILITY[operation] not in payer.cloud.capabilities:
        raise Stopped(_("{id} can only be bought in the console.").format(id=like.id))
    if amount is None:
        raise Stopped(_("{id} has no known price, so it cannot be bought here.").format(id=like.id))
    balance = payer.cloud.balance()
    quote = Quote(amount, balance.currency, None)
    check_balance(payer.leave, quote, balance)
    return PurchaseOffer(operation, like, months, quote, balance, payer.cloud.identity)


def _terms(like: Item, monthly_price: Decimal | None) -> tuple[Operation, int, Decimal | None]:
    match like:
        case ResourcePlan():
            return Operation.BUY_PLAN, like.months or 0, like.price
        case License():
            price = like.monthly_price
            whole = None if price is None else price * _LICENSE_MONTHS
            return Operation.BUY_LICENSE, _LICENSE_MONTHS, whole
        case NewPublicInstance():
            return Operation.UPGRADE, _UPGRADE_MONTHS, monthly_price
        case _:
            raise Stopped(_("{id} is not an item that can be bought.").format(id=like.id))


def buy(payer: Payer, confirmed: PurchaseOffer) -> Bought:
    """Buy what was confirmed, once. Raises `Stopped` before anything is sent."""
    payer.leave.check()
    cloud, operation = payer.cloud, confirmed.operation
    if cloud.identity != confirmed.identity:
        raise Stopped(
            _(
                "the account was replaced by another one while the price was being "
                "read; nothing was sent. Sync and check again."
            )
        )
    before = frozenset(item.id for item in of_kind(cloud, operation))
    payment_id = journal.plan(payer.db, _wanted(payer, confirmed, before), cloud.now())
    new_ids: list[str] = []

    def call(_: Payment) -> Settlement:
        new_ids.append(_ask(cast(Console, cloud), confirmed))
        return _settled(cloud, confirmed, new_ids[0])

    carried = carry_out(payer.db, cloud, payment_id, call)
    if new_ids:
        _prove_bought(payer, operation, new_ids[0])
    return Bought(carried.payment, new_ids[0] if new_ids else None)


def _wanted(payer: Payer, confirmed: PurchaseOffer, before: frozenset[str]) -> Wanted:
    return Wanted(
        payer.account,
        confirmed.identity,
        confirmed.operation,
        confirmed.like.id,
        confirmed.months,
        None,
        confirmed.quote.amount,
        confirmed.quote.currency,
        None,
        before,
    )


def _ask(console: Console, confirmed: PurchaseOffer) -> str:
    match confirmed.operation:
        case Operation.BUY_PLAN:
            return console.buy_plan(confirmed.like.id)
        case Operation.BUY_LICENSE:
            return console.buy_license(confirmed.like.id)
        case _:
            return console.upgrade(confirmed.like.id, confirmed.quote.amount or Decimal(0))


def _settled(cloud: Cloud, confirmed: PurchaseOffer, new_id: str) -> Paid:
    """The cloud named what it sold; its order and its end where they can be seen."""
    note = _("{id} was bought").format(id=new_id)
    try:
        found = bought(cloud, confirmed.operation, new_id)
    except CloudError:
        found = None
    if found is None:
        return Paid(None, None, confirmed.months, note)
    item, order = found
    return Paid(order.id if order else None, item.ends_at, confirmed.months, note)


def _prove_bought(payer: Payer, operation: Operation, new_id: str) -> None:
    """Bring what was bought into the store; a license is listed under its order's ID."""
    try:
        found = bought(payer.cloud, operation, new_id)
    except CloudError:
        return
    if found is not None:
        prove(payer, found[0].instance_id)
