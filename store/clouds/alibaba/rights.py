"""The RAM actions of each operation.

Source: Alibaba Cloud, "API calling authorization" of Expenses and Costs, and the page of each
operation (October 2025 to June 2026). Either of the two names grants an operation, and a Deny of
either denies it. Some official names are misspelt: `DescribeAcccount` has three c's,
`DescrbePrepaidCards` lacks an i.
"""

from __future__ import annotations

from store.i18n import _

OPTIONAL = (
    "QueryAccountTransactions",
    "QueryBillOverview",
    "DescribeInstanceBill",
    "QueryCashCoupons",
    "QueryPrepaidCards",
    "DescribeFrInstances",
    "DescribePricingModule",
    "DescribeResourcePackageProduct",
    "GetResourcePackagePrice",
)
"""The reads whose data is absent if they are denied; nothing else changes."""

CHANGING = ("RenewInstance", "SetRenewal")
"""All other operations read."""

_OFFICIAL = {
    "QueryAccountBalance": "bss:DescribeAcccount",
    "QueryAvailableInstances": "bss:DescribeInstances",
    "QueryResourcePackageInstances": "bss:DescribeInstances",
    "QueryOrders": "bss:DescribeOrderList",
    "GetOrderDetail": "bss:DescribeOrderDetail",
    "GetSubscriptionPrice": "bss:DescribePrice",
    "QueryAccountTransactions": "bss:DescribeAcccountTran",
    "QueryBillOverview": "bss:DescribeBillList",
    "DescribeInstanceBill": "bss:DescribeInstanceBill",
    "QueryCashCoupons": "bss:DescribeCoupons",
    "QueryPrepaidCards": "bss:DescrbePrepaidCards",
    "DescribeFrInstances": "bss:DescribeFrInstance",
    "DescribePricingModule": "bss:DescribeProduct",
    "DescribeResourcePackageProduct": "bss:DescribeProduct",
    "GetResourcePackagePrice": "bss:DescribePrice",
    "RenewInstance": "bss:ModifyInstance",
    "SetRenewal": "bss:ModifyPrepaidInstanceAutoRenew",
}

RIGHTS = {operation: (name, f"bssapi:{operation}") for operation, name in _OFFICIAL.items()}
"""Operation: (the official action, the action named after the operation)."""


def needed_right(operation: str) -> str:
    """The right of an operation, in words."""
    official, narrow = RIGHTS.get(operation, (f"bssapi:{operation}", ""))
    if not narrow:
        return f"`{official}`"
    spelling = _(" (spelled with three c's)") if "Acccount" in official else ""
    return _("{official} or {narrow}").format(
        official=f"`{official}`{spelling}", narrow=f"`{narrow}`"
    )
