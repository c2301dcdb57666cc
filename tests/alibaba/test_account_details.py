"""What the optional reads add to an account, and that their absence harms nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from store.clouds.account_details import LastBill, VoucherKind
from store.clouds.alibaba import OPTIONAL, AlibabaCloud, ItemType
from store.clouds.alibaba.bills import last_months
from store.clouds.alibaba.package_history import quantity
from store.clouds.alibaba.package_prices import PRICE
from store.clouds.alibaba.transactions import Transaction, find_crossing
from store.database.open import open_database
from store.items.bills import bill_of, identifying_bills
from store.items.overview import Overview, OverviewOptions, read_overview
from store.items.queries import last_sync
from store.items.sync import sync
from store.models import Item, Kind, OtherItem, ResourcePlan
from store.rules import AccountFacts, standing
from store.rules.standing import State
from store.schema import STORE
from tests.alibaba import server as how
from tests.alibaba.conftest import ENTERPRISE
from tests.alibaba.desk import Desk, days, instance, plan, wire_time
from tests.alibaba.server import Server, answering, refusing
from tests.alibaba.test_program import configure
from tests.contract.program import Program
from tests.store.items import stored_items
from tui.panes.account_facts import account_sections
from tui.panes.account_table import table_lines
from tui.panes.item_facts import last_bill_facts
from tui.prompts import plain_line

NOW = datetime(2026, 11, 28, tzinfo=UTC)
MONTHS = last_months(datetime.now(UTC), 13)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_database(tmp_path / "store.db", STORE)
    yield connection
    connection.close()


def moves(*rows: tuple[int, str, str]) -> list[Transaction]:
    """Transactions of (hours ago, change, balance after it)."""
    return [
        Transaction(NOW - timedelta(hours=hours), Decimal(change), Decimal(balance))
        for hours, change, balance in rows
    ]


@pytest.mark.parametrize(
    ("rows", "hours"),
    [
        ([(9, "-20", "10"), (5, "-15", "-5"), (2, "-6.19", "-11.19")], 5),
        ([(2, "-6.19", "-11.19"), (9, "-20", "10"), (5, "-15", "-5")], 5),
        ([(5, "-31.19", "-11.19")], 5),
        ([(9, "-5", "0"), (5, "-11.19", "-11.19")], 5),
    ],
)
def test_overdue_begins_where_the_balance_falls_below_zero(
    rows: list[tuple[int, str, str]], hours: int
) -> None:
    assert find_crossing(moves(*rows), Decimal("-11.19")) == NOW - timedelta(hours=hours)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(5, "-5", "-11.19")],  # it was below zero before the window
        [(5, "-15", "-5")],  # not the present balance
        [(9, "-20", "10"), (5, "-15", "-6"), (2, "-6.19", "-11.19")],  # does not add up
        [(9, "-30", "-20"), (5, "8.81", "-11.19")],  # money came in since
        [(5, "-15", "-5"), (5, "-6.19", "-11.19")],  # which was first?
    ],
)
def test_what_is_not_certain_stays_unknown(rows: list[tuple[int, str, str]]) -> None:
    assert find_crossing(moves(*rows), Decimal("-11.19")) is None


def transaction(ago: float, amount: str, balance: str, **more: Any) -> dict[str, Any]:
    return {
        "TransactionTime": wire_time(days(-ago)),
        "TransactionNumber": f"n{ago}",
        "TransactionFlow": "Expense",
        "TransactionType": "Consumption",
        "Amount": amount,
        "Balance": balance,
    } | more


def test_transactions_show_since_when_an_amount_is_owed(
    cloud: AlibabaCloud, desk: Desk, server: Server
) -> None:
    desk.balance["AvailableAmount"] = "-1,011.19"
    desk.transactions = [
        transaction(2, "1,000.00", "-1,000.00"),
        transaction(1, "11.19", "-1,011.19"),
        transaction(3, "5.00", "0.00"),
    ]
    desk.page_size = 2
    crossed = datetime.fromisoformat(desk.transactions[0]["TransactionTime"])
    assert cloud.balance().overdue_since == crossed
    assert server.count("QueryAccountTransactions") == 2
    desk.transactions[0]["Amount"] = "?"
    assert cloud.balance().overdue_since is None


def test_without_a_debt_no_transactions_are_read(cloud: AlibabaCloud, server: Server) -> None:
    assert cloud.balance().overdue_since is None
    assert server.count("QueryAccountTransactions") == 0


def test_what_is_owed_is_listed_by_product(cloud: AlibabaCloud, desk: Desk, server: Server) -> None:
    row = {"ProductName": "IoT Platform", "Currency": "CNY"}
    desk.outstanding = {
        MONTHS[0]: [row | {"OutstandingAmount": 6.19}, row | {"OutstandingAmount": 5.0}],
        MONTHS[1]: [row | {"OutstandingAmount": 0}, {"ProductCode": "oss"}],
    }
    balance = cloud.balance()
    assert cloud.account_details(balance, None).outstanding == ()
    desk.balance["AvailableAmount"] = "-11.19"
    (owed,) = cloud.account_details(cloud.balance(), None).outstanding
    assert (owed.product, owed.month, owed.amount, owed.currency) == (
        "IoT Platform", MONTHS[0], Decimal("11.19"), "CNY",
    )  # fmt: skip


def test_vouchers_are_listed_and_not_counted(cloud: AlibabaCloud, desk: Desk) -> None:
    coupon = {
        "CashCouponNo": "Q-1",
        "Balance": "1,100.00",
        "Status": "Available",
        "ExpiryTime": wire_time(days(9)),
        "ApplicableProducts": "全部",
    }
    desk.coupons = [
        coupon,
        coupon | {"CashCouponNo": "Q-2", "ExpiryTime": wire_time(days(-1))},
        coupon | {"CashCouponNo": "Q-3", "Status": "Cancelled"},
        coupon | {"CashCouponNo": "Q-4", "Balance": "0.00"},
        coupon | {"CashCouponNo": "Q-5", "Balance": None},
    ]
    desk.cards = [{"PrepaidCardId": 17, "Balance": "50.00", "ExpiryTime": "soon"}]
    balance = cloud.balance()
    voucher, card = cloud.account_details(balance, None).vouchers
    assert (voucher.kind, voucher.id, voucher.amount, voucher.products) == (
        VoucherKind.CASH_COUPON, "Q-1", Decimal("1100.00"), "全部",
    )  # fmt: skip
    assert (card.kind, card.id, card.expires_at) == (VoucherKind.PREPAID_CARD, "17", None)
    assert balance.available == Decimal("10000.00")


def bill(instance_id: str = ENTERPRISE, **more: Any) -> dict[str, Any]:
    """A row of DescribeInstanceBill for a renewal."""
    return {
        "InstanceID": instance_id,
        "NickName": "Factory floor",
        "ProductName": "IoT Platform",
        "CommodityCode": "iot_x",
        "SubscriptionType": "Subscription",
        "Item": "SubscriptionOrder",
        "PretaxAmount": 3600.0,
        "Currency": "CNY",
        "ServicePeriod": "12",
        "ServicePeriodUnit": "月",
    } | more


def details_of(cloud: AlibabaCloud, billed_through: str | None = None) -> dict[str, LastBill]:
    details = cloud.account_details(cloud.balance(), billed_through)
    return {bill.instance_id: bill for bill in details.bills}


def test_the_last_bill_has_name_kind_and_price(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.bills = {
        MONTHS[0]: [bill(PretaxAmount=0, NickName="", Item="Refund")],
        MONTHS[5]: [bill()],
        MONTHS[9]: [bill(PretaxAmount=3000.0, NickName="Old name"), bill("x", Item="Adjustment")],
    }
    bills = details_of(cloud)
    assert bills[ENTERPRISE] == LastBill(
        ENTERPRISE, MONTHS[5], "Factory floor", "IoT Platform", "iot_x", Decimal("3600.00"), "CNY",
        12,
    )  # fmt: skip
    assert bills["x"].amount is None


@pytest.mark.parametrize(
    ("more", "amount", "months"),
    [
        ({"ServicePeriod": "31536000", "ServicePeriodUnit": "秒"}, "3600.00", 12),
        ({"ServicePeriod": "1", "ServicePeriodUnit": "Year"}, "3600.00", 12),
        ({"ServicePeriod": "92", "ServicePeriodUnit": "天"}, "3600.00", 3),
        ({"ServicePeriod": "10", "ServicePeriodUnit": "天"}, "3600.00", None),
        ({"ServicePeriod": "", "ServicePeriodUnit": "moon"}, "3600.00", None),
        ({"PretaxAmount": "-"}, None, None),
        ({"Currency": ""}, None, None),
    ],
)
def test_a_price_is_taken_from_a_bill_that_has_one(
    cloud: AlibabaCloud, desk: Desk, more: dict[str, Any], amount: str | None, months: int | None
) -> None:
    desk.bills = {MONTHS[0]: [bill(**more)]}
    last = details_of(cloud)[ENTERPRISE]
    assert last.amount == (None if amount is None else Decimal(amount))
    assert last.months == months


def test_two_orders_in_a_month_are_no_price(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.bills = {MONTHS[0]: [bill(), bill(PretaxAmount=12.0)]}
    assert details_of(cloud)[ENTERPRISE].amount is None


def test_bills_are_read_page_by_page_and_old_months_once(
    cloud: AlibabaCloud, desk: Desk, server: Server
) -> None:
    desk.page_size = 2
    desk.bills = {MONTHS[3]: [bill(f"iot-{number}") for number in range(5)]}
    details = cloud.account_details(cloud.balance(), None)
    assert (len(details.bills), details.billed_through) == (5, MONTHS[0])
    assert server.count("DescribeInstanceBill") == 13 + 2
    cloud.account_details(cloud.balance(), details.billed_through)
    assert server.count("DescribeInstanceBill") == 15 + 2


def test_where_bills_are_denied_no_older_month_is_asked_for(
    cloud: AlibabaCloud, server: Server
) -> None:
    server.denied.add("DescribeInstanceBill")
    details = cloud.account_details(cloud.balance(), MONTHS[4])
    assert server.count("DescribeInstanceBill") == 1
    assert details.billed_through == MONTHS[4]
    (missing,) = details.unavailable
    assert (missing.operation, "bss:DescribeInstanceBill" in missing.reason) == (
        "DescribeInstanceBill", True,
    )  # fmt: skip


def test_a_name_of_a_bill_stands_where_nobody_entered_one(
    opened: Callable[..., AlibabaCloud], desk: Desk, db: sqlite3.Connection
) -> None:
    desk.instances = [
        instance(name, days(20), ProductCode="x", ProductType="y") for name in ("a", "b", "c", "d")
    ]
    desk.bills = {MONTHS[1]: [bill(name, NickName=f"Billed {name}") for name in "abc"]}
    entered = {"b": ItemType(Kind.ENTERPRISE, "Entered"), "c": ItemType(Kind.ENTERPRISE)}
    sync(db, "factory", opened(item_types=entered))
    assert {item.id: item.name for item in stored_items(db, "factory")} == {
        "a": "Billed a", "b": "Entered", "c": "Billed c", "d": "x/y",
    }  # fmt: skip
    later = opened(item_types=entered, bills=identifying_bills(db, "factory"))
    assert [item.name for item in later.items_of("a")] == ["Billed a"]


def package(plan_id: str, status: str, ends: float, **more: Any) -> dict[str, Any]:
    """A row of DescribeFrInstances, as was measured."""
    return {
        "InstanceId": plan_id,
        "StatusCode": status,
        "CommodityCode": "vodflowbag",
        "ProductCode": "vod",
        "TemplateCode": "FPT_vodflowbag_deadlineAcc",
        "TemplateName": "流量包",
        "StartTime": int(days(-300).timestamp() * 1000),
        "EndTime": int(days(ends).timestamp() * 1000),
        "InitCapacityViewValue": "500.000000",
        "InitCapacityViewUnit": "GB",
        "CurrCapacityViewValue": "0",
        "CurrCapacityViewUnit": "Byte",
        "Region": "cn-shanghai",
    } | more


def plans_of(cloud: AlibabaCloud) -> dict[str, Item]:
    cloud.account_details(cloud.balance(), None)
    pages = [page for page, _total in cloud.pages()]
    return {item.id: item for page in pages for item in page if item.kind is Kind.PLAN}


def test_used_up_and_ended_plans_are_listed(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.plans = [plan("valid", CommodityCode="vodflowbag")]
    desk.packages = [
        package("valid", "valid", 265, CurrCapacityViewValue="-"),
        package("used", "exhaust", 40),
        package("ended", "invalid", -3, CurrCapacityViewValue="-"),
        package("long-ended", "invalid", -31),
        package("long-used", "exhaust", -31),
        package("refunded", "invalid", 40, CurrCapacityViewValue="500", CurrCapacityViewUnit="GB"),
        package("nested", "", 40, StatusCode=None, Status={"Code": "exhaust", "Name": "用尽"}),
        package(
            "other", "exhaust", 40, CommodityCode="ossbag", ProductCode="oss", TemplateCode="o"
        ),
        package("", "exhaust", 40),
    ]
    plans = plans_of(cloud)
    assert set(plans) == {"valid", "used", "ended", "nested"}
    facts = AccountFacts.of(cloud.balance(), list(plans.values()))
    states = {name: standing(item, facts, cloud.now()).state for name, item in plans.items()}
    assert states == {
        "valid": State.ACTIVE, "used": State.USED_UP, "ended": State.EXPIRED,
        "nested": State.USED_UP,
    }  # fmt: skip
    valid = plans["valid"]
    assert isinstance(valid, ResourcePlan)
    assert valid.remaining == 40


@pytest.mark.parametrize(
    ("value", "unit", "amount", "name"),
    [
        ("1000.000000", "GB", "1000", "GB"),
        ("1000.000000GB", "", "1000", "GB"),
        ("1000.000000GB", "GB", "1000", "GB"),
        ("1.000000", "亿CU", "100000000", "CU"),
        ("1.5千万CU", None, "15000000", "CU"),
        ("1,024", "GB", "1024", "GB"),
        ("-", "CU", None, "CU"),
        (None, None, None, ""),
    ],
)
def test_quantities_are_read_in_each_form(
    value: object, unit: object, amount: str | None, name: str
) -> None:
    assert quantity(value, unit) == (None if amount is None else Decimal(amount), name)


OF_A_SYNC = [operation for operation in OPTIONAL if operation != "DescribePricingModule"]

CATALOGUE = {
    "PackageType": [
        {
            "Code": "FPT_vodflowbag_deadlineAcc",
            "Specifications": {
                "Specification": [
                    {
                        "Name": "500GB",
                        "Value": "500",
                        "AvailableDurations": {
                            "AvailableDuration": [
                                {"Value": 6, "Unit": "Month"},
                                {"Value": 1, "Unit": "Year"},
                            ]
                        },
                    }
                ]
            },
        }
    ]
}


def a_year(**more: Any) -> dict[str, Any]:
    """A used-up plan of a year."""
    begins = datetime(2026, 1, 31, tzinfo=UTC)
    ends = datetime(2027, 1, 31, tzinfo=UTC)
    return package(
        "used", "exhaust", 40, StartTime=int(begins.timestamp() * 1000),
        EndTime=int(ends.timestamp() * 1000), **more,
    )  # fmt: skip


def test_a_plan_is_priced_where_the_cloud_sells_the_same(
    cloud: AlibabaCloud, desk: Desk, server: Server
) -> None:
    desk.catalogue = {"vodflowbag": CATALOGUE}
    desk.packages = [
        a_year(), a_year(InstanceId="twin"), a_year(InstanceId="larger", InitCapacityViewValue="1"),
    ]  # fmt: skip
    plans = plans_of(cloud)
    prices = {
        plan.id: (plan.price, plan.months)
        for plan in plans.values()
        if isinstance(plan, ResourcePlan)
    }
    assert prices == {
        "used": (Decimal("99.00"), 12), "twin": (Decimal("99.00"), 12), "larger": (None, None),
    }  # fmt: skip
    (asked,) = [request.parameters for request in server.requests if request.action == PRICE]
    assert asked == {
        "ProductCode": "vodflowbag",
        "PackageType": "FPT_vodflowbag_deadlineAcc",
        "Specification": "500",
        "Duration": "1",
        "PricingCycle": "Year",
        "OrderType": "BUY",
    }


def test_a_price_in_another_currency_is_left_out(cloud: AlibabaCloud, desk: Desk) -> None:
    desk.catalogue = {"vodflowbag": CATALOGUE}
    desk.packages = [a_year()]
    desk.balance["Currency"] = "USD"
    (used,) = plans_of(cloud).values()
    assert isinstance(used, ResourcePlan)
    assert used.price is None


def test_a_price_outlives_a_sync_that_cannot_ask_for_it(
    cloud: AlibabaCloud, desk: Desk, server: Server, db: sqlite3.Connection
) -> None:
    desk.catalogue = {"vodflowbag": CATALOGUE}
    desk.packages = [a_year()]
    sync(db, "factory", cloud)
    server.denied.add(PRICE)
    sync(db, "factory", cloud)
    (used,) = [item for item in stored_items(db, "factory") if item.id == "used"]
    assert isinstance(used, ResourcePlan)
    assert used.price == Decimal("99.00")


def test_a_commodity_code_of_a_bill_proposes_a_kind(
    opened: Callable[..., AlibabaCloud], desk: Desk, db: sqlite3.Connection
) -> None:
    desk.instances = [
        instance(name, days(20), ProductCode="vod", ProductType="x") for name in ("a", "b", "c")
    ]
    desk.bills = {MONTHS[0]: [bill("a", CommodityCode="vodsdk"), bill("b", CommodityCode="oss")]}
    cloud = opened(item_types={"c": ItemType(Kind.OTHER)})
    sync(db, "factory", cloud)
    proposed = {
        item.id: getattr(item.details, "proposed_kind", None)
        for item in stored_items(db, "factory")
        if isinstance(item, OtherItem)
    }
    assert proposed == {"a": Kind.LICENSE, "b": None, "c": None}
    (again,) = opened(bills=identifying_bills(db, "factory")).items_of("a")
    assert isinstance(again, OtherItem)
    assert again.details is not None
    assert again.details.proposed_kind is Kind.LICENSE


SENDS = {
    "denied": refusing("NoPermission", 403),
    "server error": how.SERVER_ERROR,
    "another shape": answering({"Success": True, "Code": "Success", "Data": 7, "TotalCount": 1}),
    "odd rows": answering(
        {"Success": True, "Data": {"Items": [7], "AccountTransactionsList": [], "CashCoupon": 1}}
    ),
    "no json": how.HTML,
    "timeout": how.timeout,
}


@pytest.mark.parametrize("name", SENDS)
@pytest.mark.parametrize("operation", OF_A_SYNC)
def test_an_optional_read_that_fails_harms_nothing(
    cloud: AlibabaCloud, server: Server, db: sqlite3.Connection, operation: str, name: str
) -> None:
    desk = server.desk
    desk.balance["AvailableAmount"] = "-11.19"
    desk.plans = [plan("plan-1")]
    desk.packages = [a_year(InstanceId="plan-1")]
    desk.catalogue = {"vodflowbag": CATALOGUE}
    server.fail(operation, SENDS[name], 50)
    assert sync(db, "factory", cloud) == 2
    assert {item.id for item in stored_items(db, "factory")} == {ENTERPRISE, "plan-1"}
    synced = last_sync(db, "factory")
    assert synced is not None
    assert (synced.balance.owed, synced.balance.overdue_since) == (Decimal("11.19"), None)
    if name == "denied" and operation != "QueryAccountTransactions":
        assert [failure.operation for failure in synced.details.unavailable] == [operation]


def test_a_used_up_plan_whose_history_is_denied_is_not_fine(
    cloud: AlibabaCloud, desk: Desk, server: Server, db: sqlite3.Connection
) -> None:
    desk.packages = [package("used", "exhaust", 40)]
    sync(db, "factory", cloud)
    server.denied.add("DescribeFrInstances")
    sync(db, "factory", cloud)
    missing = db.execute("SELECT id FROM items WHERE missing_since IS NOT NULL")
    assert [item_id for (item_id,) in missing] == ["used"]


def test_what_was_billed_outlives_a_sync_without_bills(
    cloud: AlibabaCloud, desk: Desk, db: sqlite3.Connection
) -> None:
    desk.bills = {MONTHS[6]: [bill()]}
    sync(db, "factory", cloud)
    desk.bills = {MONTHS[0]: [bill(NickName="", PretaxAmount=0.0, Item="Adjustment")]}
    sync(db, "factory", cloud)
    kept = bill_of(db, "factory", ENTERPRISE)
    assert kept is not None
    assert (kept.month, kept.amount, kept.name) == (MONTHS[6], Decimal("3600.00"), "Factory floor")


def test_another_cloud_under_the_name_has_other_bills(
    cloud: AlibabaCloud, opened: Callable[..., AlibabaCloud], desk: Desk, db: sqlite3.Connection,
    account: Any,
) -> None:  # fmt: skip
    desk.bills = {MONTHS[6]: [bill()]}
    sync(db, "factory", cloud)
    desk.bills = {}
    elsewhere = opened(account=type(account)(
        "factory", "alibaba", site="international", profile="default", endpoint=account.endpoint,
    ))  # fmt: skip
    sync(db, "factory", elsewhere)
    assert bill_of(db, "factory", ENTERPRISE) is None


def test_status_lists_vouchers_and_failed_reads(
    program: Program, server: Server, desk: Desk, keys: Callable[..., None]
) -> None:
    configure(program, server.address)
    desk.bills = {MONTHS[2]: [bill()]}
    desk.coupons = [{"CashCouponNo": "Q-1", "Balance": "100.00", "ApplicableProducts": "oss"}]
    server.denied.add("DescribeFrInstances")
    status = program.status()
    assert status["balance"]["vouchers"] == [
        {
            "kind": "cash-coupon", "id": "Q-1", "amount": "100.00", "expires_at": None,
            "products": "oss",
        }
    ]  # fmt: skip
    assert status["balance"]["available"] == "10000.00"
    assert [failure["operation"] for failure in status["unavailable"]] == ["DescribeFrInstances"]
    (item,) = status["items"]
    assert item["name"] == "Factory floor"
    assert item["last_bill"] == {
        "month": MONTHS[2], "amount": "3600.00", "currency": "CNY", "months": 12,
    }  # fmt: skip
    assert status["forecast"]["unpriced"] == 1


def entries_of(shown: Overview) -> list[str]:
    """The lines of all tables on the account's page, with single blanks."""
    entries = (section.entries for section in account_sections(shown, []))
    lines = (line for each in entries for line in table_lines(each, 100))
    return [" ".join(f"{text}{amounts}".split()) for text, amounts, _is_bad in lines]


def test_the_account_page_and_the_item_page_show_bills(
    cloud: AlibabaCloud, desk: Desk, db: sqlite3.Connection
) -> None:
    desk.balance["AvailableAmount"] = "-11.19"
    desk.coupons = [{"CashCouponNo": "Q-1", "Balance": "1,100.00"}]
    desk.outstanding = {
        MONTHS[0]: [{"ProductName": "IoT", "OutstandingAmount": 11.19, "Currency": "CNY"}]
    }
    desk.bills = {MONTHS[2]: [bill()]}
    sync(db, "factory", cloud)
    shown = read_overview(db, "factory", "alibaba", "china", OverviewOptions(cloud.now()))
    lines = entries_of(shown)
    assert f"{MONTHS[0]} IoT 11.19 start unknown" in lines
    assert "no end cash coupon Q-1 1,100.00" in lines
    desk.outstanding[MONTHS[0]][0]["OutstandingAmount"] = 500.0
    sync(db, "factory", cloud)
    shown = read_overview(db, "factory", "alibaba", "china", OverviewOptions(cloud.now()))
    assert f"{MONTHS[0]} IoT 500.00 not settled" in entries_of(shown)
    facts = [plain_line(fact) for fact in last_bill_facts(shown.bill_of(ENTERPRISE))]
    assert facts == [
        "Billed as: IoT Platform · iot_x",
        f"Last bill: CNY 3,600.00 for 12 months in {MONTHS[2]}, as an estimate",
    ]
