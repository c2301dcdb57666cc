"""Paying one renewal: looked up and quoted again, planned, sent, settled, proved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from msgspec import Struct

from store.clouds import Cloud
from store.errors import Stopped
from store.formats import instant_with_zone
from store.i18n import _
from store.models import Item
from store.money import format_money
from store.orders import Order, OrderKind, OrderState, Quote
from store.payments import journal
from store.payments.evidence import prove
from store.payments.offer import Offer, Payer, check_no_unpaid_order, current_items
from store.payments.payment import NewPayment, Operation, Payment
from store.payments.process import this_process
from store.payments.send import renewal_call, send
from store.times import to_epoch


class SentRenewal(Struct, frozen=True):
    """A renewal that was sent."""

    payment: Payment
    items: tuple[Item, ...]
    """The items as the cloud lists them now; empty if they could not be read."""
    denied: bool = False
    """Whether credentials or a RAM permission were missing."""


def pay(payer: Payer, confirmed: Offer) -> SentRenewal:
    """Pay a confirmed offer, after another look-up and quote: the person may have read the offer
    for an hour, and has not confirmed a higher price.

    Raises `Stopped` before anything is sent; after that, the state of the payment is the result.
    """
    payer.policy.check()
    cloud = payer.cloud
    orders = cloud.orders(confirmed.instance_id)
    check_no_unpaid_order(confirmed.instance_id, orders)
    _check_unchanged(cloud, confirmed)
    quote = _quote_again(cloud, confirmed)
    product = cloud.product(confirmed.instance_id)
    ends_before = confirmed.ends_before
    new = NewPayment(
        account=payer.account,
        identity=confirmed.identity,
        operation=Operation.RENEW,
        instance_id=confirmed.instance_id,
        months=confirmed.months,
        client_token=client_token(cloud.site, product, confirmed.instance_id, ends_before, orders),
        quoted=quote.amount,
        currency=quote.currency,
        ends_before=ends_before,
        known_before=frozenset(order.id for order in orders),
    )
    check_not_renewed_since(payer.db, new, orders, confirmed.asked_at)
    payment_id = journal.add_planned(payer.db, new, cloud.now())
    sent = send(payer.db, cloud, payment_id, renewal_call(payer.db, cloud))
    return SentRenewal(sent.payment, prove(payer, confirmed.instance_id), sent.denied)


def _check_unchanged(cloud: Cloud, confirmed: Offer) -> None:
    """Raises `Stopped` if the cloud no longer lists what the person read."""
    if cloud.identity != confirmed.identity:
        raise Stopped(
            _(
                "the account was replaced by another one while the price was being "
                "read; nothing was sent. Sync and check again."
            )
        )
    items = current_items(cloud, confirmed.instance_id, confirmed.ends_before)
    if {item.id for item in items} != {item.id for item in confirmed.covers}:
        raise Stopped(
            _(
                "the order of {instance_id} no longer covers what you confirmed; "
                "nothing was sent. Sync and check again."
            ).format(instance_id=confirmed.instance_id)
        )


def _quote_again(cloud: Cloud, confirmed: Offer) -> Quote:
    """The price now. Raises `Stopped` if it is higher than the price that the person read."""
    now, read = cloud.quote(confirmed.instance_id, confirmed.months), confirmed.quote
    if read.amount is None or now == read:
        return now
    if now.amount is None or now.currency != read.currency or now.amount > read.amount:
        price_now = (
            _("not quoted") if now.amount is None else format_money(now.amount, now.currency)
        )
        raise Stopped(
            _(
                "the price of {instance_id} has changed from the {read} you confirmed "
                "to {now}. Nothing was sent. Check the new price, then renew again."
            ).format(
                instance_id=confirmed.instance_id,
                read=format_money(read.amount, read.currency),
                now=price_now,
            )
        )
    return now


def client_token(
    site: str, product: str, instance_id: str, ends_before: datetime, orders: Iterable[Order]
) -> str:
    """The client token of a renewal: 64 hex digits, derived from the renewal, so that two machines
    that renew the same end date send the same token.

    All of it comes from the cloud: `product` is the product code that the cloud lists, never what
    was entered here. The term is not part of it, so the cloud pays once even for two terms. Each
    renewal order listed as cancelled or refunded leads to a new token.
    """
    undone = sum(
        order.kind is OrderKind.RENEWAL
        and order.state in {OrderState.CANCELLED, OrderState.REFUNDED}
        for order in orders
    )
    parts = ("renew", site, product, instance_id, str(to_epoch(ends_before)), str(undone))
    return sha256("\n".join(parts).encode()).hexdigest()


def check_not_renewed_since(
    db: sqlite3.Connection, new: NewPayment, orders: Sequence[Order], since: float
) -> None:
    """Raise `Stopped` if the Instance ID was renewed after `since` (seconds since 1970 by this
    machine's clock).

    A command applies to the end date at the time it was typed. If another process or machine pays
    meanwhile, the command may read the new end date, for instance in a home that has never synced.
    `orders` are the cloud's; for its own orders the journal has the more precise time.
    """
    known_orders = set()
    for row in journal.paid_payments(db, new):
        if row.process != this_process() and row.planned_at > since:
            raise _renewed_since(new.instance_id, row.order_id, row.ends_after)
        known_orders.add(row.order_id)
    for order in orders:
        may_be_later = order.made_by is not None and order.made_by > since
        is_renewal = order.kind is not OrderKind.PURCHASE and order.state is OrderState.PAID
        if is_renewal and may_be_later and order.id not in known_orders:
            raise _renewed_since(new.instance_id, order.id, order.ends_at)


def _renewed_since(instance_id: str, order_id: str | None, ends_at: datetime | None) -> Stopped:
    order = _(", by order {id}").format(id=order_id) if order_id else ""
    until = _(", until {until}").format(until=instant_with_zone(ends_at)) if ends_at else ""
    return Stopped(
        _(
            "{instance_id} was already renewed since{order}{until}; nothing was sent. "
            "Renew again only if you want another term after that."
        ).format(instance_id=instance_id, order=order, until=until)
    )
