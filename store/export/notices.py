"""Notices to send: passed thresholds, losses, renewals, and shortfalls.

A notice keeps its key as long as its fact stays the same, so that it is sent once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from store.items.assessment import Assessment
from store.items.overview import Overview
from store.rules.severity import Severity
from store.rules.standing import Event, State
from store.times import BEIJING, to_epoch


class Reason(StrEnum):
    """The reason for a notice, the most urgent first."""

    LOST = "lost"
    CRITICAL = "critical"
    OWED = "owed"
    """The account itself is critical because of what it owes."""
    DUE = "due"
    UNKNOWN = "unknown"
    RENEWED = "renewed"
    SHORT = "short"
    SYNC_FAILED = "sync-failed"
    CLOCK = "clock"
    """The data is later than the clock."""


_URGENCY = {reason: rank for rank, reason in enumerate(Reason)}
_LOST = frozenset({State.RELEASED, State.EXPIRED})
_RECOVERING = frozenset({State.RUNNING, State.ACTIVE})


class Notice(Struct, frozen=True):
    """One fact about an item, or about the account if `assessment` is None."""

    reason: Reason
    key: str
    assessment: Assessment | None = None
    at: datetime | None = None
    """The time of the event, past or future."""

    @property
    def item_key(self) -> tuple[str, str]:
        """Kind and id of the item; empty texts for the account itself."""
        if self.assessment is None:
            return "", ""
        return self.assessment.item.kind.value, self.assessment.item.id

    @property
    def urgency(self) -> tuple[int, float]:
        """The sort key: the most urgent first."""
        return _URGENCY[self.reason], self.at.timestamp() if self.at else 0.0


class SentNotices(Struct, frozen=True):
    """The notices that were sent to an address about one item."""

    keys: frozenset[str]
    ends_at: datetime | None
    """The latest end date in them."""


def item_notices(
    assessments: Iterable[Assessment], now: datetime, thresholds: Sequence[int]
) -> Iterator[Notice]:
    """The notices of the items that need attention, at most one each."""
    for assessment in assessments:
        notice = _item_notice(assessment, now, thresholds)
        if notice is not None:
            yield notice


def _item_notice(assessment: Assessment, now: datetime, thresholds: Sequence[int]) -> Notice | None:
    standing, severity = assessment.standing, assessment.severity
    ends_at, event = assessment.item.ends_at, standing.next
    if standing.state in _LOST and severity is Severity.CRITICAL:
        at = standing.data_lost_at or ends_at
        return Notice(Reason.LOST, f"lost:{standing.state}:{_stamp(at)}", assessment, at)
    if severity is Severity.UNKNOWN:
        return Notice(Reason.UNKNOWN, f"unknown:{standing.state}", assessment)
    passed = _passed_threshold(event, now, thresholds)
    if severity in {Severity.CRITICAL, Severity.WARNING} and event is not None and passed:
        # The day on which a plan is used up moves with each sync; its end does not.
        moment = ends_at if event.state is State.USED_UP else event.at
        key = f"{event.state}:{_stamp(moment)}:{passed}"
        reason = Reason.CRITICAL if severity is Severity.CRITICAL else Reason.DUE
        return Notice(reason, key, assessment, event.at)
    if severity is Severity.CRITICAL:
        at = event.at if event else ends_at
        return Notice(
            Reason.CRITICAL, f"critical:{standing.state}:{_stamp(ends_at)}", assessment, at
        )
    return None


def _passed_threshold(event: Event | None, now: datetime, thresholds: Sequence[int]) -> int | None:
    """The smallest threshold in days within which the event is; None if there is none, or if the
    event is a recovery."""
    if event is None or event.state in _RECOVERING:
        return None
    within = [days for days in thresholds if event.at - now <= timedelta(days=days)]
    return min(within, default=None)


def _stamp(moment: datetime | None) -> str:
    return "" if moment is None else str(to_epoch(moment))


def renewal_notice(assessment: Assessment | None, reported: SentNotices) -> Notice | None:
    """A notice that an item now ends later than in the notices sent before; None if it does not."""
    if assessment is None or assessment.item.ends_at is None or reported.ends_at is None:
        return None
    serving = assessment.standing.state in _RECOVERING
    if not serving or assessment.item.ends_at <= reported.ends_at:
        return None
    ends_at = assessment.item.ends_at
    return Notice(Reason.RENEWED, f"renewed:{_stamp(ends_at)}", assessment, ends_at)


def owed_notice(overview: Overview) -> Notice | None:
    """A notice that the amount owed makes the account critical; sent once until it is paid."""
    if not overview.is_overdue or overview.balance is None:
        return None
    return Notice(Reason.OWED, Reason.OWED.value, None, overview.balance.overdue_since)


def shortage_notice(overview: Overview) -> Notice | None:
    """A notice of the first day on which the balance does not cover the dues, which is its key."""
    if overview.forecast is None or overview.forecast.short_from is None:
        return None
    at = overview.forecast.short_from
    return Notice(Reason.SHORT, f"short:{at.astimezone(BEIJING).date().isoformat()}", None, at)
