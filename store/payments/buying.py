"""One purchase: a plan, a license order, or an upgrade, where the cloud lets us buy.

The cloud knows no client token for these, so none is ever sent twice: after an unknown
outcome the program looks, and asks the person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from store.clouds import Capability, Console
from store.errors import CloudError, Denied, Refused, Stopped
from store.models import Balance, Item, License, NewPublicInstance, Quote, ResourcePlan
from store.payments import journal
from store.payments.journal import Operation, Paid, Payment, Refusal, Settlement, Unclear, Wanted
from store.payments.renewing import Payer, check_balance, prove

_LICENSE_MONTHS = 12
_UPGRADE_MONTHS = 1

_CAPABILITY = {
    Operation.BUY_PLAN: Capability.BUY_PLAN,
    Operation.BUY_LICENSE: Capability.BUY_LICENSE,
    Operation.UPGRADE: Capability.UPGRADE,
}


@dataclass(frozen=True, slots=True)
class PurchaseOffer:
    """What the person confirms before something new is bought."""

    operation: Operation
    like: Item
    """The plan or license that the new one is like, or the instance that is upgraded."""
    months: int
    quote: Quote
    balance: Balance


@dataclass(frozen=True, slots=True)
class Bought:
    """What came of a purchase; `new_id` None: not bought, or not known."""

    payment: Payment
    new_id: str | None


def purchase_offer(payer: Payer, like: Item, monthly_price: Decimal | None = None) -> PurchaseOffer:
    """What a purchase like this item costs; `monthly_price` is asked for by an upgrade only.

    Raises `Stopped` where it has no price, the cloud cannot sell it to us, or the balance
    does not cover it.
    """
    payer.leave.check()
    operation, months, amount = _terms(like, monthly_price)
    if _CAPABILITY[operation] not in payer.cloud.capabilities:
        raise Stopped(f"{like.id}: this cloud sells it in its console only.")
    if amount is None:
        raise Stopped(f"{like.id} has no known price, so it is not bought from here.")
    balance = payer.cloud.balance()
    quote = Quote(amount, balance.currency, None)
    check_balance(quote, balance)
    return PurchaseOffer(operation, like, months, quote, balance)


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
            raise Stopped(f"{like.id} is nothing that is bought anew.")


def buy(payer: Payer, confirmed: PurchaseOffer) -> Bought:
    """Buy what was confirmed, once. Raises `Stopped` before anything is sent."""
    payer.leave.check()
    payment_id = journal.plan(payer.db, _wanted(payer, confirmed), payer.cloud.now())
    journal.mark_sent(payer.db, payment_id, payer.cloud.now())
    settled, new_id = _send(_call(payer, confirmed), payer, confirmed)
    journal.settle(payer.db, payment_id, settled, payer.cloud.now())
    if new_id:
        prove(payer, new_id)
    return Bought(journal.payment(payer.db, payment_id), new_id)


def _wanted(payer: Payer, confirmed: PurchaseOffer) -> Wanted:
    return Wanted(
        payer.account,
        payer.cloud.identity,
        confirmed.operation,
        confirmed.like.id,
        confirmed.months,
        None,
        confirmed.quote.amount,
        confirmed.quote.currency,
        None,
    )


def _call(payer: Payer, confirmed: PurchaseOffer) -> Callable[[], str]:
    console, like_id = cast(Console, payer.cloud), confirmed.like.id
    match confirmed.operation:
        case Operation.BUY_PLAN:
            return lambda: console.buy_plan(like_id)
        case Operation.BUY_LICENSE:
            return lambda: console.buy_license(like_id)
        case _:
            price = confirmed.quote.amount or Decimal(0)
            return lambda: console.upgrade(like_id, price)


def _send(
    call: Callable[[], str], payer: Payer, confirmed: PurchaseOffer
) -> tuple[Settlement, str | None]:
    try:
        new_id = call()
    except Refused as error:
        return Refusal(error.code, error.words), None
    except Denied as error:
        return Refusal(error.code, error.message), None
    except CloudError as error:
        return Unclear("no-answer", error.message), None
    try:
        orders = payer.cloud.orders(new_id)
        listed = payer.cloud.look(new_id)
    except CloudError:
        orders, listed = (), ()
    ends_after = listed[0].ends_at if listed else None
    order_id = orders[-1].id if orders else None
    return Paid(order_id, ends_after, confirmed.months, f"{new_id} was bought"), new_id
