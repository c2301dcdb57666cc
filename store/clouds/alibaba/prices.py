"""Prices of renewals: the cloud's quote, or else an estimate that is labelled as one.

A configuration is never made up: it is the complete one of the instance's last paid order, or none
is sent. The price of the last order per month is an estimate, not a quote.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from store.clouds.alibaba.configuration import Configuration, is_priced
from store.clouds.alibaba.endpoint import CURRENCIES
from store.clouds.alibaba.error_codes import NoPrice
from store.clouds.alibaba.fields import amount, currency_of
from store.clouds.alibaba.instances import ListedInstance
from store.clouds.alibaba.order_details import OrderItem
from store.clouds.alibaba.orders import OrderBook
from store.clouds.alibaba.retry import Reader
from store.errors import Stopped
from store.i18n import _
from store.money import round_to_cents
from store.orders import OrderState, Quote
from store.times import add_months

CONSOLE_ONLY = frozenset({"ecs", "rds", "kvstore", "redis", "redisa"})
"""Products that RenewInstance does not support (Alibaba Cloud, RenewInstance, 2025-10-28)."""


def check_renewable(instance: ListedInstance) -> None:
    """Raises `Stopped` for rows that can be renewed in the console only, or cannot be read."""
    if not instance.is_readable:
        raise Stopped(
            _(
                "the cloud's data for {id} cannot be read, so nothing was sent. Check "
                "it in the console."
            ).format(id=instance.instance_id)
        )
    if instance.product.casefold() in CONSOLE_ONLY:
        raise Stopped(
            _(
                "{id} belongs to the product {product}, which the billing API cannot "
                "renew; nothing was sent. Renew it in the console: Expenses and Costs, "
                "Renewal, search for its Instance ID."
            ).format(id=instance.instance_id, product=instance.product)
        )
    if instance.is_pay_as_you_go:
        raise Stopped(
            _(
                "{id} is pay-as-you-go, so there is nothing to renew. Keep enough "
                "balance (P-TOPUP)."
            ).format(id=instance.instance_id),
            "P-TOPUP",
        )


class Prices(Struct):
    """The prices of one account."""

    reader: Reader
    orders: OrderBook
    site: str

    def quote(self, instance: ListedInstance, months: int, now: datetime) -> Quote:
        """The price of a renewal. If the cloud quotes none, `amount` is None and `estimate` is the
        price of the last order, scaled to this term.

        Raises `Stopped`, `Denied` or `Unreachable`.
        """
        check_renewable(instance)
        ends_at = _next_end(instance, months, now)
        price, last = self._ask(instance, months, ()), None
        if price is None:
            last = self._last_paid(instance, now)
            price = self._price_of_configuration(instance, months, last, now)
        if price is not None:
            return Quote(*price, ends_at)
        currency = last.currency if last is not None and last.currency else CURRENCIES[self.site]
        return Quote(None, currency, ends_at, estimate=_estimate(last, months))

    def _last_paid(self, instance: ListedInstance, now: datetime) -> OrderItem | None:
        paid = [
            part
            for order, part in self.orders.renewals(instance, now)
            if order.state is OrderState.PAID
        ]
        return paid[-1] if paid else self.orders.purchase(instance)

    def _price_of_configuration(
        self, instance: ListedInstance, months: int, last: OrderItem | None, now: datetime
    ) -> tuple[Decimal, str] | None:
        """The cloud's price for the configuration of the last order, if it has not changed since
        and all of its codes have prices."""
        if last is None or not last.configuration:
            return None
        if self.orders.is_changed_since(instance, last.at, now):
            return None
        if not is_priced(self.reader, instance.product, instance.product_type, last.configuration):
            return None
        return self._ask(instance, months, last.configuration)

    def _ask(
        self, instance: ListedInstance, months: int, configuration: Configuration
    ) -> tuple[Decimal, str] | None:
        """The cloud's price and its currency. The Instance ID alone may be enough; for most
        products the cloud requires the modules as well."""
        parameters: dict[str, Any] = {
            "order_type": "Renewal",
            "subscription_type": "Subscription",
            "product_code": instance.product,
            "instance_id": instance.instance_id,
            "service_period_quantity": months,
            "service_period_unit": "Month",
            "quantity": 1,
        }
        if instance.product_type:
            parameters["product_type"] = instance.product_type
        if instance.region:
            parameters["region"] = instance.region
        if configuration:
            parameters["module_list"] = configuration
        try:
            answer = self.reader.call("GetSubscriptionPrice", dict, **parameters)
        except NoPrice:
            return None
        data = answer.get("Data")
        price = amount(data.get("TradePrice")) if isinstance(data, dict) else None
        currency = currency_of(data) if isinstance(data, dict) else None
        return (price, currency) if price is not None and price > 0 and currency else None


def _next_end(instance: ListedInstance, months: int, now: datetime) -> datetime | None:
    """The new end date after a renewal; None for an item that has ended, for which no rule is
    documented."""
    if instance.ends_at is None or instance.ends_at <= now:
        return None
    try:
        return add_months(instance.ends_at, months)
    except ValueError:
        return None


def _estimate(last: OrderItem | None, months: int) -> Decimal | None:
    if last is None or last.amount is None or not last.months:
        return None
    return round_to_cents(last.amount * months / last.months)
