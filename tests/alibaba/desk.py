"""The cloud's side of the tests: what an account holds, and what each operation answers.

It speaks the documented wire of BSS OpenAPI 2017-12-14 and keeps count of what it charged.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from store.times import add_months

Json = dict[str, Any]
Parameters = Mapping[str, str]

KEY_ID = "LTAI5tTestKeyOfNobody1"
SECRET = "sEcReT-that-must-never-be-seen"
TOKEN = "sts-token-that-must-never-be-seen"


def wire_time(when: datetime) -> str:
    """As the API writes times."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def days(number: float) -> datetime:
    """So many days from now, to the second."""
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=number)


def instance(instance_id: str, ends: datetime | None, **more: Any) -> Json:
    """A row of QueryAvailableInstances, as the documentation has it."""
    row: Json = {
        "InstanceID": instance_id,
        "ProductCode": "iot_x",
        "ProductType": "iot_x_pre",
        "SubscriptionType": "Subscription",
        "Region": "cn-shanghai",
        "Status": "Normal",
        "SubStatus": "Normal",
        "RenewStatus": "ManualRenewal",
        "CreateTime": wire_time(days(-400)),
        "OwnerId": 325352345,
    }
    if ends is not None:
        row["EndTime"] = wire_time(ends)
    return row | more


def plan(plan_id: str, **more: Any) -> Json:
    """A row of QueryResourcePackageInstances."""
    return {
        "InstanceId": plan_id,
        "CommodityCode": "vodstoragebag",
        "PackageType": "FPT_vodstoragebag_absolute_Storage",
        "EffectiveTime": wire_time(days(-100)),
        "ExpiryTime": wire_time(days(265)),
        "RemainingAmount": "40.000",
        "RemainingAmountUnit": "GB",
        "TotalAmount": "1,024.000",
        "TotalAmountUnit": "GB",
        "DeductType": "Absolute",
        "Status": "Available",
        "Region": "cn-hangzhou",
        "ApplicableProducts": {"Product": ["vod"]},
    } | more


class Failed(Exception):
    """A business refusal: with a status it is that, without one a 200 with Success false."""

    def __init__(self, code: str, words: str = "no", status: int | None = None) -> None:
        super().__init__(code)
        self.body = {"Code": code, "Message": words, "RequestId": "REQ-1", "Success": False}
        self.status = status


@dataclass
class Desk:
    """One account."""

    keys: dict[str, str] = field(default_factory=lambda: {KEY_ID: SECRET})
    balance: Json = field(
        default_factory=lambda: {
            "AvailableAmount": "10,000.00",
            "AvailableCashAmount": "10,000.00",
            "CreditAmount": "0.00",
            "MybankCreditAmount": "0.00",
            "Currency": "CNY",
        }
    )
    instances: list[Json] = field(default_factory=list)
    plans: list[Json] = field(default_factory=list)
    orders: list[Json] = field(default_factory=list)
    """Rows of QueryOrders with their details under `detail`."""
    monthly_price: str | None = "300.00"
    """What GetSubscriptionPrice tells per month; None: it wants modules that nobody has."""
    priced: dict[str, list[str]] = field(default_factory=lambda: {"spec": ["tps", "devices"]})
    """What DescribePricingModule tells: attribute codes by module code."""
    catalogue: dict[str, Json] = field(default_factory=dict)
    """What DescribeResourcePackageProduct tells: package types by commodity code."""
    page_size: int = 10_000
    """The largest page that it gives, whatever is asked for."""
    transactions: list[Json] = field(default_factory=list)
    outstanding: dict[str, list[Json]] = field(default_factory=dict)
    """Rows of QueryBillOverview by billing cycle."""
    bills: dict[str, list[Json]] = field(default_factory=dict)
    """Rows of DescribeInstanceBill by billing cycle."""
    coupons: list[Json] = field(default_factory=list)
    cards: list[Json] = field(default_factory=list)
    packages: list[Json] = field(default_factory=list)
    """Rows of DescribeFrInstances."""
    charges: list[tuple[str, int]] = field(default_factory=list)
    tokens: dict[str, tuple[Parameters, Json]] = field(default_factory=dict)
    auto_renewal: list[Parameters] = field(default_factory=list)
    refunds: list[Json] = field(default_factory=list)
    """Further rows of QueryOrders, about money that was given back."""
    filters: bool = True
    """Whether QueryOrders minds the filters that it is sent."""

    def answer(self, action: str, sent: Parameters) -> Json:
        """The body of an answer. Raises `Failed`."""
        known: dict[str, Callable[[Parameters], Json]] = {
            "QueryAccountBalance": self._balance,
            "QueryAvailableInstances": self._instances,
            "QueryResourcePackageInstances": self._plans,
            "QueryOrders": self._orders,
            "GetOrderDetail": self._detail,
            "GetSubscriptionPrice": self._price,
            "RenewInstance": self._renew,
            "SetRenewal": self._set_renewal,
        } | self._optional
        if action not in known:
            raise Failed("InvalidAction.NotFound", "no such action", 404)
        return known[action](sent)

    @property
    def _optional(self) -> dict[str, Callable[[Parameters], Json]]:
        return {
            "QueryAccountTransactions": self._transactions,
            "QueryBillOverview": self._overview,
            "DescribeInstanceBill": self._instance_bill,
            "QueryCashCoupons": lambda _: _success({"CashCoupon": self.coupons}),
            "QueryPrepaidCards": lambda _: _success({"PrepaidCard": self.cards}),
            "DescribeFrInstances": self._packages,
            "DescribePricingModule": self._pricing_modules,
            "DescribeResourcePackageProduct": self._catalogue,
            "GetResourcePackagePrice": self._package_price,
        }

    def _transactions(self, sent: Parameters) -> Json:
        begins, until = sent.get("CreateTimeStart", ""), sent.get("CreateTimeEnd", "9")
        rows = [row for row in self.transactions if begins <= row["TransactionTime"] <= until]
        page, number, size = self._page(rows, sent)
        wrapped = {"AccountTransactionsList": page}
        return _success(
            {
                "AccountTransactionsList": wrapped,
                "PageNum": number,
                "PageSize": size,
                "TotalCount": len(rows),
            }
        )

    def _overview(self, sent: Parameters) -> Json:
        cycle = sent["BillingCycle"]
        return _success({"BillingCycle": cycle, "Items": {"Item": self.outstanding.get(cycle, [])}})

    def _instance_bill(self, sent: Parameters) -> Json:
        kind = sent.get("SubscriptionType")
        rows = [
            row
            for row in self.bills.get(sent["BillingCycle"], [])
            if kind in {None, row["SubscriptionType"]}
        ]
        first = int(sent.get("NextToken", 0))
        last = first + min(int(sent.get("MaxResults", 20)), self.page_size)
        return _success(
            {
                "BillingCycle": sent["BillingCycle"],
                "Items": rows[first:last],
                "TotalCount": len(rows),
                "NextToken": str(last) if last < len(rows) else "",
            }
        )

    def _pricing_modules(self, _: Parameters) -> Json:
        modules = [
            {"ModuleCode": code, "ConfigList": {"ConfigList": names}, "Currency": "CNY"}
            for code, names in self.priced.items()
        ]
        return _success({"ModuleList": {"Module": modules}, "AttributeList": {"Attribute": []}})

    def _catalogue(self, sent: Parameters) -> Json:
        kinds = self.catalogue.get(sent["ProductCode"])
        sold = [] if kinds is None else [{"Name": "VOD", "PackageTypes": kinds}]
        return _success({"ResourcePackages": {"ResourcePackage": sold}})

    def _package_price(self, _: Parameters) -> Json:
        return _success({"OriginalPrice": 120.0, "TradePrice": 99.0, "Currency": "CNY"})

    def _packages(self, sent: Parameters) -> Json:
        """Without the envelope that the older version's answers have."""
        page, number, size = self._page(self.packages, sent)
        return {
            "Data": page,
            "CurrentPage": number,
            "PageSize": size,
            "TotalCount": len(self.packages),
            "RequestId": "R",
        }

    def _balance(self, _: Parameters) -> Json:
        return _success(self.balance, code="200")

    def _page(self, rows: list[Json], sent: Parameters) -> tuple[list[Json], int, int]:
        size = min(int(sent.get("PageSize", 20)), self.page_size)
        number = int(sent.get("PageNum", 1))
        return rows[(number - 1) * size : number * size], number, size

    def _instances(self, sent: Parameters) -> Json:
        wanted = sent.get("InstanceIDs")
        rows = [
            row
            for row in self.instances
            if wanted is None or row.get("InstanceID") in wanted.split(",")
        ]
        page, number, size = self._page(rows, sent)
        return _success(
            {"InstanceList": page, "PageNum": number, "PageSize": size, "TotalCount": len(rows)}
        )

    def _plans(self, sent: Parameters) -> Json:
        page, number, size = self._page(self.plans, sent)
        total = str(len(self.plans))
        data = {
            "Instances": {"Instance": page},
            "PageNum": str(number),
            "PageSize": str(size),
            "TotalCount": total,
        }
        return _success(data) | {"Total": int(total), "Page": number, "PageSize": size}

    def _orders(self, sent: Parameters) -> Json:
        begins = sent.get("CreateTimeStart", wire_time(days(-1 / 24)))
        until = sent.get("CreateTimeEnd", wire_time(days(0)))
        rows = [
            {name: value for name, value in order.items() if name != "detail"}
            for order in (*self.orders, *self.refunds)
            if not self.filters or self._is_wanted(order, sent, begins, until)
        ]
        page, number, size = self._page(rows, sent)
        return _success(
            {
                "OrderList": {"Order": page},
                "PageNum": number,
                "PageSize": size,
                "TotalCount": len(rows),
            }
        )

    def _is_wanted(self, order: Json, sent: Parameters, begins: str, until: str) -> bool:
        names = ("OrderType", "ProductCode", "PaymentStatus")
        same = all(sent.get(name, order[name]) == order[name] for name in names)
        return same and begins <= order["CreateTime"] <= until

    def _detail(self, sent: Parameters) -> Json:
        orders = [order for order in self.orders if order["OrderId"] == sent["OrderId"]]
        if not orders:
            raise Failed("ResourceNotExists", "no such order")
        order = orders[0]
        details = [
            {name: value for name, value in order.items() if name != "detail"} | part
            for part in order["detail"]
        ]
        return _success({"OrderList": {"Order": details}, "TotalCount": len(details)})

    def _price(self, sent: Parameters) -> Json:
        if self.monthly_price is None:
            raise Failed("MissingModuleList", "ModuleList is mandatory for this action.", 400)
        months = int(sent["ServicePeriodQuantity"])
        price = float(self.monthly_price) * months
        return _success({"OriginalPrice": price, "TradePrice": price, "Currency": "CNY"})

    def _renew(self, sent: Parameters) -> Json:
        token = sent.get("ClientToken", "")
        if token in self.tokens:
            before, answer = self.tokens[token]
            if dict(before) != dict(sent):
                raise Failed("IdempotentParameterMismatch", "same token, other parameters", 400)
            return answer
        rows = [row for row in self.instances if row["InstanceID"] == sent["InstanceId"]]
        if not rows or rows[0]["ProductCode"] != sent["ProductCode"]:
            raise Failed("ResourceNotExists", "no such instance")
        months = int(sent["RenewPeriod"])
        order = self.order_of(rows[0], months)
        self.orders.append(order)
        rows[0]["EndTime"] = order["detail"][0]["UsageEndTime"]
        self.charges.append((sent["InstanceId"], months))
        answer = _success({"OrderId": order["OrderId"]})
        self.tokens[token] = (dict(sent), answer)
        return answer

    def order_of(self, row: Json, months: int, **more: Any) -> Json:
        """A paid renewal order of this instance, made now."""
        ends = datetime.fromisoformat(row["EndTime"])
        return {
            "OrderId": f"2026000000{len(self.orders):05d}",
            "OrderType": "Renew",
            "PaymentStatus": "Paid",
            "ProductCode": row["ProductCode"],
            "ProductType": row["ProductType"],
            "SubscriptionType": "Subscription",
            "CreateTime": wire_time(days(0)),
            "Currency": "CNY",
            "PretaxAmount": f"{months * 300:,}.00",
            "AfterTaxAmount": f"{months * 300:,}.00",
            "detail": [
                {
                    "InstanceIDs": json.dumps([row["InstanceID"]]),
                    "UsageStartTime": wire_time(ends),
                    "UsageEndTime": wire_time(add_months(ends, months)),
                }
            ],
        } | more

    def _set_renewal(self, sent: Parameters) -> Json:
        self.auto_renewal.append(dict(sent))
        for row in self.instances:
            if row["InstanceID"] in sent["InstanceIDs"].split(","):
                row["RenewStatus"] = sent["RenewalStatus"]
                if "RenewalPeriod" in sent:
                    row["RenewalDuration"] = int(sent["RenewalPeriod"])
                    row["RenewalDurationUnit"] = sent["RenewalPeriodUnit"]
        return {"Code": "Success", "Message": "Successful！", "RequestId": "R", "Success": True}


def _success(data: Json, code: str = "Success") -> Json:
    return {
        "Code": code,
        "Message": "Successful！",
        "RequestId": "6000EE23",
        "Success": True,
        "Data": data,
    }
