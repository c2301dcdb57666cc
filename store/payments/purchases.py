"""Purchases of plans and license orders, and upgrades, if the cloud lets the program make them.

The cloud takes no client token for these, so none is ever sent twice: after an unknown outcome the
program looks at the cloud's list and asks the person.
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
from store.payments.evidence import prove
from store.payments.offer import Payer
from store.payments.payment import NewPayment, Operation, Paid, Payment, Settlement
from store.payments.policy import check_balance
from store.payments.purchase_evidence import bought_item, items_bought_by
from store.payments.reconcile import check_none_in_progress
from store.payments.send import send

_LICENSE_MONTHS = 12
_UPGRADE_MONTHS = 1

_CAPABILITY = {
    Operation.BUY_PLAN: Capability.BUY_PLAN,
    Operation.BUY_LICENSE: Capability.BUY_LICENSE,
    Operation.UPGRADE: Capability.UPGRADE,
}


class PurchaseOffer(Struct, frozen=True):
    """A purchase to confirm."""

    operation: Operation
    template: Item
    """The plan or license to buy another one of, or the instance to upgrade."""
    months: int
    quote: Quote
    balance: Balance
    identity: str
    """The cloud's identity at the time of the offer."""


class Purchase(Struct, frozen=True):
    """A purchase that was sent."""

    payment: Payment
    new_id: str | None
    """The ID of the new item; None if it was not bought, or is unknown."""


def offer_purchase(
    payer: Payer, template: Item, monthly_price: Decimal | None = None
) -> PurchaseOffer:
    """The offer for a purchase like this item; `monthly_price` is needed for an upgrade only.

    Raises `Stopped` if a purchase like it is in progress, if it has no price, if it can be bought
    in the console only, or if the balance does not cover it.
    """
    payer.policy.check()
    check_none_in_progress(payer, template.id)
    operation, months, amount = _terms(template, monthly_price)
    if _CAPABILITY[operation] not in payer.cloud.capabilities:
        raise Stopped(_("{id} can only be bought in the console.").format(id=template.id))
    if amount is None:
        raise Stopped(
            _("{id} has no known price, so it cannot be bought here.").format(id=template.id)
        )
    balance = payer.cloud.balance()
    quote = Quote(amount, balance.currency, None)
    check_balance(payer.policy, quote, balance)
    return PurchaseOffer(
        operation=operation,
        template=template,
        months=months,
        quote=quote,
        balance=balance,
        identity=payer.cloud.identity,
    )


def _terms(template: Item, monthly_price: Decimal | None) -> tuple[Operation, int, Decimal | None]:
    match template:
        case ResourcePlan():
            return Operation.BUY_PLAN, template.months or 0, template.price
        case License():
            price = template.monthly_price
            whole = None if price is None else price * _LICENSE_MONTHS
            return Operation.BUY_LICENSE, _LICENSE_MONTHS, whole
        case NewPublicInstance():
            return Operation.UPGRADE, _UPGRADE_MONTHS, monthly_price
        case _:
            raise Stopped(_("{id} is not an item that can be bought.").format(id=template.id))


def buy(payer: Payer, confirmed: PurchaseOffer) -> Purchase:
    """Carry out the confirmed purchase, once. Raises `Stopped` before anything is sent."""
    payer.policy.check()
    cloud, operation = payer.cloud, confirmed.operation
    if cloud.identity != confirmed.identity:
        raise Stopped(
            _(
                "the account was replaced by another one while the price was being "
                "read; nothing was sent. Sync and check again."
            )
        )
    before = frozenset(item.id for item in items_bought_by(cloud, operation))
    payment_id = journal.add_planned(payer.db, _new_payment(payer, confirmed, before), cloud.now())
    new_ids: list[str] = []

    def call(_: Payment) -> Settlement:
        new_ids.append(_ask(cast(Console, cloud), confirmed))
        return _settle_purchase(cloud, confirmed, new_ids[0])

    sent = send(payer.db, cloud, payment_id, call)
    if new_ids:
        _prove_bought(payer, operation, new_ids[0])
    return Purchase(sent.payment, new_ids[0] if new_ids else None)


def _new_payment(payer: Payer, confirmed: PurchaseOffer, before: frozenset[str]) -> NewPayment:
    return NewPayment(
        account=payer.account,
        identity=confirmed.identity,
        operation=confirmed.operation,
        instance_id=confirmed.template.id,
        months=confirmed.months,
        client_token=None,
        quoted=confirmed.quote.amount,
        currency=confirmed.quote.currency,
        ends_before=None,
        known_before=before,
    )


def _ask(console: Console, confirmed: PurchaseOffer) -> str:
    match confirmed.operation:
        case Operation.BUY_PLAN:
            return console.buy_plan(confirmed.template.id)
        case Operation.BUY_LICENSE:
            return console.buy_license(confirmed.template.id)
        case _:
            return console.upgrade(confirmed.template.id, confirmed.quote.amount or Decimal(0))


def _settle_purchase(cloud: Cloud, confirmed: PurchaseOffer, new_id: str) -> Paid:
    """Paid, since the cloud returned the ID of the new item; with its order and end date, if they
    are listed."""
    note = _("{id} was bought").format(id=new_id)
    try:
        listed = bought_item(cloud, confirmed.operation, new_id)
    except CloudError:
        listed = None
    if listed is None:
        return Paid(None, None, confirmed.months, note)
    item, order = listed
    return Paid(order.id if order else None, item.ends_at, confirmed.months, note)


def _prove_bought(payer: Payer, operation: Operation, new_id: str) -> None:
    """Store the new item; a license is listed under the Instance ID of its order."""
    try:
        listed = bought_item(payer.cloud, operation, new_id)
    except CloudError:
        return
    if listed is not None:
        prove(payer, listed[0].instance_id)
