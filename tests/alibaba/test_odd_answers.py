"""Every field of every answer, each with every odd value: a sentence, never a defect, and never
a payment that was not made."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from store.clouds.alibaba import AlibabaCloud
from store.clouds.alibaba.bills import last_months
from store.clouds.alibaba.client import BillingClient
from store.clouds.alibaba.retry import Reader
from store.config import Account
from store.errors import CloudError, RenewalError, Stopped
from store.orders import Order, OrderState
from tests.alibaba.conftest import ENTERPRISE, POLICY, TIMEOUTS
from tests.alibaba.desk import Desk, days, instance, plan, wire_time
from tests.alibaba.odd_values import ODD, Path, changed, paired, paths
from tests.alibaba.server import Server, answering, telling
from tests.alibaba.test_account_details import CATALOGUE, OF_A_SYNC, a_year, bill, transaction
from tests.alibaba.test_orders import MODULES

TOKEN = "c" * 64

READS: dict[str, tuple[Callable[[AlibabaCloud], object], ...]] = {
    "QueryAccountBalance": (lambda cloud: cloud.balance(),),
    "QueryAvailableInstances": (
        lambda cloud: list(cloud.pages()),
        lambda cloud: only_old_ones_are_paid(cloud.orders(ENTERPRISE)),
    ),
    "QueryResourcePackageInstances": (lambda cloud: list(cloud.pages()),),
    "QueryOrders": (lambda cloud: only_old_ones_are_paid(cloud.orders(ENTERPRISE)),),
    "GetOrderDetail": (
        lambda cloud: only_old_ones_are_paid(cloud.orders(ENTERPRISE)),
        lambda cloud: cloud.quote(ENTERPRISE, 1),
    ),
    "GetSubscriptionPrice": (lambda cloud: cloud.quote(ENTERPRISE, 1),),
    "DescribePricingModule": (lambda cloud: cloud.quote(ENTERPRISE, 1),),
}


def only_old_ones_are_paid(orders: Sequence[Order]) -> None:
    """The cloud lists one paid renewal of 9 days ago: whatever else is changed of it, it is no
    newer one, and for no later end."""
    for order in orders:
        if order.state is OrderState.PAID:
            assert order.at <= days(-8)
            assert order.ends_at is None or order.ends_at <= days(21)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """An account with something of everything."""
    desk.instances += [instance("rm-1", None, SubscriptionType="PayAsYouGo")]
    desk.plans = [plan("plan-1")]
    old = desk.order_of(desk.instances[0], 12, CreateTime=wire_time(days(-9)))
    old["detail"][0] |= {
        "UsageStartTime": wire_time(days(-345)),
        "UsageEndTime": desk.instances[0]["EndTime"],
        "BillModuleConfig": MODULES,
    }
    desk.orders = [old, desk.order_of(desk.instances[0], 12, OrderType="New")]
    return desk


@pytest.fixture
def owing(full: Desk) -> Desk:
    """The same account, which owes, with something in every optional read."""
    month = last_months(days(0), 1)[0]
    full.balance["AvailableAmount"] = "-11.19"
    full.transactions = [transaction(1, "11.19", "-11.19")]
    full.outstanding = {
        month: [{"ProductName": "IoT", "OutstandingAmount": 11.19, "Currency": "CNY"}]
    }
    full.bills = {month: [bill()]}
    full.coupons = [{"CashCouponNo": "Q-1", "Balance": "1.00", "ExpiryTime": wire_time(days(9))}]
    full.cards = [{"PrepaidCardNo": "Q-2", "Balance": "1.00", "Status": "Available"}]
    full.packages = [a_year()]
    full.catalogue = {"vodflowbag": CATALOGUE}
    return full


def sent(operation: str, desk: Desk) -> dict[str, str]:
    """What the operation is asked with."""
    if operation == "GetOrderDetail":
        return {"OrderId": desk.orders[0]["OrderId"]}
    if operation == "QueryOrders":
        return {"CreateTimeStart": wire_time(days(-400)), "CreateTimeEnd": wire_time(days(1))}
    return {"ServicePeriodQuantity": "1"}


def odd_answers(document: Any) -> Iterator[tuple[str, Any]]:
    """Each place with some odd values, named for a person who reads a failure; others each time,
    as in `paired`."""
    for path in paths(document):
        for name in random.sample(sorted(ODD), 3):
            yield named(document, path, name)


def named(document: Any, path: Path, name: str) -> tuple[str, Any]:
    """The document with the odd value in that place, and what was done to it."""
    place = ".".join(map(str, path)) or "the answer"
    return f"{place}: {name}", changed(document, path, ODD[name])


@contextmanager
def only(*errors: type[RenewalError], case: str) -> Iterator[None]:
    """Nothing else is raised, and what is raised says something."""
    try:
        yield
    except Exception as error:
        is_sentence = isinstance(error, errors) and bool(error.message)
        if not is_sentence:
            raise AssertionError(case) from error


@pytest.fixture
def anew(account: Account, keys: Callable[..., None], tmp_path: Any) -> Callable[[], AlibabaCloud]:
    """Another cloud over the same connection, so that no rate limit is waited for."""
    client = BillingClient(account, TIMEOUTS, tmp_path)
    return lambda: AlibabaCloud(account, client, Reader(client, POLICY), {}, {})


@pytest.mark.parametrize("operation", READS)
def test_an_odd_value_is_read_or_refused_in_a_sentence(
    anew: Callable[[], AlibabaCloud], full: Desk, server: Server, operation: str
) -> None:
    if operation in {"GetOrderDetail", "DescribePricingModule"}:
        full.monthly_price = None  # so that the last order is what a price is estimated by
    for name, body in odd_answers(full.answer(operation, sent(operation, full))):
        server.faults.clear()
        server.fail(operation, answering(body), 99)
        for read in READS[operation]:
            with only(CloudError, Stopped, case=f"{operation}, {name}"):
                read(anew())


def everything(cloud: AlibabaCloud) -> None:
    """All that a sync reads."""
    cloud.account_details(cloud.balance(), None)
    list(cloud.pages())


@pytest.mark.parametrize("operation", OF_A_SYNC)
def test_an_odd_value_of_an_optional_read_is_left_out(
    anew: Callable[[], AlibabaCloud], owing: Desk, server: Server, operation: str
) -> None:
    parameters = {"BillingCycle": last_months(days(0), 1)[0], "ProductCode": "vodflowbag"}
    document = owing.answer(operation, parameters)
    for name, body in (named(document, *pair) for pair in paired(document)):
        server.faults.clear()
        server.fail(operation, answering(body), 99)
        with only(case=f"{operation}, {name}"):
            everything(anew())


@pytest.mark.parametrize("operation", ["RenewInstance", "SetRenewal"])
def test_an_odd_answer_to_a_change_is_an_outcome_or_a_sentence(
    anew: Callable[[], AlibabaCloud], full: Desk, server: Server, operation: str
) -> None:
    """Only a text or a whole number is taken for an order."""
    success = {"Code": "Success", "Message": "ok", "RequestId": "R", "Success": True}
    for name, body in odd_answers(success | {"Data": {"OrderId": "202657601410661"}}):
        server.faults.clear()
        server.fail(operation, answering(body), 99)
        cloud = anew()
        cloud.items_of(ENTERPRISE)
        with only(CloudError, case=f"{operation}, {name}"):
            if operation == "SetRenewal":
                cloud.set_auto_renewal(ENTERPRISE, 3)
            else:
                assert cloud.renew(ENTERPRISE, 1, TOKEN)


@pytest.mark.parametrize("status", [200, 400, 403, 429, 500])
@pytest.mark.parametrize("operation", ["QueryAccountBalance", "RenewInstance"])
def test_an_odd_refusal_is_a_sentence(
    anew: Callable[[], AlibabaCloud], server: Server, operation: str, status: int
) -> None:
    refusal = {
        "Code": "NoPermission",
        "Message": "no",
        "RequestId": "R",
        "Success": False,
        "AccessDeniedDetail": {"AuthAction": "bss:X", "PolicyType": "P"},
    }
    for name, body in odd_answers(refusal):
        server.faults.clear()
        server.fail(operation, telling(status, json.dumps(body).encode()), 99)
        cloud = anew()
        cloud.items_of(ENTERPRISE)
        with only(CloudError, case=f"{operation}, {status}, {name}"):
            if operation == "RenewInstance":
                cloud.renew(ENTERPRISE, 1, TOKEN)
            else:
                cloud.balance()
