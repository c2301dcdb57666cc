"""Renewal orders: the window, the match by details, the states; and what a price is made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.clouds.alibaba import AlibabaCloud
from store.clouds.alibaba.fields import amount
from store.clouds.alibaba.order_details import instance_ids
from store.clouds.alibaba.orders import CLOCKS_DIFFER, MIN_LOOKBACK, renewal_window
from store.errors import Stopped, Unreachable
from store.orders import OrderKind, OrderState
from store.times import add_months, months_between
from tests.alibaba.conftest import ENTERPRISE
from tests.alibaba.desk import Desk, days, instance, wire_time
from tests.alibaba.server import Server, answering

MODULES = {
    "billModuleConfig": [
        {
            "ApiCode": "spec",
            "BillModuleProperties": {
                "billModuleProperties": [
                    {"AttrApiCode": "tps", "Value": "100"},
                    {"AttrApiCode": "devices", "Value": "500"},
                ]
            },
        }
    ]
}


def seconds(first: int, last: int) -> st.SearchStrategy[datetime]:
    """Instants of those years, to the second."""
    begins, ends = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (first, last))
    return st.integers(begins, ends).map(lambda stamp: datetime.fromtimestamp(stamp, UTC))


def order(desk: Desk, months: int = 12, **more: Any) -> dict[str, Any]:
    """An order of the desk's first instance, listed by the cloud."""
    made = desk.order_of(desk.instances[0], months, **more)
    desk.orders.append(made)
    return made


def test_orders_are_matched_by_their_details(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.instances.append(instance("iot-other", days(3)))
    mine = order(desk)
    desk.orders.append(desk.order_of(desk.instances[1], 12))
    (matched,) = cloud.orders(ENTERPRISE)
    assert (matched.id, matched.months, matched.amount, matched.state) == (
        mine["OrderId"], 12, Decimal("3600.00"), OrderState.PAID,
    )  # fmt: skip
    ends = datetime.fromisoformat(desk.instances[0]["EndTime"])
    assert matched.ends_at == add_months(ends, 12)


def test_an_order_of_several_instances_is_listed_for_each(cloud: AlibabaCloud, desk: Desk) -> None:
    made = order(desk)
    made["detail"][0]["InstanceIDs"] = json.dumps(["iot-other", ENTERPRISE])
    (matched,) = cloud.orders(ENTERPRISE)
    assert matched.amount is None
    assert matched.months == 12


def test_states_are_read_and_an_unpaid_order_is_no_evidence(
    cloud: AlibabaCloud, desk: Desk
) -> None:
    paid = order(desk, CreateTime=wire_time(days(-4)))
    cancelled = order(desk, PaymentStatus="Cancelled", CreateTime=wire_time(days(-3)))
    refunded = order(desk, CreateTime=wire_time(days(-2)))
    unpaid = order(desk, PaymentStatus="Unpaid", CreateTime=wire_time(days(-1)))
    order(desk, PaymentStatus=None)
    order(desk, OrderType="Refund", PaymentStatus=None, RelatedOrderId=refunded["OrderId"])
    order(desk, OrderType="Refund", PaymentStatus="Cancelled", RelatedOrderId=paid["OrderId"])
    assert [(each.id, each.state, each.ends_at is None) for each in cloud.orders(ENTERPRISE)] == [
        (paid["OrderId"], OrderState.PAID, False),
        (cancelled["OrderId"], OrderState.CANCELLED, True),
        (refunded["OrderId"], OrderState.REFUNDED, True),
        (unpaid["OrderId"], OrderState.UNPAID, True),
    ]


@pytest.mark.parametrize(
    ("order_type", "kind"),
    [("Renew", OrderKind.RENEWAL), ("New", OrderKind.PURCHASE), ("Upgrade", OrderKind.CHANGE)],
)
def test_an_unpaid_order_of_any_type_is_listed(
    cloud: AlibabaCloud, desk: Desk, order_type: str, kind: OrderKind
) -> None:
    desk.instances.append(instance("iot-other", days(3)))
    desk.orders.append(desk.order_of(desk.instances[1], 12, PaymentStatus="Unpaid"))
    mine = order(desk, OrderType=order_type, PaymentStatus="Unpaid")
    (unpaid,) = cloud.orders(ENTERPRISE)
    assert (unpaid.id, unpaid.kind, unpaid.state) == (mine["OrderId"], kind, OrderState.UNPAID)


@pytest.mark.parametrize(
    "more",
    [
        {"OrderType": "New"},
        {"OrderType": "Upgrade"},
        {"OrderType": None},
        {"ProductCode": "iot_y"},
        {"PaymentStatus": None},
        {"CreateTime": wire_time(days(-900))},
        {"CreateTime": wire_time(days(1))},
    ],
)
def test_an_order_is_matched_by_its_values_whatever_was_asked_for(
    cloud: AlibabaCloud, desk: Desk, server: Server, more: dict[str, Any]
) -> None:
    """A gateway that ignores every filter."""
    desk.filters = False
    order(desk, **more)
    assert cloud.orders(ENTERPRISE) == []
    assert server.count("QueryOrders") == 2


@pytest.mark.parametrize(
    "more",
    [
        {"InstanceIDs": '["iot-other"]'},
        {"OrderId": "2026000000999"},
        {"OrderType": "Upgrade"},
        {"ProductCode": "iot_y"},
    ],
)
def test_details_of_another_order_item_type_or_product_are_not_taken(
    cloud: AlibabaCloud, desk: Desk, more: dict[str, Any]
) -> None:
    made = order(desk)
    made["detail"][0] |= more
    assert cloud.orders(ENTERPRISE) == []


def test_types_and_states_are_read_in_any_case_of_letters(cloud: AlibabaCloud, desk: Desk) -> None:
    """The documentation spells them both ways."""
    desk.filters = False
    made = order(desk, OrderType="renew", PaymentStatus="paid")
    made["detail"][0]["OrderType"] = "Renew"
    [renewal] = cloud.orders(ENTERPRISE)
    assert (renewal.kind, renewal.state) == (OrderKind.RENEWAL, OrderState.PAID)


@pytest.mark.parametrize(("date", "ahead"), [(None, 0), (None, 600), ("tomorrow", 0)])
def test_an_order_is_dated_by_this_machines_clock(
    cloud: AlibabaCloud, desk: Desk, server: Server, date: str | None, ahead: int
) -> None:
    """By its whole second, and by how far the clocks are apart."""
    desk.orders = [desk.order_of(desk.instances[0], 1)]
    server.date = date
    if ahead:
        server.date = format_datetime(datetime.now(UTC) - timedelta(seconds=ahead), usegmt=True)
    [order] = cloud.orders(ENTERPRISE)
    assert order.made_by is not None
    assert 1 + ahead <= order.made_by - order.at.timestamp() <= 1 + ahead + 60 * bool(ahead)


def test_the_time_range_is_always_sent(cloud: AlibabaCloud, desk: Desk, server: Server) -> None:
    order(desk, CreateTime=wire_time(days(-90)))
    assert len(cloud.orders(ENTERPRISE)) == 1
    asked = [request for request in server.requests if request.action == "QueryOrders"]
    for request in asked:
        assert request.parameters["CreateTimeStart"] < wire_time(days(-99))
        assert request.parameters["CreateTimeEnd"] > wire_time(days(0))


def test_details_are_asked_for_once_and_pages_read_to_the_end(
    cloud: AlibabaCloud, desk: Desk, server: Server
) -> None:
    desk.page_size = 2
    for number in range(5):
        order(desk, CreateTime=wire_time(days(-number)))
    assert len(cloud.orders(ENTERPRISE)) == 5
    assert len(cloud.orders(ENTERPRISE)) == 5
    assert server.count("GetOrderDetail") == 5


def test_orders_that_are_not_listed_whole_are_not_counted(
    cloud: AlibabaCloud, desk: Desk, server: Server
) -> None:
    cloud.items_of(ENTERPRISE)
    server.fail(
        "QueryOrders", answering({"Success": True, "Data": {"TotalCount": 3, "OrderList": {}}})
    )
    with pytest.raises(Unreachable, match="reported 3 orders but listed 0"):
        cloud.orders(ENTERPRISE)


def test_an_empty_list_of_orders_may_be_an_empty_text(cloud: AlibabaCloud, server: Server) -> None:
    cloud.items_of(ENTERPRISE)
    empty = {"Success": True, "Data": {"TotalCount": 0, "OrderList": ""}}
    server.fail("QueryOrders", answering(empty), 9)
    assert cloud.orders(ENTERPRISE) == []


def test_an_instance_that_is_not_listed_has_no_orders_to_see(cloud: AlibabaCloud) -> None:
    assert cloud.orders("iot-unknown") == ()


@given(
    ends=seconds(2024, 2030),
    now=seconds(2025, 2027),
    later=st.timedeltas(timedelta(0), timedelta(minutes=15)),
)
def test_the_window_is_the_same_for_everyone_who_renews_an_end_date(
    ends: datetime, now: datetime, later: timedelta
) -> None:
    begins, until = renewal_window(ends, now)
    assert begins <= now - MIN_LOOKBACK
    assert until == now + CLOCKS_DIFFER
    again, _ = renewal_window(ends, now + later)
    assert again >= begins
    assert begins > now - MIN_LOOKBACK - timedelta(days=368) or begins == ends.astimezone(UTC)


@given(
    start=seconds(2024, 2030),
    months=st.sampled_from([1, 2, 3, 6, 9, 12, 24, 36]),
)
def test_a_term_is_counted_in_beijing_months(start: datetime, months: int) -> None:
    assert months_between(start, add_months(start, months)) == months
    midnight = add_months(start, months).replace(hour=0, minute=0, second=0)
    assert months_between(start, midnight) == months


@pytest.mark.parametrize(
    ("begins", "ends"), [(None, days(1)), (days(1), None), (days(1), days(1)), (days(0), days(10))]
)
def test_a_term_that_is_no_number_of_months_is_not_known(
    begins: datetime | None, ends: datetime | None
) -> None:
    assert months_between(begins, ends) is None


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ('["a", "b"]', ["a", "b"]),
        (["a"], ["a"]),
        ("a,b", ["a", "b"]),
        (None, []),
        ("[7]", ["7"]),
        ("", []),
    ],
)
def test_the_ids_of_an_order_are_read_in_each_form(value: object, ids: list[str]) -> None:
    assert instance_ids(value, "1") == ids


@pytest.mark.parametrize("value", ["[", '{"a": 1}'[:0] + "[1", {"a": 1}, 7])
def test_ids_that_cannot_be_read_are_no_absence(value: object) -> None:
    with pytest.raises(Unreachable):
        instance_ids(value, "1")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_separators_never_change_an_amount(number: Decimal) -> None:
    assert amount(f"{number:,}") == amount(str(number)) == number


@given(st.text(max_size=30) | st.none() | st.booleans() | st.lists(st.integers()))
def test_no_value_breaks_the_reading_of_amounts(value: object) -> None:
    read = amount(value)
    assert read is None or isinstance(read, Decimal)


def test_the_clouds_price_is_the_quote(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.monthly_price = "19.99"
    quote = cloud.quote(ENTERPRISE, 3)
    assert (quote.amount, quote.currency, quote.estimate) == (Decimal("59.97"), "CNY", None)
    ends = datetime.fromisoformat(desk.instances[0]["EndTime"])
    assert quote.ends_at == add_months(ends, 3)


def test_without_a_price_the_last_order_is_an_estimate(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.monthly_price = None
    order(desk, 12, CreateTime=wire_time(days(-9)))
    quote = cloud.quote(ENTERPRISE, 3)
    assert (quote.amount, quote.estimate) == (None, Decimal("900.00"))


def test_without_a_renewal_the_purchase_is_the_estimate(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.monthly_price = None
    order(desk, 12, OrderType="New", CreateTime=desk.instances[0]["CreateTime"])
    assert cloud.quote(ENTERPRISE, 1).estimate == Decimal("300.00")


def test_without_price_and_orders_nothing_is_made_up(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.monthly_price = None
    quote = cloud.quote(ENTERPRISE, 1)
    assert (quote.amount, quote.estimate, quote.currency) == (None, None, "CNY")


@pytest.mark.parametrize(
    "data", [None, {}, {"TradePrice": 0.0, "Currency": "CNY"}, {"TradePrice": 5}]
)
def test_a_price_of_nothing_is_no_price(cloud: AlibabaCloud, server: Server, data: object) -> None:
    server.fail("GetSubscriptionPrice", answering({"Success": True, "Data": data}), 2)
    assert cloud.quote(ENTERPRISE, 1).amount is None


def test_the_configuration_of_the_last_order_is_sent_whole(
    cloud: AlibabaCloud, desk: Desk, server: Server
) -> None:
    desk.monthly_price = None
    made = order(desk, CreateTime=wire_time(days(-9)))
    made["detail"][0]["BillModuleConfig"] = MODULES
    cloud.quote(ENTERPRISE, 3)
    asked = [each.parameters for each in server.requests if each.action == "GetSubscriptionPrice"]
    assert len(asked) == 2
    assert asked[1]["ModuleList.1.ModuleCode"] == "spec"
    assert asked[1]["ModuleList.1.Config"] == "tps:100,devices:500"
    assert asked[1]["ServicePeriodQuantity"] == "3"


ORIGINAL = "spec:[tps:100;devices:500;]region:[region:cn-shanghai;]"
"""As the details of orders of 2022 have it."""


def priced_by(
    cloud: AlibabaCloud, desk: Desk, server: Server, **detail: Any
) -> list[Mapping[str, str]]:
    """What prices are asked with, where the last order has these details."""
    desk.monthly_price = None
    made = order(desk, CreateTime=wire_time(days(-9)))
    made["detail"][0] |= detail
    assert cloud.quote(ENTERPRISE, 3).amount is None
    return [each.parameters for each in server.requests if each.action == "GetSubscriptionPrice"]


def test_orders_without_bill_modules_have_an_original_configuration(
    cloud: AlibabaCloud, desk: Desk, server: Server
) -> None:
    desk.priced = {"spec": ["tps", "devices", "more"], "region": ["region"]}
    asked = priced_by(cloud, desk, server, OriginalConfig=ORIGINAL)
    assert asked[1]["ModuleList.1.Config"] == "tps:100,devices:500"
    assert asked[1]["ModuleList.2.ModuleCode"] == "region"


@pytest.mark.parametrize(
    "detail",
    [
        {"OriginalConfig": "spec:[tps:100;]region:[region:cn-shanghai"},
        {"OriginalConfig": "spec:[tps:1:2;]"},
        {"OriginalConfig": "spec:[tps:1,2;]"},
        {"OriginalConfig": "spec:[tps:;]"},
        {"OriginalConfig": "spec:[]"},
        {"OriginalConfig": ""},
        {"OriginalConfig": ["spec"]},
        {"OriginalConfig": ORIGINAL, "BillModuleConfig": {"billModuleConfig": [{}]}},
    ],
)
def test_a_configuration_that_is_not_whole_is_not_sent(
    cloud: AlibabaCloud, desk: Desk, server: Server, detail: dict[str, Any]
) -> None:
    desk.priced = {"spec": ["tps", "devices"], "region": ["region"]}
    assert len(priced_by(cloud, desk, server, **detail)) == 1


@pytest.mark.parametrize("priced", [{}, {"spec": ["tps"]}, {"other": ["tps", "devices"]}])
def test_codes_that_the_cloud_does_not_price_are_not_sent(
    cloud: AlibabaCloud, desk: Desk, server: Server, priced: dict[str, list[str]]
) -> None:
    desk.priced = priced
    assert len(priced_by(cloud, desk, server, BillModuleConfig=MODULES)) == 1


def test_without_the_right_to_priced_codes_the_last_order_is_an_estimate(
    cloud: AlibabaCloud, desk: Desk, server: Server
) -> None:
    server.denied.add("DescribePricingModule")
    assert len(priced_by(cloud, desk, server, BillModuleConfig=MODULES)) == 1
    assert cloud.quote(ENTERPRISE, 3).estimate == Decimal("900.00")


def test_a_configuration_that_was_changed_since_is_not_sent(
    cloud: AlibabaCloud, desk: Desk, server: Server
) -> None:
    desk.monthly_price = None
    made = order(desk, CreateTime=wire_time(days(-9)))
    made["detail"][0]["BillModuleConfig"] = MODULES
    order(desk, OrderType="Upgrade", CreateTime=wire_time(days(-2)))
    cloud.quote(ENTERPRISE, 3)
    assert server.count("GetSubscriptionPrice") == 1


@pytest.mark.parametrize("product", ["ecs", "rds", "redisa", "kvstore"])
def test_a_product_that_the_api_does_not_renew_is_stopped_before_anything_is_sent(
    cloud: AlibabaCloud, desk: Desk, server: Server, product: str
) -> None:
    desk.instances = [instance("x-1", days(9), ProductCode=product)]
    with pytest.raises(Stopped, match="console"):
        cloud.quote("x-1", 1)
    assert server.count("GetSubscriptionPrice") == 0
