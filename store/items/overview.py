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
from store.items.forecast import Forecast, make_forecast
from store.items.pages import Listing
from store.items.queries import DATED, LastSync, last_sync, rows_by_id, rows_of_instance
from store.items.sort_orders import BY_ATTENTION, BY_DEADLINE, SortOrder
from store.models import Balance, Vod
from store.rules import AccountFacts
from store.rules.severity import Severity, worst_severity

DEFAULT_WITHIN = timedelta(days=30)
STALE_AFTER = timedelta(hours=24)
"""The default age at which data becomes stale."""
MAX_AHEAD = timedelta(minutes=5)
"""How far data may be ahead of the clock without counting as stale, since clocks differ."""


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
        undated = [assessor.assessment(*assessment) for assessment in assessor.undated]
        return cls(
            db, account, assessor, tuple(sorted(undated, key=lambda assessment: assessment.order))
        )

    def __iter__(self) -> Iterator[Assessment]:
        """All items: those not in service first, then by next event, then by id."""
        return (assessment for _, assessment in self.in_order(BY_DEADLINE))

    def in_order(self, order: SortOrder, undated: Sequence[Assessment] | None = None) -> Listing:
        """The dated items in that order, together with these undated ones (None: all of them)."""
        assessments = self.undated if undated is None else undated
        return Listing.of(self.db, self.account, self.assessor, order, assessments)

    @property
    def pressing(self) -> Listing:
        """The items that need attention, the most urgent first."""
        return self.in_order(
            BY_ATTENTION,
            [assessment for assessment in self.undated if assessment.severity is not Severity.OK],
        )

    def count_dated(self) -> int:
        """The number of dated items, listed or missing."""
        (count,) = self.db.execute(
            f"SELECT count(*) FROM items WHERE account = ? AND {DATED}",  # noqa: S608
            (self.account,),
        ).fetchone()
        return int(count)

    def of_id(self, item_id: str) -> Assessment | None:
        """The item with that id; None if there is none."""
        rows = rows_by_id(self.db, self.account, item_id)
        if rows:
            return min(map(self.assessor.assess, rows), key=lambda assessment: assessment.order)
        return next(
            (assessment for assessment in self.undated if assessment.item.id == item_id), None
        )

    def of_instance(self, instance_id: str) -> tuple[Assessment, ...]:
        """The items of an Instance ID."""
        assessments = map(
            self.assessor.assess, rows_of_instance(self.db, self.account, instance_id)
        )
        vod = (
            assessment
            for assessment in self.undated
            if isinstance(assessment.item, Vod) and not instance_id
        )
        return tuple(sorted([*assessments, *vod], key=lambda assessment: assessment.order))


class Overview(Struct, frozen=True):
    """One account at one instant. Before the first sync, every field but the first three keeps its
    default."""

    account: str
    cloud: str
    site: str
    now: datetime | None = None
    as_of: datetime | None = None
    stale: bool = True
    balance: Balance | None = None
    forecast: Forecast | None = None
    severity: Severity = Severity.UNKNOWN
    """The worst severity of its items: at least unknown if the data is stale or nothing is listed,
    and critical if `is_overdue`."""
    items: Items | tuple[()] = ()
    facts: AccountFacts | None = None
    sync_error: RenewalError | None = None
    details: AccountDetails = AccountDetails()
    """Details of the account, if its cloud has them."""
    is_overdue: bool = False
    """Whether the amount owed makes the account itself critical."""
    lists_nothing: bool = False
    """Whether the last sync listed nothing, which also happens for the wrong site or account."""

    @property
    def is_from_future(self) -> bool:
        """Whether the data is later than the clock."""
        return self.now is not None and self.as_of is not None and self.as_of - self.now > MAX_AHEAD

    def of_id(self, item_id: str) -> Assessment | None:
        """The item with that id; None if there is none."""
        return self.items.of_id(item_id) if self.items else None

    def of_instance(self, instance_id: str) -> tuple[Assessment, ...]:
        """The items of an Instance ID."""
        return self.items.of_instance(instance_id) if self.items else ()

    def bill_of(self, instance_id: str) -> LastBill | None:
        """The last subscription bill of an Instance ID; None if there is none."""
        return bill_of(self.items.db, self.account, instance_id) if self.items else None


def nothing_listed_hint(site: str) -> str:
    """A hint for an account that lists nothing, which may belong to the other site."""
    return _(
        "the account on the {site} site has no instances and no resource plans. "
        "If it should have some, it probably belongs to the other site: change "
        "`site` in config.toml, or check that the credentials belong to this "
        "account."
    ).format(site=site)


class OverviewOptions(Struct, frozen=True):
    """The instant and horizon of an overview, and the result of the sync before it."""

    now: datetime
    within: timedelta = DEFAULT_WITHIN
    """The horizon of warnings and of the forecast."""
    stale_after: timedelta = STALE_AFTER
    """The age at which the data counts as stale."""
    sync_error: RenewalError | None = None


def read_overview(
    db: sqlite3.Connection, account: str, cloud: str, site: str, options: OverviewOptions
) -> Overview:
    """The account's stored data, assessed by the rules at `options.now`."""
    synced = last_sync(db, account)
    if synced is None:
        return Overview(account, cloud, site, sync_error=options.sync_error)
    assessor = Assessor.of(db, account, synced, options.now, options.within)
    dues, balance = list(assessor.dues.values()), synced.balance
    items = Items.of(db, account, assessor)
    stale = _is_stale(synced, options)
    return Overview(
        account=account,
        cloud=synced.cloud,
        site=synced.site,
        now=options.now,
        as_of=synced.as_of,
        stale=stale,
        balance=balance,
        forecast=make_forecast(db, account, dues, balance, options.now, options.within),
        severity=_severity(items, synced, stale=stale),
        items=items,
        facts=assessor.facts,
        sync_error=options.sync_error,
        details=synced.details,
        is_overdue=is_overdue(synced),
        lists_nothing=synced.lists_nothing,
    )


def _is_stale(synced: LastSync, options: OverviewOptions) -> bool:
    age = options.now - synced.as_of
    return options.sync_error is not None or age > options.stale_after or -age > MAX_AHEAD


def is_overdue(synced: LastSync) -> bool:
    """Whether the amount owed makes the account critical, whatever its items.

    It does if the start of the overdue period is unknown, and in every real account, which may have
    public instances that no API lists.
    """
    balance = synced.balance
    return balance.is_owed_since_unknown or (bool(balance.owed) and synced.cloud != PRACTICE)


def _severity(items: Items, synced: LastSync, *, stale: bool) -> Severity:
    """The severity of the account: the worst of its items', and of its own."""
    severities = [assessment.severity for _, assessment in items.pressing.page(size=1)]
    if stale or synced.lists_nothing:
        severities.append(Severity.UNKNOWN)
    if is_overdue(synced):
        severities.append(Severity.CRITICAL)
    return worst_severity(severities)
