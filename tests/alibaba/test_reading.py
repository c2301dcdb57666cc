"""Looking at a real account: balance, instances, plans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from store.clouds.alibaba import AlibabaCloud, ItemType
from store.clouds.alibaba.item_types import previous_public
from store.errors import Unreachable
from store.models import (
    Details,
    EnterpriseInstance,
    Item,
    Kind,
    License,
    NewPublicInstance,
    OtherItem,
    ResourcePlan,
)
from tests.alibaba.conftest import ENTERPRISE
from tests.alibaba.desk import Desk, days, instance, plan
from tests.alibaba.server import Server, answering, telling


def everything(cloud: AlibabaCloud) -> list[Item]:
    """What `sync` would store; the last total is exact."""
    items: list[Item] = []
    total = -1
    for page, count in cloud.pages():
        items.extend(page)
        total = count
    assert total == len(items)
    return items


def test_an_enterprise_instance_is_known_by_its_id(cloud: AlibabaCloud, desk: Desk) -> None:
    (item,) = everything(cloud)
    assert item == EnterpriseInstance(
        ENTERPRISE, ENTERPRISE, "cn-shanghai", datetime.fromisoformat(desk.instances[0]["EndTime"])
    )


def test_the_old_style_of_ids_is_known_too(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.instances = [instance("iot_instc_pub1_cn-v64x", days(3))]
    assert [item.kind for item in everything(cloud)] == [Kind.ENTERPRISE]


def test_the_word_status_decides_nothing(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.instances = [instance(ENTERPRISE, days(-3), Status="Normal")]
    (item,) = everything(cloud)
    assert item.ends_at is not None
    assert item.ends_at < cloud.now()


def test_times_are_utc(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.instances = [instance(ENTERPRISE, None, EndTime="2026-11-23T16:00:00Z")]
    (item,) = everything(cloud)
    assert item.ends_at == datetime(2026, 11, 23, 16, tzinfo=UTC)


@pytest.mark.parametrize("size", [1, 7, 300])
def test_every_page_is_read_though_the_server_makes_them_smaller(
    cloud: AlibabaCloud, desk: Desk, server: Server, size: int
) -> None:
    desk.page_size = size
    desk.instances = [instance(f"iot-{number}", days(number + 1)) for number in range(20)]
    desk.plans = [plan(f"plan-{number}") for number in range(5)]
    assert len(everything(cloud)) == 25
    assert all("Region" not in request.parameters for request in server.requests)


def test_a_list_that_ends_too_early_is_no_list(cloud: AlibabaCloud, server: Server) -> None:
    short = {"InstanceList": [instance("iot-1", days(1))], "TotalCount": 2, "PageNum": 1}
    gone = {"InstanceList": [], "TotalCount": 2, "PageNum": 2}
    server.fail("QueryAvailableInstances", answering({"Success": True, "Data": short}))
    server.fail("QueryAvailableInstances", answering({"Success": True, "Data": gone}))
    with pytest.raises(Unreachable, match="reported 2 rows but listed 1"):
        everything(cloud)


@pytest.mark.parametrize("empty", ["", None])
def test_an_empty_list_may_be_an_empty_text(
    cloud: AlibabaCloud, server: Server, empty: object
) -> None:
    lists = {
        "QueryAvailableInstances": {"InstanceList": empty},
        "QueryResourcePackageInstances": {"Instances": empty},
    }
    for operation, data in lists.items():
        server.fail(operation, answering({"Success": True, "Data": {"TotalCount": 0, **data}}))
    assert everything(cloud) == []


def test_a_plan_list_that_ends_too_early_is_no_list(cloud: AlibabaCloud, server: Server) -> None:
    server.fail(
        "QueryResourcePackageInstances", answering({"Success": True, "Total": 3, "Data": {}})
    )
    with pytest.raises(Unreachable, match="reported 3 rows but listed 0"):
        everything(cloud)


def test_vod_plans_have_amounts_without_separators(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.instances = []
    desk.plans = [
        plan("p-1"),
        plan("p-2", CommodityCode="vodflowbag", PackageType="x", RemainingAmountUnit="MB"),
    ]
    storage, traffic = everything(cloud)
    assert isinstance(storage, ResourcePlan)
    assert (storage.type, storage.total, storage.remaining, storage.unit) == (
        "storage", Fraction(1024), Fraction(40), "GB",
    )  # fmt: skip
    assert isinstance(traffic, ResourcePlan)
    assert (traffic.type, traffic.remaining) == ("traffic", Fraction(40, 1024))


@pytest.mark.parametrize(
    "more",
    [
        {"RemainingAmount": "-"},
        {"TotalAmount": "plenty"},
        {"RemainingAmountUnit": "Count"},
        {"EffectiveTime": None},
        {
            "CommodityCode": "ossbag",
            "PackageType": "FPT_ossbag",
            "ApplicableProducts": {"Product": ["oss"]},
        },
    ],
)
def test_a_plan_that_no_rule_can_judge_is_shown_with_its_dates_only(
    cloud: AlibabaCloud, desk: Desk, more: dict[str, Any]
) -> None:
    desk.instances, desk.plans = [], [plan("p-1", **more)]
    (item,) = everything(cloud)
    assert isinstance(item, OtherItem)
    assert item.ends_at is not None


def test_a_plan_of_another_product_may_never_end(cloud: AlibabaCloud, desk: Desk) -> None:
    codes = {"CommodityCode": "ossbag", "PackageType": "x", "ApplicableProducts": {}}
    desk.instances, never = [], {"ExpiryTime": "2999-09-08T16:00:00Z"}
    desk.plans = [plan("oss-1", **codes, **never), plan("vod-1", **never)]
    oss, vod = everything(cloud)
    assert isinstance(oss, OtherItem)
    assert isinstance(vod, OtherItem)
    assert oss.details == Details(never_ends=True)
    assert vod.details is not None
    assert [error.found for error in vod.details.errors] == ["2999-09-08T16:00:00Z"]


def test_everything_else_is_other(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.instances = [
        instance("rm-1", days(9), ProductCode="rds", ProductType="rds"),
        instance("vod-sdk-77", days(9), ProductCode="vod_x", ProductType=""),
        instance("sub-1", None),
        instance("iot-payg", None, SubscriptionType="PayAsYouGo"),
    ]
    assert [(item.kind, item.id, item.name) for item in everything(cloud)] == [
        (Kind.OTHER, "rm-1", "rds"),
        (Kind.OTHER, "vod-sdk-77", "vod_x"),
        (Kind.OTHER, "sub-1", "iot_x/iot_x_pre"),
        (Kind.OTHER, "iot-payg", "iot_x/iot_x_pre"),
    ]


def test_what_is_paid_as_it_goes_has_no_end_to_miss(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.instances.append(instance("i-1", None, SubscriptionType="PayAsYouGo", ProductCode="ecs"))
    assert [item.id for item in everything(cloud)] == [ENTERPRISE]


def test_an_id_of_two_products_is_two_items(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.page_size = 1
    desk.instances = [
        instance(ENTERPRISE, None, SubscriptionType="PayAsYouGo"),
        instance(ENTERPRISE, days(5)),
        instance(ENTERPRISE, days(6), ProductCode="iot_y"),
    ]
    ends = [datetime.fromisoformat(row["EndTime"]) for row in desk.instances[1:]]
    assert [(item.kind, item.id, item.ends_at) for item in everything(cloud)] == [
        (Kind.ENTERPRISE, ENTERPRISE, ends[0]),
        (Kind.OTHER, f"{ENTERPRISE}:iot_y", ends[1]),
    ]
    assert [item.ends_at for item in cloud.items_of(ENTERPRISE)] == ends
    assert cloud.orders(ENTERPRISE) == ()


def test_an_entered_type_wins(opened: Callable[..., AlibabaCloud], desk: Desk) -> None:
    end = datetime.fromisoformat(desk.instances[0]["EndTime"])
    desk.instances = [
        instance(name, end) for name in ("ent", "lic", "lics", "iot-other", "new")
    ] + [instance("prev", None, SubscriptionType="PayAsYouGo")]
    written = License("lic-a", "lics", "Kids app", "com.example.kids", ("Player SDK",), days(1))
    cloud = opened(
        item_types={
            "ent": ItemType(Kind.ENTERPRISE, "Factory floor"),
            "lic": ItemType(Kind.LICENSE, application="Club app", sdks=("Player SDK",)),
            "lics": ItemType(Kind.LICENSE, licenses=(written,)),
            "iot-other": ItemType(Kind.OTHER, "Trial"),
            "new": ItemType(Kind.PUBLIC_NEW, "Bench"),
            "prev": ItemType(Kind.PUBLIC_PREVIOUS, "Old"),
        }
    )
    assert everything(cloud) == [
        EnterpriseInstance("ent", "Factory floor", "cn-shanghai", end),
        License("lic", "lic", "Club app", "", ("Player SDK",), end),
        License("lic-a", "lics", "Kids app", "com.example.kids", ("Player SDK",), end),
        OtherItem("iot-other", "Trial", "cn-shanghai", end),
        NewPublicInstance("new", "Bench", "cn-shanghai"),
        previous_public("prev", "prev", "Old", "cn-shanghai"),
    ]


@pytest.mark.parametrize(
    ("length", "unit", "months"), [(3, "M", 3), (1, "Y", 12), (None, None, None)]
)
def test_auto_renewal_is_read_in_months(
    cloud: AlibabaCloud, desk: Desk, length: int | None, unit: str | None, months: int | None
) -> None:
    desk.instances[0] |= {
        "RenewStatus": "AutoRenewal",
        "RenewalDuration": length,
        "RenewalDurationUnit": unit,
    }
    (item,) = everything(cloud)
    assert isinstance(item, EnterpriseInstance)
    assert item.auto_renewal_months == months


@pytest.mark.parametrize(
    ("value", "available"),
    [
        ("1,234.56", "1234.56"),
        ("10000.00", "10000.00"),
        ("1,234,567.8", "1234567.80"),
        (87.28, "87.28"),
        (" 12 ", "12.00"),
    ],
)
def test_amounts_are_read_with_separators_and_without(
    cloud: AlibabaCloud, desk: Desk, value: object, available: str
) -> None:
    desk.balance["AvailableAmount"] = value
    assert cloud.balance().available == Decimal(available)


@pytest.mark.parametrize("value", ["1.234,56", "12,34", "", None, "N/A", [], True, "1e3", "--1"])
def test_an_amount_that_cannot_be_read_is_never_nothing(
    cloud: AlibabaCloud, desk: Desk, value: object
) -> None:
    desk.balance["AvailableAmount"] = value
    with pytest.raises(Unreachable, match="AvailableAmount is"):
        cloud.balance()


def test_a_negative_balance_is_owed(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.balance["AvailableAmount"] = "-1,036.50"
    balance = cloud.balance()
    assert (balance.available, balance.owed, balance.overdue_since) == (
        Decimal("0.00"), Decimal("1036.50"), None,
    )  # fmt: skip


def test_credit_is_read(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.balance |= {"CreditAmount": "1,000.00", "MybankCreditAmount": "500.00"}
    assert cloud.balance().credit == Decimal(1500)
    desk.balance["AvailableAmount"] = "200.00"
    assert cloud.balance().credit == Decimal(200)


def test_an_empty_account_differs_from_one_without_iot_or_vod(
    cloud: AlibabaCloud, desk: Desk
) -> None:
    everything(cloud)
    assert not cloud.lists_nothing
    desk.instances = []
    assert everything(cloud) == []
    assert cloud.lists_nothing
    desk.instances = [instance("i-1", None, SubscriptionType="PayAsYouGo", ProductCode="ecs")]
    assert everything(cloud) == []
    assert not cloud.lists_nothing


def test_looking_for_an_id_that_is_not_listed_finds_nothing(
    cloud: AlibabaCloud, server: Server
) -> None:
    assert cloud.items_of("iot-unknown") == []
    asked = server.count("QueryAvailableInstances")
    assert cloud.items_of("iot-1,iot-2") == []
    assert server.count("QueryAvailableInstances") == asked


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "x",
        {},
        {"TotalCount": 1},
        {"TotalCount": 1, "InstanceList": {}},
        {"TotalCount": "many", "InstanceList": []},
    ],
)
def test_an_answer_of_another_shape_is_never_an_empty_list(
    cloud: AlibabaCloud, server: Server, data: object
) -> None:
    server.fail(
        "QueryAvailableInstances", answering({"Success": True, "Code": "Success", "Data": data}), 3
    )
    with pytest.raises(Unreachable):
        everything(cloud)


def test_an_end_beyond_all_years_is_no_end(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.instances = [instance("iot-1", None, EndTime="9999-12-31T16:00:00Z")]
    (item,) = everything(cloud)
    assert (item.kind, item.ends_at) == (Kind.OTHER, None)


def test_what_only_a_patient_reader_takes_for_json_is_read_all_the_same(
    cloud: AlibabaCloud, server: Server
) -> None:
    row = b'{"InstanceID": "iot-1", "Region": "a\\ud800", "EndTime": "2026-12-01T16:00:00Z"}'
    body = (
        b'{"Success": true, "Rate": [Infinity, 1e999], "Data": {"TotalCount": 1, "InstanceList": ['
    )
    server.fail("QueryAvailableInstances", telling(200, body + row + b"]}}"))
    (item,) = everything(cloud)
    assert (item.id, item.region) == ("iot-1", "a\\ud800")


def test_json_without_bottom_is_no_answer(cloud: AlibabaCloud, server: Server) -> None:
    server.fail("QueryAccountBalance", telling(200, b"[" * 100_000), 3)
    with pytest.raises(Unreachable, match="cannot be read"):
        cloud.balance()
