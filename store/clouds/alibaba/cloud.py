"""A real account: what the port asks, through Alibaba Cloud's billing API.

There is no API for topping up, for buying or binding licenses, nor one that lists them: for
those the cloud has no capability, and each is a console step.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from store.clouds import Capability
from store.clouds.alibaba import instances, plans
from store.clouds.alibaba.balances import balance_of
from store.clouds.alibaba.client import BillingClient, Waits
from store.clouds.alibaba.credentials import Source
from store.clouds.alibaba.fields import text
from store.clouds.alibaba.instances import Listed
from store.clouds.alibaba.item_types import ItemType
from store.clouds.alibaba.orders import OrderBook
from store.clouds.alibaba.prices import Prices, check_renewable
from store.clouds.alibaba.retry import Looker, Patience
from store.config import ALIBABA, Account
from store.errors import CloudError, Refused, Stopped, Unreachable
from store.i18n import _, later
from store.models import AUTO_RENEWAL_MONTHS, RENEWAL_MONTHS, Balance, Item, Order, Quote
from store.times import system_now

_ID = re.compile(r"[A-Za-z0-9_.:-]{1,128}", re.ASCII)
_WHOLE_SECOND = 1.0
"""Orders are told to the second in which they were made."""
_NOBODY: Mapping[str, ItemType] = {}
_EMPTY = later(
    "the account at the {site} site lists no instance and no resource plan. If it has some, it "
    "mostly belongs to the other site: try `site` in config.toml, or check that the credentials "
    "are this account's."
)


class AlibabaCloud:
    """One account of Alibaba Cloud. Opening it costs nothing: the SDK is imported, and the
    credentials are looked for, by the first question."""

    name = ALIBABA
    capabilities: frozenset[Capability] = frozenset()

    def __init__(
        self, account: Account, client: BillingClient, looker: Looker, said: Mapping[str, ItemType]
    ) -> None:
        self._account = account
        self._client = client
        self._looker = looker
        self._said = said
        self._orders = OrderBook(looker)
        self._prices = Prices(looker, self._orders, account.site)
        self._listed: dict[str, Listed] = {}
        self.hints: tuple[str, ...] = ()
        """What the person should be told beside the data of the last `pages`."""

    @classmethod
    def open(  # noqa: PLR0913 - an account, and what only some callers say
        cls,
        account: Account,
        *,
        said: Mapping[str, ItemType] = _NOBODY,
        stop: threading.Event | None = None,
        waits: Waits = Waits(),  # noqa: B008 - frozen
        patience: Patience = Patience(),  # noqa: B008 - frozen
        home: Path | None = None,
    ) -> AlibabaCloud:
        """The account of config.toml. `stop`, once set, ends a look that is under way; `home`
        is where `.aliyun` lies. Raises `BadFile` for an endpoint that may not be used."""
        client = BillingClient(account, waits, home or Path.home())
        looker = Looker(client, patience, stop or threading.Event())
        return cls(account, client, looker, said)

    @property
    def site(self) -> str:
        return self._account.site

    @property
    def identity(self) -> str:
        """Of the configuration: site, endpoint, and profile.

        The billing API tells no number of the account without a further right, and an AccessKey
        ID changes whenever keys are rotated, with STS by the hour; items and open payments must
        outlive both.
        """
        account = self._account
        profile = "chain" if account.profile is None else f"profile:{account.profile}"
        return f"{ALIBABA}|{account.site}|{account.endpoint or ''}|{profile}"

    def now(self) -> datetime:
        return system_now()

    def source(self) -> Source:
        """Which credentials are in use, for `doctor`. Raises `Denied` when there are none."""
        return self._client.source()

    def trials(self) -> Iterator[tuple[str, CloudError | None]]:
        """Each operation that needs nothing but an account, tried once, for `doctor`: its name
        and what was wrong with it."""
        wanted: dict[str, dict[str, int]] = {
            "QueryAccountBalance": {},
            instances.OPERATION: {"page_num": 1, "page_size": 1},
            plans.OPERATION: {"page_num": 1, "page_size": 1},
            "QueryOrders": {"page_num": 1, "page_size": 1},
        }
        for operation, parameters in wanted.items():
            problem: CloudError | None = None
            try:
                self._looker.ask(operation, **parameters)
            except CloudError as error:
                problem = error
            yield operation, problem

    def balance(self) -> Balance:
        return balance_of(self._looker.ask("QueryAccountBalance"))

    def pages(self) -> Iterator[tuple[Sequence[Item], int]]:
        """Resource plans first, then instances; of an ID that is listed twice, the one that
        ends. The total shrinks by what is left out, and is exact on the last page."""
        self.hints = ()
        seen: set[str] = set()
        count = total = 0
        for page, told in plans.listing(self._looker):
            count, total = count + len(page), told
            seen.update(item.id for item in page)
            yield page, total
        total = count
        endless: dict[str, Listed] = {}
        in_list = told = 0
        for found, told in instances.listing(self._looker):
            in_list += len(found)
            endless.update((one.instance_id, one) for one in found if one.ends_at is None)
            items = self._fresh([one for one in found if one.ends_at is not None], seen)
            count += len(items)
            yield items, count + told - in_list
        items = self._fresh(endless.values(), seen)
        count += len(items)
        yield items, count
        if not total and not told:
            self.hints = (_(_EMPTY).format(site=self.site),)

    def _fresh(self, found: Iterable[Listed], seen: set[str]) -> list[Item]:
        items: list[Item] = []
        for one in found:
            if one.instance_id not in seen:
                seen.add(one.instance_id)
                items.extend(instances.items_of(one, self._said))
        return items

    def look(self, instance_id: str) -> Sequence[Item]:
        found = self._look(instance_id)
        return [] if found is None else instances.items_of(found, self._said)

    def _look(self, instance_id: str) -> Listed | None:
        """The row that ends, of those of this ID, as the cloud lists it now."""
        self._listed.pop(instance_id, None)
        if not _ID.fullmatch(instance_id):
            return None
        found = [
            one
            for page, _ in instances.listing(self._looker, only=instance_id)
            for one in page
            if one.instance_id == instance_id
        ]
        found.sort(key=lambda one: (one.is_pay_as_you_go, one.ends_at is None))
        if not found:
            return None
        self._listed[instance_id] = found[0]
        return found[0]

    def _known(self, instance_id: str) -> Listed | None:
        return self._listed.get(instance_id) or self._look(instance_id)

    def quote(self, instance_id: str, months: int) -> Quote:
        """Raises `Stopped` for a product that is renewed in the console only."""
        found = self._look(instance_id)
        if found is None:
            raise Stopped(
                _(
                    "the cloud does not list {instance_id} at present, so it tells no price; "
                    "nothing was sent. Sync, and look for it in the console."
                ).format(instance_id=instance_id)
            )
        return self._prices.quote(found, months, self.now())

    def renew(self, instance_id: str, months: int, client_token: str) -> str:
        found = self._renewable(instance_id)
        if months not in RENEWAL_MONTHS or not 0 < len(client_token) <= 64:
            raise Refused("InvalidParameter", _("this term or token cannot be sent; nothing was"))
        if not self._client.is_guarded:
            raise Refused(
                "Unguarded",
                _(
                    "the installed SDK does not send its requests the way that was tested, so "
                    "nothing is paid with it; install the version that this program asks for"
                ),
            )
        wanted = {"product_type": found.product_type} if found.product_type else {}
        answer = self._client.ask(
            "RenewInstance",
            instance_id=instance_id,
            product_code=found.product,
            renew_period=months,
            client_token=client_token,
            **wanted,
        )
        data = answer.get("Data")
        order_id = text(data.get("OrderId")) if isinstance(data, Mapping) else ""
        if not order_id:
            raise Unreachable(
                _(
                    "the cloud answered the renewal of {instance_id} with success, but without an "
                    "order, so it is not known whether it was paid."
                ).format(instance_id=instance_id)
            )
        return order_id

    def _renewable(self, instance_id: str) -> Listed:
        """The row to renew, as it was last looked at. Raises `Refused` before anything is
        sent: the journal has the payment as sent already."""
        found = self._known(instance_id)
        if found is None:
            raise Refused(
                "ResourceNotExists",
                _("the cloud lists no {instance_id}; nothing was sent").format(
                    instance_id=instance_id
                ),
            )
        try:
            check_renewable(found)
        except Stopped as stopped:
            raise Refused("ProductNotSupported", stopped.message) from None
        return found

    def set_auto_renewal(self, instance_id: str, months: int | None) -> None:
        found = self._look(instance_id)
        if found is None:
            raise Stopped(
                _(
                    "the cloud does not list {instance_id} at present; nothing was changed. Sync, "
                    "and look for it in the console."
                ).format(instance_id=instance_id)
            )
        wanted: dict[str, object] = {"renewal_status": "ManualRenewal"}
        if months in AUTO_RENEWAL_MONTHS:
            wanted = {
                "renewal_status": "AutoRenewal",
                "renewal_period": months,
                "renewal_period_unit": "M",
            }
        if found.product_type:
            wanted["product_type"] = found.product_type
        self._client.ask(
            "SetRenewal",
            instance_ids=instance_id,
            product_code=found.product,
            subscription_type="Subscription",
            **wanted,
        )

    def orders(self, instance_id: str) -> Sequence[Order]:
        """Renewals of this Instance ID as far back as `orders.window` says, oldest first."""
        found = self._known(instance_id)
        if found is None:
            return ()
        ahead = self._client.ahead
        return [
            replace(order, made_by=order.at.timestamp() + _WHOLE_SECOND + ahead)
            for order, _ in self._orders.renewals(found, self.now())
        ]
