"""Injected faults: the next calls of an operation fail, before or after they took effect."""

from __future__ import annotations

import sqlite3

from msgspec import Struct

from store.errors import CloudError, MissingRight, Refused, Unreachable, Usage
from store.i18n import N_, _

OPERATIONS = ("renew", "auto-renew", "quote", "balance", "items", "orders")
WHENS = ("before", "after")
HOWS = ("timeout", "reset", "5xx", "throttle", "refuse", "denied")

_CHANGES = ("renew", "auto-renew")
_ACTIONS = {
    "renew": "bssapi:RenewInstance",
    "auto-renew": "bssapi:SetRenewal",
    "quote": "bss:DescribePrice",
    "balance": "bss:DescribeAcccount",
    "items": "bss:DescribeInstances",
    "orders": "bss:DescribeOrderList",
}
"""RAM actions in the cloud's spelling, `Acccount` with three c's included."""

_SENTENCES = {
    "timeout": N_("the practice cloud did not answer in time"),
    "reset": N_("the practice cloud closed the connection before it answered"),
    "5xx": N_("the practice cloud answered with a server error (503)"),
    "throttle": N_("the practice cloud is throttling calls, even beyond the retry limit"),
    "refuse": N_("the practice cloud rejected the call"),
}


class Fault(Struct, frozen=True):
    """An injected fault."""

    operation: str
    at: str
    """`before` or `after` the call takes effect."""
    how: str

    @property
    def takes_effect(self) -> bool:
        """Whether the call takes effect before it fails."""
        return self.at == "after" and self.how not in ("refuse", "denied")

    def error(self) -> CloudError:
        """The error for the caller."""
        if self.how == "denied":
            action = _ACTIONS[self.operation]
            return MissingRight(
                _(
                    "the practice cloud denied {action}: grant this permission to the RAM user"
                ).format(action=action),
                code="NoPermission",
            )
        if self.how == "refuse" and self.operation in _CHANGES:
            return Refused("PracticeRefusal", "refused, as the practice cloud was told to")
        return Unreachable(f"{_(_SENTENCES[self.how])} ({self.operation})")


def add_fault(
    connection: sqlite3.Connection, operation: str, at: str, how: str, times: int
) -> None:
    """Make the next calls of the operation fail; this replaces an earlier fault."""
    for value, allowed in ((operation, OPERATIONS), (at, WHENS), (how, HOWS)):
        if value not in allowed:
            raise Usage(
                _("{value!r} is not available: use one of {allowed}").format(
                    value=value, allowed=", ".join(allowed)
                )
            )
    if not 1 <= times <= 2**31:
        raise Usage(_("{times} times is not possible: use 1 or more").format(times=times))
    connection.execute(
        "INSERT OR REPLACE INTO faults VALUES (?, ?, ?, ?)", (operation, at, how, times)
    )


def clear_faults(connection: sqlite3.Connection) -> None:
    """Remove all injected faults."""
    connection.execute("DELETE FROM faults")


def has_fault(connection: sqlite3.Connection, operation: str) -> bool:
    """Whether the next call of the operation is to fail."""
    row = connection.execute(
        "SELECT 1 FROM faults WHERE operation = ? AND times > 0", (operation,)
    ).fetchone()
    return row is not None


def take_fault(connection: sqlite3.Connection, operation: str) -> Fault | None:
    """The fault for this call, counted down, unless another call took it first."""
    taken = connection.execute(
        "UPDATE faults SET times = times - 1 WHERE operation = ? AND times > 0 RETURNING at, how",
        (operation,),
    ).fetchall()
    return Fault(operation, taken[0]["at"], taken[0]["how"]) if taken else None
