"""Assessments: the items of an account by the rules, at one instant."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from msgspec import Struct

from store.items.dues import Due, due_cents, dues
from store.items.forecast import EndPosition, paid_until
from store.items.plan_use import with_measured_use
from store.items.queries import LastSync, StoredItem, stored_item, undated_items
from store.models import EnterpriseInstance, Item, Kind, License, ResourcePlan, Vod
from store.rules import AccountFacts, Standing, State, as_missing, standing
from store.rules.severity import Severity, severity
from store.rules.standing import NOT_SERVING
from store.times import to_epoch

_RENEWABLE = (EnterpriseInstance, License)
_TRIED = frozenset({State.RUNNING, State.ACTIVE, State.UNBOUND, State.MISSING})
"""States in which auto-renewal is still tried: it is never tried after the end."""


class AutoRenewal(Struct, frozen=True):
    """Auto-renewal that is on."""

    months: int | None
    """None: the cloud does not return the term."""
    payable: bool | None
    """None: the price is unknown."""


class Assessment(Struct, frozen=True):
    """An item, and how the rules assess it."""

    item: Item
    standing: Standing
    severity: Severity
    auto_renewal: AutoRenewal | None

    @property
    def order(self) -> tuple[bool, bool, float, str]:
        """The key of sorting: not serving first, then by the next event, then by id."""
        event = self.standing.next
        return (
            self.standing.state not in NOT_SERVING,
            event is None,
            event.at.timestamp() if event else 0.0,
            self.item.id,
        )


class Assessor(Struct, frozen=True):
    """Assesses single items by the facts of the whole account."""

    facts: AccountFacts
    now: datetime
    within: timedelta
    paid_until: EndPosition
    """The first auto-renewal that the balance does not cover."""
    orders: dict[str, Due]
    """The renewals of items that are not dated, by Instance ID, else by id."""
    undated: tuple[tuple[Item, Standing], ...]
    """The items that depend on one another, and ApsaraVideo VOD where the account has it."""
    plans: dict[str, StoredItem]
    """By id, with their measured use."""

    @classmethod
    def of(
        cls,
        db: sqlite3.Connection,
        account: str,
        synced: LastSync,
        now: datetime,
        within: timedelta,
    ) -> Assessor:
        """The assessor of what is stored of the account."""
        undated = undated_items(db, account)
        items = with_measured_use(db, account, undated, synced.as_of, now)
        facts = AccountFacts.of(
            synced.balance,
            (stored.item for stored in items if not stored.missing),
            (stored.item for stored in items if stored.missing),
        )
        standings = [(stored.item, _standing(stored, facts, now)) for stored in items]
        if any(isinstance(stored.item, License | ResourcePlan) for stored in items):
            standings.append((Vod(), standing(Vod(), facts, now)))
        orders = {due.instance_id or due.id: due for due in dues(standings)}
        paid = paid_until(db, account, list(orders.values()), synced.balance, now)
        plans = {stored.item.id: stored for stored in items if stored.item.kind is Kind.PLAN}
        return cls(facts, now, within, paid, orders, tuple(standings), plans)

    def assess(self, row: sqlite3.Row) -> Assessment:
        """The assessment of a stored item, of a row that selects `ROW`."""
        stored = stored_item(row)
        if stored.item.kind is Kind.PLAN:
            stored = self.plans.get(stored.item.id, stored)
        return self.assessment(stored.item, _standing(stored, self.facts, self.now))

    def assessment(self, item: Item, standing: Standing) -> Assessment:
        """The item of this standing, with its severity."""
        auto = self._auto_renewal(item, standing)
        renews = (
            auto is not None
            and auto.payable is True
            and not (isinstance(item, License) and item.renewal_refused)
        )
        level = severity(standing, self.now, self.within, renews_itself=renews)
        return Assessment(item, standing, level, auto)

    def _auto_renewal(self, item: Item, standing: Standing) -> AutoRenewal | None:
        if not isinstance(item, _RENEWABLE):
            return None
        if item.auto_renewal_months is None:
            is_on = item.details is not None and item.details.renews_for_unknown_term
            return AutoRenewal(None, None) if is_on else None
        if standing.state not in _TRIED:
            return AutoRenewal(item.auto_renewal_months, payable=False)
        return AutoRenewal(item.auto_renewal_months, self._payable(item, standing))

    def _payable(self, item: EnterpriseInstance | License, standing: Standing) -> bool | None:
        if isinstance(item, EnterpriseInstance):
            cents = due_cents(item.monthly_price, item.auto_renewal_months)
            if standing.state is not State.RUNNING or cents is None:
                return None
            return (to_epoch(item.ends_at), item.id) < self.paid_until
        due = self.orders.get(item.instance_id or item.id)
        if due is None or due.cents is None or due.auto_renewal_months is None:
            return None
        return (to_epoch(due.ends_at), due.id) < self.paid_until


def _standing(stored: StoredItem, facts: AccountFacts, now: datetime) -> Standing:
    listed = standing(stored.item, facts, now)
    return as_missing(stored.item, listed) if stored.missing else listed
