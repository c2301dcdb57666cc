"""Which RAM action each operation needs, in the spelling that the cloud really checks.

Source: Alibaba Cloud, "API calling authorization" of Expenses and Costs; either of the two
names grants it. `DescribeAcccount` has three c's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from store.i18n import _

RIGHTS = {
    "QueryAccountBalance": ("bss:DescribeAcccount", "bssapi:QueryAccountBalance"),
    "QueryAvailableInstances": ("bss:DescribeInstances", "bssapi:QueryAvailableInstances"),
    "QueryResourcePackageInstances": (
        "bss:DescribeInstances",
        "bssapi:QueryResourcePackageInstances",
    ),
    "QueryOrders": ("bss:DescribeOrderList", "bssapi:QueryOrders"),
    "GetOrderDetail": ("bss:DescribeOrderDetail", "bssapi:GetOrderDetail"),
    "GetSubscriptionPrice": ("bss:DescribePrice", "bssapi:GetSubscriptionPrice"),
    "RenewInstance": ("bss:ModifyInstance", "bssapi:RenewInstance"),
    "SetRenewal": ("bss:ModifyPrepaidInstanceAutoRenew", "bssapi:SetRenewal"),
}
"""Operation: (the official action, the narrower one of the same right)."""

READING = (
    "QueryAccountBalance",
    "QueryAvailableInstances",
    "QueryResourcePackageInstances",
    "QueryOrders",
    "GetOrderDetail",
    "GetSubscriptionPrice",
)
"""The operations that only look."""

RENEWING = (*READING, "RenewInstance", "SetRenewal")
"""Those, and the two that change something."""


def needed_right(operation: str) -> str:
    """The words that name the right of an operation."""
    official, narrow = RIGHTS.get(operation, (f"bssapi:{operation}", ""))
    if not narrow:
        return f"`{official}`"
    spelling = _(" (with three c's)") if "Acccount" in official else ""
    return _("{official} or {narrow}").format(
        official=f"`{official}`{spelling}", narrow=f"`{narrow}`"
    )


def policy(operations: Iterable[str]) -> dict[str, Any]:
    """The least RAM policy that allows these operations and nothing else.

    The resource is always everything: the billing API knows no narrower one.
    """
    actions = sorted(f"bssapi:{operation}" for operation in operations)
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    return {"Version": "1", "Statement": [statement]}
