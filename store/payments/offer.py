"""The offer for a renewal: the item as listed now, its price and the balance, to be confirmed.

Nothing here changes anything in the cloud.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from store import formats
from store.clouds import Cloud
from store.config import ChargedTo
from store.errors import Stopped, TwoProducts, Usage
from store.i18n import _
from store.items.names import item_name
from store.models import RENEWAL_MONTHS, Balance, EnterpriseInstance, Item, Kind, License, OtherItem
from store.money import Money
from store.orders import Order, OrderState, Quote
from store.payments.policy import PaymentPolicy, check_balance, check_price

PROCEDURE_INSTEAD = {
    Kind.PUBLIC_PREVIOUS: "P-IOT-SETTLE",
    Kind.PUBLIC_NEW: "P-IOT-UPGRADE",
    Kind.PLAN: "P-PLAN-BUY",
    Kind.VOD: "P-TOPUP",
    Kind.LICENSE: "P-LIC-REPLACE",
}
"""The kinds that cannot be renewed, and the procedure that keeps each."""

UNSYNCED_LOOKBACK = timedelta(hours=24)
"""Without stored data a person has seen no end date. For a command then, a renewal within this time
before it counts as made after the command was typed."""


class Payer(Struct, frozen=True):
    """An account that pays, with the database of its journal."""

    db: sqlite3.Connection
    account: str
    """The account's name in config.toml."""
    cloud: Cloud
    policy: PaymentPolicy


class RenewalRequest(Struct, frozen=True):
    """The options of a renewal, the same for each Instance ID."""

    months: int
    max_amount: Decimal | None = None
    if_ends_within: timedelta | None = None
    dry_run: bool = False
    asked_at: float = field(default_factory=time.time)
    """When the renewal was requested, in seconds since 1970 by this machine's clock; for a command,
    when its process was started."""


class Offer(Struct, frozen=True):
    """A renewal to confirm: the items, the term, the price and the source of the money."""

    instance_id: str
    months: int
    covers: tuple[Item, ...]
    """Every item that is renewed: for a license order, all of its licenses (LIC-3)."""
    ends_before: datetime
    quote: Quote
    balance: Balance
    identity: str
    """The cloud's identity at the time of the offer."""
    asked_at: float
    """As in `RenewalRequest`."""
    charged_to: ChargedTo = ChargedTo.BALANCE

    @property
    def licenses(self) -> tuple[str, ...]:
        """Each license of the order with its SDKs, as text (LIC-3); empty for an instance."""
        return license_texts(self.covers)

    @property
    def sdks(self) -> tuple[str, ...]:
        """Every SDK of the order, each once."""
        return sdks_of(self.covers)


def license_texts(items: Sequence[Item]) -> tuple[str, ...]:
    """Each license of an order with its SDKs, as text; empty for an instance."""
    return tuple(
        _("{name} ({id}): {sdks}").format(
            name=item.name, id=item.id, sdks=formats.joined(item.sdks) or _("SDKs unknown")
        )
        for item in items
        if isinstance(item, License)
    )


def sdks_of(items: Sequence[Item]) -> tuple[str, ...]:
    """Every SDK of an order, each once."""
    names = (sdk for item in items if isinstance(item, License) for sdk in item.sdks)
    return tuple(dict.fromkeys(names))


def sum_offers(offers: Sequence[Offer]) -> Money:
    """The total price of the offers, of which there is at least one."""
    amounts = (offer.quote.amount or Decimal(0) for offer in offers)
    return Money(sum(amounts, Decimal(0)), offers[0].balance.currency)


def check_total(policy: PaymentPolicy, offers: Sequence[Offer]) -> None:
    """Raises `Stopped` if the balance does not cover all offers together."""
    if offers:
        last = offers[-1]
        check_balance(policy, replace(last.quote, amount=sum_offers(offers).amount), last.balance)


def check_months(months: int) -> None:
    """Raises `Usage` for a term that the cloud does not renew for."""
    if months not in RENEWAL_MONTHS:
        raise Usage(
            _("cannot renew for {months} months: use 1 to 9, 12, 24 or 36").format(months=months)
        )


def check_renewable(items: Sequence[Item]) -> None:
    """Raises `Stopped`, naming the right procedure, for an item that cannot be renewed."""
    for item in items:
        renewable = isinstance(item, EnterpriseInstance | OtherItem) or (
            isinstance(item, License) and item.instance_id
        )
        if not renewable:
            procedure = PROCEDURE_INSTEAD[item.kind]
            words = _(
                "{name} ({id}) cannot be renewed; use {procedure} to keep it. Nothing was sent."
            )
            raise Stopped(
                words.format(name=item_name(item), id=item.id, procedure=procedure), procedure
            )


def billed_end(item: Item) -> datetime | None:
    """The end date that a renewal extends: the billed one, if the console shows another."""
    return getattr(item, "billed_ends_at", None) or item.ends_at


def required_end(items: Sequence[Item]) -> datetime:
    """The end date that a renewal extends. Raises `Stopped` if there is none."""
    ends_at = billed_end(items[0])
    if ends_at is None:
        raise Stopped(
            _("{instance_id} has no end date, so there is nothing to renew.").format(
                instance_id=items[0].instance_id
            )
        )
    return ends_at


def current_items(
    cloud: Cloud, instance_id: str, expected_end: datetime | None
) -> tuple[Item, ...]:
    """The items of the Instance ID, as the cloud lists them now.

    Raises `Stopped` if it lists none, or if their end is not the one that the person saw.
    """
    items = tuple(cloud.items_of(instance_id))
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
    if any(item.ends_at != expected_end for item in items):
        raise Stopped(
            _(
                "{instance_id} was already renewed since, or its end date has changed; "
                "nothing was sent. Sync and check again."
            ).format(instance_id=instance_id)
        )
    return items


def unchanged_items(cloud: Cloud, items: Sequence[Item]) -> tuple[Item, ...]:
    """The current items of the Instance ID of `items`, which are as the person saw them. Raises
    `Stopped` as `current_items` does."""
    return current_items(cloud, items[0].instance_id, billed_end(items[0]))


def make_offer(payer: Payer, items: Sequence[Item], request: RenewalRequest) -> Offer:
    """Look up and quote a renewal of the items of one Instance ID, which are as the person saw
    them.

    Raises `Stopped` with the reason, `Usage` for an invalid term, or what the cloud raises.
    """
    months = request.months
    check_months(months)
    check_renewable(items)
    instance_id, ends_before = items[0].instance_id, required_end(items)
    identity = payer.cloud.identity
    covers = unchanged_items(payer.cloud, items)
    quote = payer.cloud.quote(instance_id, months)
    check_no_unpaid_order(instance_id, payer.cloud.orders(instance_id))
    check_price(payer.policy, quote, request.max_amount)
    balance = payer.cloud.balance()
    check_balance(payer.policy, quote, balance)
    return Offer(
        instance_id=instance_id,
        months=months,
        covers=covers,
        ends_before=ends_before,
        quote=quote,
        balance=balance,
        identity=identity,
        asked_at=request.asked_at,
        charged_to=payer.policy.charged_to,
    )


def check_no_unpaid_order(instance_id: str, orders: Sequence[Order]) -> None:
    """Raises `Stopped`, naming the order, if an order for this item is unpaid: the cloud accepts no
    other one."""
    for order in orders:
        if order.state is OrderState.UNPAID:
            raise Stopped(
                _(
                    "order {order_id} for {instance_id} is unpaid; nothing was sent. Pay or "
                    "cancel it in the console (Expenses and Costs, Orders), then renew."
                ).format(order_id=order.id, instance_id=instance_id)
            )
