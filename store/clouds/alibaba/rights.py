"""RAM actions that each operation needs, as the cloud checks them.

Source: Alibaba Cloud, "API calling authorization" of Expenses and Costs, and the page of each
operation (October 2025 to June 2026). Either of the two names grants an operation, and a Deny of
either denies it. The official names are misspelt in places: `DescribeAcccount` has three c's,
`DescrbePrepaidCards` lacks an i.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from store.i18n import _

REQUIRED = (
    "QueryAccountBalance",
    "QueryAvailableInstances",
    "QueryResourcePackageInstances",
    "QueryOrders",
    "GetOrderDetail",
    "GetSubscriptionPrice",
)
"""The reads without which nothing is shown or renewed."""

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
"""The reads whose data are absent where they are denied; nothing else changes."""

READING = (*REQUIRED, *OPTIONAL)
CHANGING = ("RenewInstance", "SetRenewal")
RENEWING = (*READING, *CHANGING)

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
"""Operation: (the official action, the one that bears the operation's name)."""


def needed_right(operation: str) -> str:
    """The right of an operation, in words."""
    official, narrow = RIGHTS.get(operation, (f"bssapi:{operation}", ""))
    if not narrow:
        return f"`{official}`"
    spelling = _(" (spelled with three c's)") if "Acccount" in official else ""
    return _("{official} or {narrow}").format(
        official=f"`{official}`{spelling}", narrow=f"`{narrow}`"
    )


def policy(operations: Iterable[str]) -> dict[str, Any]:
    """The least RAM policy that allows these operations.

    Reads are allowed under both names, since vendor pages show the one or the other. A change is
    allowed under the operation's own name only: `bss:ModifyInstance` would also allow to buy and
    to change instances. The resource is always everything: the billing API knows none narrower.
    """
    actions = {
        action
        for operation in operations
        for action in RIGHTS[operation]
        if operation not in CHANGING or action.startswith("bssapi:")
    }
    statement = {"Effect": "Allow", "Action": sorted(actions), "Resource": "*"}
    return {"Version": "1", "Statement": [statement]}
