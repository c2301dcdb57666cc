"""The account's resource plans in time: loaded once for a move of the clock, written once."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from fractions import Fraction

from store.clouds.practice.billing import add_bill
from store.clouds.practice.plan_usage import (
    NOTHING,
    BurningPlan,
    burn,
    in_cents,
    next_usage_bill,
    next_used_up,
)


class Usage:
    """All plans, each type brought up to an instant of its own while the clock moves."""

    def __init__(self, connection: sqlite3.Connection, now: int) -> None:
        self._connection = connection
        self._types: dict[str, list[BurningPlan]] = {}
        for row in connection.execute("SELECT * FROM plans ORDER BY plan_id"):
            self._types.setdefault(row["type"], []).append(_burning(row))
        self._burnt_to = dict.fromkeys(self._types, now)
        self._bill_at = {kind: next_usage_bill(plans, now) for kind, plans in self._types.items()}

    def next_bill_at(self) -> int | None:
        """The next midnight at which pay-as-you-go usage is billed."""
        return min((at for at in self._bill_at.values() if at is not None), default=None)

    def next_used_up_at(self) -> int | None:
        """The next whole second at which a plan is used up."""
        found = [next_used_up(plans, self._burnt_to[kind]) for kind, plans in self._types.items()]
        return min((at for at in found if at is not None), default=None)

    def bill(self, instant: int) -> None:
        """At midnight: a bill for what each plan's type was used since the last one."""
        for kind, plans in self._types.items():
            if self._bill_at[kind] != instant:
                continue
            self._burn(kind, instant)
            for plan in plans:
                cents = in_cents(plan.unbilled)
                plan.unbilled = NOTHING
                if cents:
                    amount = Decimal(f"{cents // 100}.{cents % 100:02d}")
                    add_bill(self._connection, plan.id, plan.id, amount, instant)
            self._bill_at[kind] = next_usage_bill(plans, instant)

    def finish(self, instant: int) -> None:
        """Bring every plan to the instant and write it down."""
        for kind, plans in self._types.items():
            self._burn(kind, instant)
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

    def _burn(self, kind: str, instant: int) -> None:
        burn(self._types[kind], self._burnt_to[kind], instant)
        self._burnt_to[kind] = instant


def _burning(row: sqlite3.Row) -> BurningPlan:
    return BurningPlan(
        id=row["plan_id"],
        in_effect_at=row["in_effect_at"],
        expires_at=row["expires_at"],
        remaining=Fraction(row["remaining"]),
        used_per_day=Fraction(row["used_per_day"]),
        payg_price=None if row["payg_price"] is None else Fraction(row["payg_price"]),
        used_up_at=None if row["used_up_at"] is None else Fraction(row["used_up_at"]),
        unbilled=Fraction(row["unbilled"]),
    )
