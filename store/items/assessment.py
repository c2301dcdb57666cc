"""Assessments of an account's items by the rules, at one instant."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from store.items.forecast import EndPosition, first_uncovered_renewal
from store.items.plan_use import with_measured_use
from store.items.queries import LastSync, StoredItem, stored_item, undated_items
from store.items.renewal_dues import Due, due_cents, renewal_dues
from store.models import (
    Balance,
    EnterpriseInstance,
    Item,
    Kind,
    License,
    PreviousPublicInstance,
    ResourcePlan,
    Vod,
)
from store.rules import AccountFacts, Standing, State, as_missing, standing
from store.rules.severity import Severity, severity
from store.rules.standing import NOT_SERVING
from store.times import to_epoch

_RENEWABLE = (EnterpriseInstance, License)
_COMPLETED = frozenset({Kind.PLAN, Kind.PUBLIC_PREVIOUS})
_TRIED = frozenset({State.RUNNING, State.ACTIVE, State.UNBOUND, State.MISSING})
"""States in which auto-renewal can still be attempted; it never is after the end."""


class AutoRenewal(Struct, frozen=True):
    """Auto-renewal that is on."""

    months: int | None
    """None: the cloud does not return the term."""
    payable: bool | None
    """None: the price is unknown."""


class Assessment(Struct, frozen=True):
    """An item with its standing, severity and auto-renewal by the rules."""

    item: Item
    standing: Standing
    severity: Severity
    auto_renewal: AutoRenewal | None

    @property
    def order(self) -> tuple[bool, bool, float, str]:
        """The sort key: items not in service first, then by next event, then by id."""
        event = self.standing.next
        return (
            self.standing.state not in NOT_SERVING,
            event is None,
            event.at.timestamp() if event else 0.0,
            self.item.id,
        )


class Assessor(Struct, frozen=True):
    """Assesses single items, using the facts of the whole account."""

    facts: AccountFacts
    now: datetime
    within: timedelta
    first_uncovered: EndPosition
    """The position of the first auto-renewal that the balance does not cover."""
    dues: dict[str, Due]
    """The upcoming renewals of undated items, by Instance ID, else by id."""
    undated: tuple[tuple[Item, Standing], ...]
    """The undated items with their standings, and ApsaraVideo VOD if the account has it."""
    completed: dict[str, StoredItem]
    """Stored items completed by account data, by id: plans with their measured use, and previous
    public instances with the start of the account's overdue period."""

    @classmethod
    def of(
        cls,
        db: sqlite3.Connection,
        account: str,
        synced: LastSync,
        now: datetime,
        within: timedelta,
    ) -> Assessor:
        """The assessor of an account, from the stored data."""
        undated = undated_items(db, account)
        measured = with_measured_use(db, account, undated, synced.as_of, now)
        items = [_with_account_debt(stored, synced.balance) for stored in measured]
        facts = AccountFacts.of(
            synced.balance,
            (stored.item for stored in items if not stored.missing),
            (stored.item for stored in items if stored.missing),
        )
        standings = [(stored.item, _standing(stored, facts, now)) for stored in items]
        if any(isinstance(stored.item, License | ResourcePlan) for stored in items):
            standings.append((Vod(), standing(Vod(), facts, now)))
        dues = {due.instance_id or due.id: due for due in renewal_dues(standings)}
        uncovered = first_uncovered_renewal(db, account, list(dues.values()), synced.balance, now)
        completed = {stored.item.id: stored for stored in items if stored.item.kind in _COMPLETED}
        return cls(facts, now, within, uncovered, dues, tuple(standings), completed)

    def assess(self, row: sqlite3.Row) -> Assessment:
        """The assessment of a stored item, from a row with the columns of `ROW`."""
        stored = stored_item(row)
        if stored.item.kind in _COMPLETED:
            stored = self.completed.get(stored.item.id, stored)
        return self.assessment(stored.item, _standing(stored, self.facts, self.now))

    def assessment(self, item: Item, standing: Standing) -> Assessment:
        """The assessment of an item with this standing."""
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
            return (to_epoch(item.ends_at), item.id) < self.first_uncovered
        due = self.dues.get(item.instance_id or item.id)
        if due is None or due.cents is None or due.auto_renewal_months is None:
            return None
        return (to_epoch(due.ends_at), due.id) < self.first_uncovered


def _with_account_debt(stored: StoredItem, balance: Balance) -> StoredItem:
    """The item, overdue since the account is if it is assessed by the account's balance."""
    item = stored.item
    if not isinstance(item, PreviousPublicInstance) or item.overdue_since is not None:
        return stored
    if item.details is None or not item.details.is_judged_by_balance:
        return stored
    return replace(stored, item=replace(item, overdue_since=balance.overdue_since))


def _standing(stored: StoredItem, facts: AccountFacts, now: datetime) -> Standing:
    by_dates = standing(stored.item, facts, now)
    return as_missing(stored.item, by_dates) if stored.missing else by_dates
