"""The account's resource plans during a move of the clock: loaded once, written once."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from fractions import Fraction

from store.clouds.practice.billing import add_bill
from store.clouds.practice.plan_usage import (
    NOTHING,
    PlanInUse,
    next_usage_bill,
    next_used_up,
    to_cents,
    use_plans,
)

Scope = tuple[str, str | None]
"""A type of plans, and the region in which they are used (None: any)."""


class AccountPlans:
    """All plans of the account. The plans of each type and region are updated to an instant of
    their own while the clock moves."""

    def __init__(self, connection: sqlite3.Connection, now: int) -> None:
        self._connection = connection
        self._types: dict[Scope, list[PlanInUse]] = {}
        for row in connection.execute("SELECT * FROM plans ORDER BY plan_id"):
            scope = (row["type"], row["region"])
            self._types.setdefault(scope, []).append(_plan_in_use(row))
        self._used_until = dict.fromkeys(self._types, now)
        self._bill_at = {scope: next_usage_bill(plans, now) for scope, plans in self._types.items()}

    def next_bill_at(self) -> int | None:
        """The next midnight at which pay-as-you-go usage is billed."""
        return min((at for at in self._bill_at.values() if at is not None), default=None)

    def next_used_up_at(self) -> int | None:
        """The next whole second at which a plan is used up."""
        instants = [
            next_used_up(plans, self._used_until[scope]) for scope, plans in self._types.items()
        ]
        return min((at for at in instants if at is not None), default=None)

    def bill(self, instant: int) -> None:
        """Bill the pay-as-you-go usage of each plan's type since the last midnight."""
        for scope, plans in self._types.items():
            if self._bill_at[scope] != instant:
                continue
            self._use(scope, instant)
            for plan in plans:
                cents = to_cents(plan.unbilled)
                plan.unbilled = NOTHING
                if cents:
                    amount = Decimal(f"{cents // 100}.{cents % 100:02d}")
                    add_bill(self._connection, plan.id, plan.id, amount, instant)
            self._bill_at[scope] = next_usage_bill(plans, instant)

    def finish(self, instant: int) -> None:
        """Update every plan to the instant and write it."""
        for scope, plans in self._types.items():
            self._use(scope, instant)
            self._connection.executemany(
                "UPDATE plans SET remaining = ?, used_up_at = ?, unbilled = ? WHERE plan_id = ?",
                [
                    (
                        str(plan.remaining),
                        None if plan.used_up_at is None else str(plan.used_up_at),
                        str(plan.unbilled),
                        plan.id,
                    )
                    for plan in plans
                ],
            )

    def _use(self, scope: Scope, instant: int) -> None:
        use_plans(self._types[scope], self._used_until[scope], instant)
        self._used_until[scope] = instant


def _plan_in_use(row: sqlite3.Row) -> PlanInUse:
    return PlanInUse(
        id=row["plan_id"],
        in_effect_at=row["in_effect_at"],
        expires_at=row["expires_at"],
        remaining=Fraction(row["remaining"]),
        used_per_day=Fraction(row["used_per_day"]),
        payg_price=None if row["payg_price"] is None else Fraction(row["payg_price"]),
        used_up_at=None if row["used_up_at"] is None else Fraction(row["used_up_at"]),
        unbilled=Fraction(row["unbilled"]),
    )
