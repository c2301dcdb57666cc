"""One renewal: look, quote, (the person confirms,) plan, send, settle, prove."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from store.clouds import Cloud
from store.config import ChargedTo
from store.errors import RenewalError, Stopped, TwoProducts, Usage
from store.i18n import _
from store.items.sync import refresh
from store.models import RENEWAL_MONTHS, Balance, EnterpriseInstance, Item, Kind, License, OtherItem
from store.money import format_money
from store.orders import Order, OrderState, Quote
from store.payments import journal
from store.payments.payment import Operation, Payment, Wanted
from store.payments.sending import carry_out, renewal_call
from store.payments.since import stop_if_renewed_since
from store.payments.token import client_token
from store.payments.wish import Wish

INSTEAD = {
    Kind.PUBLIC_PREVIOUS: "P-IOT-SETTLE",
    Kind.PUBLIC_NEW: "P-IOT-UPGRADE",
    Kind.PLAN: "P-PLAN-BUY",
    Kind.VOD: "P-TOPUP",
    Kind.LICENSE: "P-LIC-REPLACE",
}
"""What cannot be renewed, and the procedure that takes its place."""


class Leave(Struct, frozen=True):
    """What this account, and this run of the program, may do with money."""

    read_only: bool = False
    payments: bool = True
    allow_unquoted: bool = False
    charged_to: ChargedTo = ChargedTo.BALANCE

    def check(self) -> None:
        """Raises `Stopped` where nothing may be paid or changed."""
        if self.read_only:
            raise Stopped(
                _("read-only mode: nothing is paid or changed. Start without --read-only.")
            )
        if not self.payments:
            raise Stopped(
                _(
                    "payments are off for this account: it can be viewed, but nothing is "
                    "paid from it. Set `payments = true` in config.toml to turn them on."
                )
            )


class Payer(Struct, frozen=True):
    """Who pays: the journal's database, the account's name, its cloud, and its leave."""

    db: sqlite3.Connection
    account: str
    cloud: Cloud
    leave: Leave


class Offer(Struct, frozen=True):
    """What the person confirms: what, for how long, how much, from which balance."""

    instance_id: str
    months: int
    covers: tuple[Item, ...]
    """Everything that is renewed: of a license order, all of its licenses (LIC-3)."""
    ends_before: datetime
    quote: Quote
    balance: Balance
    identity: str
    """Of the cloud that offered it."""
    asked_at: float
    """When the person asked for it, in seconds since 1970 by this machine's clock."""
    charged_to: ChargedTo = ChargedTo.BALANCE

    @property
    def licenses(self) -> tuple[str, ...]:
        """Each license of the order with its SDKs, in words (LIC-3); empty for an instance."""
        return tuple(
            _("{name} ({id}): {sdks}").format(
                name=item.name, id=item.id, sdks=", ".join(item.sdks) or _("SDKs unknown")
            )
            for item in self.covers
            if isinstance(item, License)
        )

    @property
    def sdks(self) -> tuple[str, ...]:
        """Every SDK of the order, each once."""
        names = (sdk for item in self.covers if isinstance(item, License) for sdk in item.sdks)
        return tuple(dict.fromkeys(names))


class Outcome(Struct, frozen=True):
    """What came of a payment; `after` is what the cloud lists now, empty if unseen."""

    payment: Payment
    after: tuple[Item, ...]
    denied: bool = False


def check_months(months: int) -> None:
    """Raises `Usage` for a term that the cloud does not renew for."""
    if months not in RENEWAL_MONTHS:
        raise Usage(
            _("cannot renew for {months} months: use 1 to 9, 12, 24 or 36").format(months=months)
        )


def check_renewable(items: Sequence[Item]) -> None:
    """Raises `Stopped`, naming the right procedure, for what cannot be renewed."""
    for item in items:
        renewable = isinstance(item, EnterpriseInstance | OtherItem) or (
            isinstance(item, License) and item.instance_id
        )
        if not renewable:
            procedure = INSTEAD[item.kind]
            raise Stopped(
                _("{id} cannot be renewed; use {procedure} to keep it. Nothing was sent.").format(
                    id=item.id, procedure=procedure
                ),
                procedure,
            )


def billed_end(item: Item) -> datetime | None:
    """The end that a renewal goes on from: the billing's, where the console shows another."""
    return getattr(item, "billed_ends_at", None) or item.ends_at


def look(cloud: Cloud, instance_id: str, seen_end: datetime | None) -> tuple[Item, ...]:
    """What the Instance ID stands for, now.

    Raises `Stopped` when the cloud no longer lists it, or when its end is not the one that
    the person saw.
    """
    items = tuple(cloud.look(instance_id))
    if not items:
        raise Stopped(
            _(
                "the cloud does not list {instance_id} at the moment, so its end date "
                "cannot be checked; nothing was sent. Sync, and look for it in the "
                "console."
            ).format(instance_id=instance_id)
        )
    kinds, ids = {item.kind for item in items}, {item.id for item in items}
    if len(kinds) > 1 or len(ids) < len(items):
        raise TwoProducts(instance_id)
    if any(item.ends_at != seen_end for item in items):
        raise Stopped(
            _(
                "{instance_id} was already renewed since, or its end date has changed; "
                "nothing was sent. Sync and check again."
            ).format(instance_id=instance_id)
        )
    return items


def offer(payer: Payer, seen: Sequence[Item], wish: Wish) -> Offer:
    """Look and quote, for the items of one Instance ID as the person saw them.

    Raises `Stopped` with the reason, `Usage` for a wrong term, or what the cloud raises.
    Sends nothing that changes anything.
    """
    months = wish.months
    check_months(months)
    check_renewable(seen)
    instance_id, seen_end = seen[0].instance_id, billed_end(seen[0])
    identity = payer.cloud.identity
    covers = look(payer.cloud, instance_id, seen_end)
    quote = payer.cloud.quote(instance_id, months)
    _check_price(quote, payer.leave, wish.max_amount)
    _check_no_unpaid_order(instance_id, payer.cloud.orders(instance_id))
    balance = payer.cloud.balance()
    check_balance(payer.leave, quote, balance)
    if seen_end is None:
        raise Stopped(
            _("{instance_id} has no end date, so there is nothing to renew.").format(
                instance_id=instance_id
            )
        )
    return Offer(
        instance_id, months, covers, seen_end, quote, balance, identity, wish.asked_at,
        payer.leave.charged_to,
    )  # fmt: skip


def _check_price(quote: Quote, leave: Leave, max_amount: Decimal | None) -> None:
    if quote.amount is None:
        if max_amount is not None or not leave.allow_unquoted:
            raise Stopped(
                _(
                    "the cloud quotes no price for this renewal; nothing was sent. Renew it "
                    "in the console, or set `allow_unquoted = true` in config.toml."
                )
            )
    elif max_amount is not None and quote.amount > max_amount:
        raise Stopped(
            _("the price of {price} is above the limit of {limit}; nothing was sent.").format(
                price=format_money(quote.amount, quote.currency),
                limit=format_money(max_amount, quote.currency),
            )
        )


def _check_no_unpaid_order(instance_id: str, orders: Sequence[Order]) -> None:
    """Raises `Stopped`, naming the order, where one for this item waits to be paid: the cloud
    takes no other."""
    for order in orders:
        if order.state is OrderState.UNPAID:
            raise Stopped(
                _(
                    "order {order_id} for {instance_id} is unpaid; nothing was sent. Pay or "
                    "cancel it in the console (Expenses and Costs, Orders), then renew."
                ).format(order_id=order.id, instance_id=instance_id)
            )


def check_balance(leave: Leave, quote: Quote, balance: Balance) -> None:
    """Raises `Stopped`, naming what is missing, where the balance pays and does not cover it.

    An account that is charged to a card is judged by the cloud alone.
    """
    missing = (quote.amount or Decimal(0)) + balance.owed - balance.available
    if leave.charged_to is ChargedTo.CARD or (missing <= 0 and not balance.owed):
        return
    owed = format_money(balance.owed, balance.currency) if balance.owed else ""
    besides = _(" and {owed} is owed").format(owed=owed) if owed else ""
    raise Stopped(
        _(
            "the balance is {missing} short (available {available}{besides}). "
            "Nothing was sent; top up first (P-TOPUP)."
        ).format(
            missing=format_money(max(missing, Decimal(0)), balance.currency),
            available=format_money(balance.available, balance.currency),
            besides=besides,
        ),
        "P-TOPUP",
    )


def pay(payer: Payer, confirmed: Offer) -> Outcome:
    """Pay what was confirmed. Looks and has it quoted again first, however long the person
    read: what costs more by now was not confirmed.

    Raises `Stopped` before anything is sent; after that the outcome says what came of it.
    """
    payer.leave.check()
    cloud = payer.cloud
    orders = cloud.orders(confirmed.instance_id)
    _check_no_unpaid_order(confirmed.instance_id, orders)
    _look_again(cloud, confirmed)
    quote = _quote_again(cloud, confirmed)
    wanted = Wanted(
        payer.account,
        confirmed.identity,
        Operation.RENEW,
        confirmed.instance_id,
        confirmed.months,
        _token(cloud, confirmed, orders),
        quote.amount,
        quote.currency,
        confirmed.ends_before,
        frozenset(order.id for order in orders),
    )
    stop_if_renewed_since(payer.db, wanted, orders, confirmed.asked_at)
    payment_id = journal.plan(payer.db, wanted, cloud.now())
    carried = carry_out(payer.db, cloud, payment_id, renewal_call(payer.db, cloud))
    return Outcome(carried.payment, prove(payer, confirmed.instance_id), carried.denied)


def _look_again(cloud: Cloud, confirmed: Offer) -> None:
    """Raises `Stopped` where what the cloud lists is no longer what the person read."""
    if cloud.identity != confirmed.identity:
        raise Stopped(
            _(
                "the account was replaced by another one while the price was being "
                "read; nothing was sent. Sync and check again."
            )
        )
    now_covers = {item.id for item in look(cloud, confirmed.instance_id, confirmed.ends_before)}
    if now_covers != {item.id for item in confirmed.covers}:
        raise Stopped(
            _(
                "the order of {instance_id} no longer covers what you confirmed; "
                "nothing was sent. Sync and check again."
            ).format(instance_id=confirmed.instance_id)
        )


def _quote_again(cloud: Cloud, confirmed: Offer) -> Quote:
    """The price now. Raises `Stopped` where it is not covered by what the person read."""
    now, read = cloud.quote(confirmed.instance_id, confirmed.months), confirmed.quote
    if read.amount is None or now == read:
        return now
    if now.amount is None or now.currency != read.currency or now.amount > read.amount:
        dearer = _("not quoted") if now.amount is None else format_money(now.amount, now.currency)
        raise Stopped(
            _(
                "the price of {instance_id} has changed from the {read} you confirmed "
                "to {now}. Nothing was sent. Check the new price, then renew again."
            ).format(
                instance_id=confirmed.instance_id,
                read=format_money(read.amount, read.currency),
                now=dearer,
            )
        )
    return now


def _token(cloud: Cloud, confirmed: Offer, orders: Sequence[Order]) -> str:
    product = cloud.product(confirmed.instance_id)
    return client_token(cloud.site, product, confirmed.instance_id, confirmed.ends_before, orders)


def prove(payer: Payer, instance_id: str) -> tuple[Item, ...]:
    """Bring the store to what the cloud shows now. Empty where that cannot be seen or kept:
    what was paid is settled by then, and the next sync brings the rest."""
    try:
        refresh(payer.db, payer.account, payer.cloud, instance_id)
        return tuple(payer.cloud.look(instance_id))
    except RenewalError:
        return ()
