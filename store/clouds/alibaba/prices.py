"""What a renewal costs: the cloud's own price where it gives one, else an estimate, named so.

A configuration is never made up: it is the one of the instance's last paid order, whole, or
none is sent. What the last order came to per month is an estimate, and no quote.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from store.clouds.alibaba.endpoint import CURRENCIES
from store.clouds.alibaba.error_codes import NoPrice
from store.clouds.alibaba.fields import amount, currency_of
from store.clouds.alibaba.instances import Listed
from store.clouds.alibaba.orders import OrderBook, Part
from store.clouds.alibaba.retry import Looker
from store.errors import Stopped
from store.i18n import _
from store.models import OrderState, Quote
from store.money import round_to_cents
from store.times import add_months

CONSOLE_ONLY = frozenset({"ecs", "rds", "kvstore", "redis", "redisa"})
"""Products that RenewInstance does not take (Alibaba Cloud, RenewInstance, 2025-10-28)."""


def check_renewable(found: Listed) -> None:
    """Raises `Stopped` for what can be renewed in the console only."""
    if found.product.casefold() in CONSOLE_ONLY:
        raise Stopped(
            _(
                "{id} is of the product {product}, which the billing API does not renew; nothing "
                "was sent. Renew it in the console: Expenses and Costs, Renewal, search for its "
                "Instance ID."
            ).format(id=found.instance_id, product=found.product)
        )
    if found.is_pay_as_you_go:
        raise Stopped(
            _(
                "{id} is paid as it goes, so there is nothing to renew. Keep the balance "
                "sufficient (P-TOPUP)."
            ).format(id=found.instance_id),
            "P-TOPUP",
        )


class Prices(Struct):
    """Asks for one account's prices."""

    looker: Looker
    orders: OrderBook
    site: str

    def quote(self, found: Listed, months: int, now: datetime) -> Quote:
        """The price of a renewal. `amount` None: the cloud quotes none; `estimate` may tell
        what the last order would come to. Raises `Stopped`, `Denied` or `Unreachable`."""
        check_renewable(found)
        ends_at = _next_end(found, months, now)
        told, last = self._asked(found, months, ()), None
        if told is None:
            last = self._last_paid(found, now)
            told = self._by_modules(found, months, last, now)
        if told is not None:
            return Quote(told[0], told[1], ends_at)
        currency = last.currency if last is not None and last.currency else CURRENCIES[self.site]
        return Quote(None, currency, ends_at, estimate=_estimate(last, months))

    def _last_paid(self, found: Listed, now: datetime) -> Part | None:
        paid = [
            part
            for order, part in self.orders.renewals(found, now)
            if order.state is OrderState.PAID
        ]
        return paid[-1] if paid else self.orders.purchase(found)

    def _by_modules(
        self, found: Listed, months: int, last: Part | None, now: datetime
    ) -> tuple[Decimal, str] | None:
        """The cloud's price for the configuration of the last order, if nothing changed it."""
        if last is None or not last.modules:
            return None
        if self.orders.is_changed_since(found, last.at, now):
            return None
        return self._asked(found, months, last.modules)

    def _asked(
        self, found: Listed, months: int, modules: tuple[tuple[str, str], ...]
    ) -> tuple[Decimal, str] | None:
        """The cloud's price and its currency. It may answer for the Instance ID alone; of most
        products it wants the modules, and refuses without them."""
        wanted: dict[str, Any] = {
            "order_type": "Renewal",
            "subscription_type": "Subscription",
            "product_code": found.product,
            "instance_id": found.instance_id,
            "service_period_quantity": months,
            "service_period_unit": "Month",
            "quantity": 1,
        }
        if found.product_type:
            wanted["product_type"] = found.product_type
        if found.region:
            wanted["region"] = found.region
        if modules:
            wanted["module_list"] = modules
        try:
            answer = self.looker.ask("GetSubscriptionPrice", **wanted)
        except NoPrice:
            return None
        data = answer.get("Data")
        price = amount(data.get("TradePrice")) if isinstance(data, dict) else None
        currency = currency_of(data) if isinstance(data, dict) else None
        return (price, currency) if price is not None and price > 0 and currency else None


def _next_end(found: Listed, months: int, now: datetime) -> datetime | None:
    """The end that a renewal brings; of what has ended already the cloud tells no rule."""
    if found.ends_at is None or found.ends_at <= now:
        return None
    try:
        return add_months(found.ends_at, months)
    except ValueError:
        return None


def _estimate(last: Part | None, months: int) -> Decimal | None:
    if last is None or last.amount is None or not last.months:
        return None
    return round_to_cents(last.amount * months / last.months)
