"""The practice clock: everything that falls due while it moves happens in order.

At one instant the order is: restorations, ends of cycles, bills, stops, auto-renewals, each by id.
Due events are found by indexes, so the cost of a move depends only on the events during it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from store.clouds.practice import account, billing
from store.clouds.practice.payg_usage import AccountPlans
from store.clouds.practice.renewals import RELEASE_AFTER, try_auto_renewals

_NEXT = """
SELECT min(restored_at) FROM publics WHERE restored_at IS NOT NULL
UNION ALL SELECT min(cycle_due_at) FROM publics WHERE cycle_due_at IS NOT NULL
UNION ALL SELECT min(due_at) FROM bills WHERE unpaid = 0
UNION ALL SELECT min(stop_at) FROM publics WHERE stop_at IS NOT NULL
UNION ALL SELECT min(next_try_at) FROM subscriptions WHERE next_try_at IS NOT NULL
"""

_NEXT_CHANGE = """
SELECT min(restored_at) FROM publics WHERE restored_at IS NOT NULL
UNION ALL SELECT min(cycle_due_at + bill_after_hours * 3600) FROM publics
    WHERE cycle_due_at IS NOT NULL
UNION ALL SELECT min(due_at) FROM bills WHERE unpaid = 0
UNION ALL SELECT min(stop_at) FROM publics WHERE stop_at IS NOT NULL
UNION ALL SELECT min(next_try_at) FROM subscriptions WHERE next_try_at IS NOT NULL
UNION ALL SELECT min(expires_at) FROM subscriptions WHERE expires_at > :now
UNION ALL SELECT min(expires_at) + :release FROM subscriptions
    WHERE kind = 'iot-enterprise' AND expires_at > :now - :release
UNION ALL SELECT min(in_effect_at) FROM plans
    WHERE in_effect_at > :now AND in_effect_at < expires_at
UNION ALL SELECT min(expires_at) FROM plans WHERE expires_at > :now
"""


def move_clock(connection: sqlite3.Connection, until: int) -> None:
    """Move the clock to `until`; everything that is due by then happens. The caller holds the
    transaction."""
    usage = AccountPlans(connection, account.clock(connection))
    due = _due(connection, usage)
    while (instant := _earliest(due)) is not None and instant <= until:
        account.set_clock(connection, instant)
        restored, cycle, bill, stop, auto_renewal, usage_bill = (at == instant for at in due)
        if restored:
            billing.restore_settled(connection, instant)
        if restored or cycle:
            billing.end_cycles(connection, instant)
        if usage_bill:
            usage.bill(instant)
        if restored or cycle or bill or usage_bill:
            billing.issue_bills(connection, instant)
        if stop:
            billing.stop_overdue(connection, instant)
        if auto_renewal:
            try_auto_renewals(connection, instant)
        due = _due(connection, usage)
    account.set_clock(connection, until)
    usage.finish(until)


def _due(connection: sqlite3.Connection, usage: AccountPlans) -> list[int | None]:
    """The next instant of each kind of event."""
    return [*(row[0] for row in connection.execute(_NEXT)), usage.next_bill_at()]


def _earliest(instants: Iterable[int | None]) -> int | None:
    return min((instant for instant in instants if instant is not None), default=None)


def next_change(connection: sqlite3.Connection) -> int | None:
    """The next instant of a visible change if nobody acts before; None if there is none."""
    now = account.clock(connection)
    usage = AccountPlans(connection, now)
    values = {"now": now, "release": RELEASE_AFTER}
    instants = [row[0] for row in connection.execute(_NEXT_CHANGE, values)]
    instants += [usage.next_bill_at(), usage.next_used_up_at()]
    return _earliest(instants)
