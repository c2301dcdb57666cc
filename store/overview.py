"""Everything that a person needs to see of one account, judged at one instant."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.errors import RenewalError
from store.forecast import Due, Forecast, dues, forecast, payable
from store.models import Balance, Item, License, Vod
from store.reads import Known, Synced, items, last_sync
from store.rules import AccountFacts, Standing, State, as_missing, standing
from store.rules.severity import Severity, severity, worst
from store.rules.standing import NOT_SERVING

DEFAULT_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AutoRenewal:
    """Auto-renewal that is on. `payable` None: its price is not known."""

    months: int
    payable: bool | None


@dataclass(frozen=True, slots=True)
class Seen:
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


@dataclass(frozen=True, slots=True)
class Overview:
    """One account at one instant. Without data all but the account is None or empty."""

    account: str
    cloud: str
    site: str
    now: datetime | None = None
    as_of: datetime | None = None
    stale: bool = True
    balance: Balance | None = None
    forecast: Forecast | None = None
    items: tuple[Seen, ...] = ()
    facts: AccountFacts | None = None
    sync_error: RenewalError | None = None

    @property
    def severity(self) -> Severity:
        """The worst of its items; at least unknown when the data are old or missing."""
        found = [seen.severity for seen in self.items]
        if self.stale or self.as_of is None:
            found.append(Severity.UNKNOWN)
        return worst(found)

    def of_instance(self, instance_id: str) -> tuple[Seen, ...]:
        """The items that an Instance ID stands for."""
        return tuple(seen for seen in self.items if seen.item.instance_id == instance_id)


@dataclass(frozen=True, slots=True)
class Question:
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
    known = items(db, account)
    facts = AccountFacts.of(synced.balance, (one.item for one in known if not one.missing))
    stood = _standings(known, facts, question.now)
    coming = dues(stood)
    return Overview(
        account,
        synced.cloud,
        synced.site,
        question.now,
        synced.as_of,
        _is_stale(synced, question),
        synced.balance,
        forecast(coming, synced.balance, question.now, question.within),
        _judged(stood, coming, facts, question),
        facts,
        question.sync_error,
    )


def _is_stale(synced: Synced, question: Question) -> bool:
    return question.sync_error is not None or question.now - synced.as_of > question.old_after


def _standings(
    known: Iterable[Known], facts: AccountFacts, now: datetime
) -> list[tuple[Item, Standing]]:
    stood: list[tuple[Item, Standing]] = []
    uses_vod = False
    for one in known:
        found = standing(one.item, facts, now)
        stood.append((one.item, as_missing(found) if one.missing else found))
        uses_vod = uses_vod or one.item.kind in {"resource-plan", "sdk-license"}
    if uses_vod:
        stood.append((Vod(), standing(Vod(), facts, now)))
    return stood


def _judged(
    stood: list[tuple[Item, Standing]],
    coming: list[Due],
    facts: AccountFacts,
    question: Question,
) -> tuple[Seen, ...]:
    can_pay = payable(coming, facts.balance)
    by_instance = {due.instance_id: due.id for due in coming if due.instance_id}
    seen = []
    for item, found in stood:
        due_id = by_instance.get(item.instance_id, item.id)
        auto = _auto_renewal(item, found, can_pay, due_id)
        renews = (
            auto is not None
            and auto.payable is True
            and not (isinstance(item, License) and item.renewal_refused)
        )
        judged = severity(found, question.now, question.within, renews_itself=renews)
        seen.append(Seen(item, found, judged, auto))
    return tuple(sorted(seen, key=lambda one: one.order))


def _auto_renewal(
    item: Item, found: Standing, can_pay: dict[str, bool | None], due_id: str
) -> AutoRenewal | None:
    """Auto-renewal is tried up to the end and never after it: what has ended gets none."""
    months = getattr(item, "auto_renewal_months", None)
    if months is None:
        return None
    tried = found.state in {State.RUNNING, State.ACTIVE, State.UNBOUND, State.MISSING}
    return AutoRenewal(months, can_pay.get(due_id) if tried else False)
