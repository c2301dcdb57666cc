"""One account at one instant: its balance, its forecast, its items."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from store.clouds.account_details import AccountDetails, LastBill
from store.config import PRACTICE
from store.errors import RenewalError
from store.i18n import _
from store.items.assessment import Assessment, Assessor
from store.items.bills import bill_of
from store.items.forecast import Forecast, forecast
from store.items.pages import Listing
from store.items.queries import DATED, LastSync, last_sync, rows_by_id, rows_of_instance
from store.items.sort_orders import BY_ATTENTION, BY_DEADLINE, SortOrder
from store.models import Balance, Vod
from store.rules import AccountFacts
from store.rules.severity import Severity, worst

DEFAULT_WITHIN = timedelta(days=30)
AHEAD = timedelta(minutes=5)
"""How far data may be ahead of the clock without being stale, since two clocks differ."""


class Items(Struct, frozen=True, weakref=True):
    """The items of an account, read and assessed one at a time with its connection."""

    db: sqlite3.Connection
    account: str
    assessor: Assessor
    undated: tuple[Assessment, ...]
    """The items that are not dated, by deadline."""

    @classmethod
    def of(cls, db: sqlite3.Connection, account: str, assessor: Assessor) -> Items:
        """The items of an account."""
        undated = [assessor.assessment(*each) for each in assessor.undated]
        return cls(db, account, assessor, tuple(sorted(undated, key=lambda each: each.order)))

    def __iter__(self) -> Iterator[Assessment]:
        """All items: not serving first, then by the next event, then by id."""
        return (assessment for _, assessment in self.in_order(BY_DEADLINE))

    def in_order(self, order: SortOrder, undated: Sequence[Assessment] | None = None) -> Listing:
        """The dated items in that order, with these undated ones; None: with all undated ones."""
        assessments = self.undated if undated is None else undated
        return Listing.of(self.db, self.account, self.assessor, order, assessments)

    @property
    def pressing(self) -> Listing:
        """What needs attention, the most pressing first."""
        return self.in_order(
            BY_ATTENTION, [each for each in self.undated if each.severity is not Severity.OK]
        )

    def count_dated(self) -> int:
        """The number of dated items, listed or missing."""
        (count,) = self.db.execute(
            f"SELECT count(*) FROM items WHERE account = ? AND {DATED}",  # noqa: S608
            (self.account,),
        ).fetchone()
        return int(count)

    def of_id(self, item_id: str) -> Assessment | None:
        """The item with that id."""
        rows = rows_by_id(self.db, self.account, item_id)
        if rows:
            return min(map(self.assessor.assess, rows), key=lambda each: each.order)
        return next((each for each in self.undated if each.item.id == item_id), None)

    def of_instance(self, instance_id: str) -> tuple[Assessment, ...]:
        """The items of an Instance ID."""
        assessments = map(
            self.assessor.assess, rows_of_instance(self.db, self.account, instance_id)
        )
        vod = (each for each in self.undated if isinstance(each.item, Vod) and not instance_id)
        return tuple(sorted([*assessments, *vod], key=lambda each: each.order))


class Overview(Struct, frozen=True):
    """One account at one instant. Before the first sync all but the account is None or empty."""

    account: str
    cloud: str
    site: str
    now: datetime | None = None
    as_of: datetime | None = None
    stale: bool = True
    balance: Balance | None = None
    forecast: Forecast | None = None
    severity: Severity = Severity.UNKNOWN
    """The worst severity of its items; at least unknown when the data are old or missing, and
    critical while an amount is owed since an unknown time."""
    items: Items | tuple[()] = ()
    facts: AccountFacts | None = None
    sync_error: RenewalError | None = None
    details: AccountDetails = AccountDetails()
    """Details of the account, where its cloud has them."""
    is_overdue: bool = False
    """Whether what is owed makes the account itself critical."""
    lists_nothing: bool = False
    """Whether the last sync listed nothing, as it does for the wrong site or account, too."""

    @property
    def from_future(self) -> bool:
        """Whether the data are later than the clock."""
        return self.now is not None and self.as_of is not None and self.as_of - self.now > AHEAD

    def of_id(self, item_id: str) -> Assessment | None:
        """The item with that id."""
        return self.items.of_id(item_id) if self.items else None

    def of_instance(self, instance_id: str) -> tuple[Assessment, ...]:
        """The items of an Instance ID."""
        return self.items.of_instance(instance_id) if self.items else ()

    def bill_of(self, instance_id: str) -> LastBill | None:
        """The last subscription bill of an Instance ID."""
        return bill_of(self.items.db, self.account, instance_id) if self.items else None


def nothing_listed(site: str) -> str:
    """Why an account may list nothing."""
    return _(
        "the account on the {site} site has no instances and no resource plans. "
        "If it should have some, it probably belongs to the other site: change "
        "`site` in config.toml, or check that the credentials belong to this "
        "account."
    ).format(site=site)


class Question(Struct, frozen=True):
    """Which account to show, at which instant, and what counts as due."""

    now: datetime
    within: timedelta = DEFAULT_WITHIN
    old_after: timedelta = timedelta(hours=24)
    sync_error: RenewalError | None = None


def overview(
    db: sqlite3.Connection, account: str, cloud: str, site: str, question: Question
) -> Overview:
    """The stored account by the rules at `question.now`."""
    synced = last_sync(db, account)
    if synced is None:
        return Overview(account, cloud, site, sync_error=question.sync_error)
    assessor = Assessor.of(db, account, synced, question.now, question.within)
    orders, balance = list(assessor.orders.values()), synced.balance
    items = Items.of(db, account, assessor)
    stale = _is_stale(synced, question)
    return Overview(
        account,
        synced.cloud,
        synced.site,
        question.now,
        synced.as_of,
        stale,
        balance,
        forecast(db, account, orders, balance, question.now, question.within),
        _severity(items, synced, stale=stale),
        items,
        assessor.facts,
        question.sync_error,
        synced.details,
        is_overdue=is_overdue(synced),
        lists_nothing=synced.lists_nothing,
    )


def _is_stale(synced: LastSync, question: Question) -> bool:
    age = question.now - synced.as_of
    return question.sync_error is not None or age > question.old_after or -age > AHEAD


def is_overdue(synced: LastSync) -> bool:
    """Whether what is owed makes the account critical, whatever its items: where it is not known
    since when, and in a real account, which may have public instances that no API lists."""
    balance = synced.balance
    return balance.is_owed_since_unknown or (bool(balance.owed) and synced.cloud != PRACTICE)


def _severity(items: Items, synced: LastSync, *, stale: bool) -> Severity:
    """The severity of the account: the most pressing one."""
    severities = [assessment.severity for _, assessment in items.pressing.page(size=1)]
    if stale or synced.lists_nothing:
        severities.append(Severity.UNKNOWN)
    if is_overdue(synced):
        severities.append(Severity.CRITICAL)
    return worst(severities)
