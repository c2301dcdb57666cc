"""One account's facts at one instant, and what the rules say of its items by them."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from msgspec import Struct

from store.items.forecast import Due, dues
from store.items.forecast_totals import Place, paid_until
from store.items.plan_use import with_measured_use
from store.items.queries import Known, LastSync, undated_items
from store.models import EnterpriseInstance, Item, License, ResourcePlan, Vod
from store.rules import AccountFacts, Standing, State, as_missing, standing
from store.rules.severity import Severity, severity
from store.rules.standing import NOT_SERVING
from store.times import to_epoch

_RENEWABLE = (EnterpriseInstance, License)
_RUNNING = State.RUNNING
_TRIED = frozenset({State.RUNNING, State.ACTIVE, State.UNBOUND, State.MISSING})
"""Auto-renewal is tried up to the end and never after it: what has ended gets none."""


class AutoRenewal(Struct, frozen=True):
    """Auto-renewal that is on."""

    months: int | None
    """None: the cloud does not tell its term."""
    payable: bool | None
    """None: its price is not known."""


class Assessment(Struct, frozen=True):
    """An item with what the rules say of it."""

    item: Item
    standing: Standing
    severity: Severity
    auto_renewal: AutoRenewal | None

    @property
    def order(self) -> tuple[bool, bool, float, str]:
        """Not serving first, then by what comes next, then by id."""
        coming = self.standing.next
        return (
            self.standing.state not in NOT_SERVING,
            coming is None,
            coming.at.timestamp() if coming else 0.0,
            self.item.id,
        )


class Assessor(Struct, frozen=True):
    """Judges each item by itself, once what concerns all of them is known."""

    facts: AccountFacts
    now: datetime
    within: timedelta
    paid_until: Place
    """The first auto-renewal that is not covered."""
    orders: tuple[Due, ...]
    undated: tuple[tuple[Item, Standing], ...]
    due_of: dict[str, Due]
    """By Instance ID, else by id: the license orders that come up."""
    plans: dict[str, Known]
    """By id, with their use as it was measured."""

    @classmethod
    def of(
        cls,
        db: sqlite3.Connection,
        account: str,
        synced: LastSync,
        now: datetime,
        within: timedelta,
    ) -> Assessor:
        """The judge of what is stored: reads the items that have to be seen together."""
        stored = undated_items(db, account)
        known = list(with_measured_use(db, account, stored, synced.as_of, now))
        facts = AccountFacts.of(
            synced.balance,
            (one.item for one in known if not one.missing),
            (one.item for one in known if one.missing),
        )
        stood = [(one.item, _standing(one, facts, now)) for one in known]
        if any(one.item.kind in {"resource-plan", "sdk-license"} for one in known):
            stood.append((Vod(), standing(Vod(), facts, now)))
        orders = tuple(dues(stood))
        paid = paid_until(db, account, orders, synced.balance, now)
        due_of = {due.instance_id or due.id: due for due in orders}
        plans = {one.item.id: one for one in known if isinstance(one.item, ResourcePlan)}
        return cls(facts, now, within, paid, orders, tuple(stood), due_of, plans)

    def see(self, known: Known) -> Assessment:
        """The stored item as the rules have it now."""
        if isinstance(known.item, ResourcePlan):
            known = self.plans.get(known.item.id, known)
        return self.judged(known.item, _standing(known, self.facts, self.now))

    def judged(self, item: Item, found: Standing) -> Assessment:
        """The item that stands like this, with its severity."""
        auto = self._auto_renewal(item, found)
        renews = (
            auto is not None
            and auto.payable is True
            and not (isinstance(item, License) and item.renewal_refused)
        )
        judged = severity(found, self.now, self.within, renews_itself=renews)
        return Assessment(item, found, judged, auto)

    def _auto_renewal(self, item: Item, found: Standing) -> AutoRenewal | None:
        if not isinstance(item, _RENEWABLE):
            return None
        if item.auto_renewal_months is None:
            on = item.details is not None and item.details.renews_for_unknown_term
            return AutoRenewal(None, None) if on else None
        if found.state not in _TRIED:
            return AutoRenewal(item.auto_renewal_months, payable=False)
        return AutoRenewal(item.auto_renewal_months, self._payable(item, found))

    def _payable(self, item: EnterpriseInstance | License, found: Standing) -> bool | None:
        if isinstance(item, EnterpriseInstance):
            priced = found.state is _RUNNING and item.monthly_price is not None
            return (to_epoch(item.ends_at), item.id) < self.paid_until if priced else None
        due = self.due_of.get(item.instance_id or item.id)
        if due is None or due.amount is None or due.auto_renewal_months is None:
            return None
        return (to_epoch(due.ends_at), due.id) < self.paid_until


def _standing(known: Known, facts: AccountFacts, now: datetime) -> Standing:
    found = standing(known.item, facts, now)
    return as_missing(known.item, found) if known.missing else found
