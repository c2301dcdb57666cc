"""The port for a real account, through Alibaba Cloud's billing API.

No API tops up an account, or lists, buys or binds licenses. The cloud lacks these capabilities;
each is a step in the console.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from store.clouds import Capability
from store.clouds.account_details import AccountDetails, LastBill
from store.clouds.alibaba import instances
from store.clouds.alibaba.balances import balance_of
from store.clouds.alibaba.client import BillingClient
from store.clouds.alibaba.credentials import Source
from store.clouds.alibaba.fields import text
from store.clouds.alibaba.instances import ListedInstance
from store.clouds.alibaba.inventory import Inventory
from store.clouds.alibaba.item_types import ItemType
from store.clouds.alibaba.optional_reads import optional_reader, read_supplement
from store.clouds.alibaba.orders import OrderBook
from store.clouds.alibaba.permissions import permission_checks
from store.clouds.alibaba.prices import Prices, check_renewable
from store.clouds.alibaba.renewal_setting import check_setting, send_setting
from store.clouds.alibaba.retry import Reader, RetryPolicy
from store.clouds.alibaba.sdk import Timeouts
from store.clouds.alibaba.transactions import overdue_since
from store.config import ALIBABA, Account
from store.errors import CloudError, Refused, Stopped, TwoProducts, Unreachable
from store.home import user_home
from store.i18n import _
from store.inputs import LONGEST_CLOUD_ID, is_id
from store.models import RENEWAL_MONTHS, Balance, Item
from store.orders import Order, Quote
from store.times import system_now

_SECOND = 1.0
"""Order times are truncated to the second."""
_NO_ITEM_TYPES: Mapping[str, ItemType] = {}
_NO_BILLS: Mapping[str, LastBill] = {}


class AlibabaCloud:
    """One account of Alibaba Cloud. Opening it is cheap: the first call imports the SDK and looks
    up the credentials."""

    name = ALIBABA
    capabilities: frozenset[Capability] = frozenset()

    def __init__(
        self,
        account: Account,
        client: BillingClient,
        reader: Reader,
        item_types: Mapping[str, ItemType],
        bills: Mapping[str, LastBill] = _NO_BILLS,
    ) -> None:
        self._account = account
        self._client = client
        self._reader = reader
        self._optional_reader = optional_reader(reader)
        self._inventory = Inventory(reader, item_types, bills)
        self._orders = OrderBook(reader)
        self._prices = Prices(reader, self._orders, account.site)
        self._listed: dict[str, tuple[ListedInstance, ...]] = {}

    @classmethod
    def open(  # noqa: PLR0913 - an account, and what only some callers set
        cls,
        account: Account,
        *,
        item_types: Mapping[str, ItemType] = _NO_ITEM_TYPES,
        bills: Mapping[str, LastBill] = _NO_BILLS,
        stop: threading.Event | None = None,
        timeouts: Timeouts = Timeouts(),  # noqa: B008 - frozen
        policy: RetryPolicy = RetryPolicy(),  # noqa: B008 - frozen
        home: Path | None = None,
    ) -> AlibabaCloud:
        """Open an account of config.toml.

        `bills` are the stored ones by Instance ID; setting `stop` ends a read in progress; `home`
        is the folder of `.aliyun`. Raises `BadFile` for an endpoint that is not allowed.
        """
        client = BillingClient(account, timeouts, home or user_home())
        reader = Reader(client, policy, stop or threading.Event())
        return cls(account, client, reader, item_types, bills)

    @property
    def site(self) -> str:
        return self._account.site

    @property
    def identity(self) -> str:
        """Site, endpoint and profile of the configuration.

        The billing API returns no account number without a further right, and AccessKey IDs change:
        on rotation, with STS every hour. Items and open payments outlive both.
        """
        account = self._account
        profile = "chain" if account.profile is None else f"profile:{account.profile}"
        return f"{ALIBABA}|{account.site}|{account.endpoint or ''}|{profile}"

    def now(self) -> datetime:
        return system_now()

    def source(self) -> Source:
        """The credentials in use, for `doctor`. Raises `Denied` if there are none."""
        return self._client.source()

    @property
    def clock_ahead(self) -> float:
        """The seconds by which this machine's clock is ahead of the cloud's, by the dates of its
        answers."""
        return self._client.clock_ahead

    def permission_checks(self) -> Iterator[tuple[str, CloudError | None]]:
        """For `doctor`: each read operation, tried once, with its error if any."""
        return permission_checks(self._reader, self.now())

    def balance(self) -> Balance:
        """The balance. The start of an overdue period is computed from the account's transactions,
        if they may be read and leave no doubt."""
        balance = balance_of(self._reader.call("QueryAccountBalance", dict))
        if not balance.owed:
            return balance
        since = overdue_since(self._optional_reader, -balance.owed, self.now())
        return replace(balance, overdue_since=since)

    def account_details(self, balance: Balance, billed_through: str | None) -> AccountDetails:
        """The details of the account. The names, prices and plans among them are added to the items
        of `pages`."""
        supplement = read_supplement(
            self._optional_reader,
            self.now(),
            is_owing=balance.owed > 0,
            billed_through=billed_through,
        )
        self._inventory.complete_with(supplement, balance.currency)
        return supplement.details

    @property
    def lists_nothing(self) -> bool:
        return self._inventory.lists_nothing

    def pages(self) -> Iterator[tuple[Sequence[Item], int]]:
        return self._inventory.pages()

    def items_of(self, instance_id: str) -> Sequence[Item]:
        rows = self._fetch(instance_id)
        return [item for row in rows for item in self._inventory.items_of(row)]

    def _fetch(self, instance_id: str) -> tuple[ListedInstance, ...]:
        """The rows of this ID as listed now: one for each product with an end date, else the first
        row."""
        self._listed.pop(instance_id, None)
        if not is_id(instance_id, LONGEST_CLOUD_ID):
            return ()
        rows = [
            row
            for page, _total in instances.instance_pages(self._reader, only=instance_id)
            for row in page
            if row.instance_id == instance_id
        ]
        rows.sort(key=lambda row: (row.is_pay_as_you_go, row.ends_at is None))
        with_end = [row for row in rows if not row.is_pay_as_you_go and row.ends_at is not None]
        self._listed[instance_id] = tuple(with_end or rows[:1])
        return self._listed[instance_id]

    def _last_listed(self, instance_id: str) -> tuple[ListedInstance, ...]:
        return self._listed.get(instance_id) or self._fetch(instance_id)

    def product(self, instance_id: str) -> str:
        return next((row.product for row in self._last_listed(instance_id)), "")

    def quote(self, instance_id: str, months: int) -> Quote:
        """Raises `Stopped` for a product that can be renewed in the console only."""
        return self._prices.quote(self._only_row(instance_id), months, self.now())

    def _only_row(self, instance_id: str) -> ListedInstance:
        """The only row of this ID as listed now. Raises `Stopped` if there is none, or more than
        one."""
        rows = self._fetch(instance_id)
        if not rows:
            raise Stopped(
                _(
                    "the cloud does not list {instance_id} at the moment; nothing was sent. "
                    "Sync, and look for it in the console."
                ).format(instance_id=instance_id)
            )
        if len(rows) > 1:
            raise TwoProducts(instance_id)
        return rows[0]

    def renew(self, instance_id: str, months: int, client_token: str) -> str:
        instance = self._renewable(instance_id)
        if months not in RENEWAL_MONTHS or not 0 < len(client_token) <= 64:
            raise Refused(
                "InvalidParameter", _("this term or client token cannot be sent; nothing was sent")
            )
        if not self._client.is_guarded:
            raise Refused(
                "Unguarded",
                _(
                    "the installed SDK does not send requests in the tested way, so no "
                    "payment is made with it; install the version that this program "
                    "requires"
                ),
            )
        product_type = {"product_type": instance.product_type} if instance.product_type else {}
        answer = self._client.call(
            "RenewInstance",
            dict,
            instance_id=instance_id,
            product_code=instance.product,
            renew_period=months,
            client_token=client_token,
            **product_type,
        )
        data = answer.get("Data")
        order_id = text(data.get("OrderId")) if isinstance(data, Mapping) else ""
        if not order_id:
            raise Unreachable(
                _(
                    "the cloud reported success for the renewal of {instance_id} but "
                    "returned no order, so it is unknown whether it was paid."
                ).format(instance_id=instance_id)
            )
        return order_id

    def _renewable(self, instance_id: str) -> ListedInstance:
        """The row to renew, as last fetched.

        Raises `Refused` before anything is sent, because the journal already has the payment as
        sent.
        """
        rows = self._last_listed(instance_id)
        if not rows:
            raise Refused(
                "ResourceNotExists",
                _("the cloud does not list {instance_id}; nothing was sent").format(
                    instance_id=instance_id
                ),
            )
        try:
            if len(rows) > 1:
                raise TwoProducts(instance_id)
            check_renewable(rows[0])
        except Stopped as stopped:
            raise Refused("ProductNotSupported", stopped.message) from None
        return rows[0]

    def set_auto_renewal(self, instance_id: str, months: int | None) -> None:
        send_setting(self._client, self._only_row(instance_id), months)
        check_setting(
            self._reader, instance_id, lambda: next(iter(self._fetch(instance_id)), None), months
        )

    def orders(self, instance_id: str) -> Sequence[Order]:
        """Renewals of this Instance ID since the start of `orders.renewal_window`, and unpaid
        orders of any type, oldest first.

        Empty if the ID is shared by several products: an order of one would be taken for an order
        of the other.
        """
        rows = self._last_listed(instance_id)
        if len(rows) != 1:
            return ()
        ahead, now = self._client.clock_ahead, self.now()
        orders = [order for order, _item in self._orders.renewals(rows[0], now)]
        orders += self._orders.unpaid(rows[0], now)
        return [
            replace(order, made_by=order.at.timestamp() + _SECOND + ahead)
            for order in sorted(orders, key=lambda order: (order.at, order.id))
        ]
