"""Everything that a person needs to see of one account, judged at one instant."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import itemgetter

from msgspec import Struct

from store.clouds.account_details import AccountDetails, LastBill
from store.errors import RenewalError
from store.i18n import _
from store.items.assessment import Assessment, Assessor
from store.items.bills import bill_of
from store.items.forecast import Forecast
from store.items.forecast_totals import looking_ahead
from store.items.pages import Window
from store.items.queries import LastSync, items_by_id, items_of_instance, last_sync
from store.items.sort_orders import by_deadline, pressing, seen_undated
from store.models import Balance, Vod
from store.rules import AccountFacts
from store.rules.severity import Severity, worst

DEFAULT_WITHIN = timedelta(days=30)
AHEAD = timedelta(minutes=5)
"""How much later than the clock data may be, since two clocks differ, before they are stale."""


class Items(Struct, frozen=True, weakref=True):
    """The items of an account, judged as they are asked for; reads with its connection."""

    db: sqlite3.Connection
    account: str
    judge: Assessor

    def __iter__(self) -> Iterator[Assessment]:
        """All of them: not serving first, then by what comes next, then by id."""
        return map(itemgetter(1), self.by_deadline.every())

    @property
    def by_deadline(self) -> Window:
        """The same, to be read a page at a time."""
        return by_deadline(self.db, self.account, self.judge)

    def of_id(self, item_id: str) -> Assessment | None:
        """The item with that id."""
        found = items_by_id(self.db, self.account, item_id)
        if found:
            return min(map(self.judge.see, found), key=lambda seen: seen.order)
        return next((one for one in self.undated if one.item.id == item_id), None)

    def of_instance(self, instance_id: str) -> tuple[Assessment, ...]:
        """The items that an Instance ID stands for."""
        found = map(self.judge.see, items_of_instance(self.db, self.account, instance_id))
        vod = (one for one in self.undated if isinstance(one.item, Vod) and not instance_id)
        return tuple(sorted([*found, *vod], key=lambda one: one.order))

    @property
    def undated(self) -> list[Assessment]:
        """The few that live by their bills or cover one another, by their deadlines."""
        return sorted(seen_undated(self.judge), key=lambda one: one.order)

    @property
    def pressing(self) -> Window:
        """What is not fine, the most pressing first."""
        return pressing(self.db, self.account, self.judge)


class Overview(Struct, frozen=True):
    """One account at one instant. Without data all but the account is None or empty."""

    account: str
    cloud: str
    site: str
    now: datetime | None = None
    as_of: datetime | None = None
    stale: bool = True
    balance: Balance | None = None
    forecast: Forecast | None = None
    severity: Severity = Severity.UNKNOWN
    """The worst of its items; at least unknown when the data are old or missing, and critical
    while something is owed since an unknown time."""
    items: Items | tuple[()] = ()
    facts: AccountFacts | None = None
    sync_error: RenewalError | None = None
    details: AccountDetails = AccountDetails()
    """What is known of the account besides, where its cloud tells it."""
    lists_nothing: bool = False
    """Whether the last sync listed nothing at all, which the wrong site or account does, too."""

    @property
    def from_future(self) -> bool:
        """Whether the data are later than the clock that they are judged by."""
        return self.now is not None and self.as_of is not None and self.as_of - self.now > AHEAD

    def of_id(self, item_id: str) -> Assessment | None:
        """The item with that id."""
        return self.items.of_id(item_id) if self.items else None

    def of_instance(self, instance_id: str) -> tuple[Assessment, ...]:
        """The items that an Instance ID stands for."""
        return self.items.of_instance(instance_id) if self.items else ()

    def bill_of(self, instance_id: str) -> LastBill | None:
        """The last subscription bill of an Instance ID."""
        return bill_of(self.items.db, self.account, instance_id) if self.items else None


def nothing_listed(site: str) -> str:
    """What an account that lists nothing may mean."""
    return _(
        "the account on the {site} site has no instances and no resource plans. "
        "If it should have some, it probably belongs to the other site: change "
        "`site` in config.toml, or check that the credentials belong to this "
        "account."
    ).format(site=site)


class Question(Struct, frozen=True):
    """What is asked of the stored data, and by which clock."""

    now: datetime
    within: timedelta = DEFAULT_WITHIN
    old_after: timedelta = timedelta(hours=24)
    sync_error: RenewalError | None = None


def overview(
    db: sqlite3.Connection, account: str, cloud: str, site: str, question: Question
) -> Overview:
    """What is stored of the account, judged by the rules at `question.now`."""
    synced = last_sync(db, account)
    if synced is None:
        return Overview(account, cloud, site, sync_error=question.sync_error)
    judge = Assessor.of(db, account, synced, question.now, question.within)
    orders, balance = judge.orders, synced.balance
    items = Items(db, account, judge)
    stale = _is_stale(synced, question)
    return Overview(
        account,
        synced.cloud,
        synced.site,
        question.now,
        synced.as_of,
        stale,
        balance,
        looking_ahead(db, account, orders, balance, question.now, question.within),
        _severity(items, synced, stale=stale),
        items,
        judge.facts,
        question.sync_error,
        synced.details,
        synced.lists_nothing,
    )


def _is_stale(synced: LastSync, question: Question) -> bool:
    age = question.now - synced.as_of
    return question.sync_error is not None or age > question.old_after or -age > AHEAD


def _severity(items: Items, synced: LastSync, *, stale: bool) -> Severity:
    """The account's severity: what is not fine begins with the worst item."""
    severities = [seen.severity for _, seen in items.pressing.page(size=1)]
    if stale or synced.lists_nothing:
        severities.append(Severity.UNKNOWN)
    if synced.balance.is_owed_since_unknown:
        severities.append(Severity.CRITICAL)
    return worst(severities)
