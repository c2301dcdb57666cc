"""The severity of an item: how urgently it needs attention. Unknown is never ok."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from store.rules.standing import NOT_SERVING, Standing, State

CRITICAL_WITHIN = timedelta(days=7)
"""An event within this time is critical."""

_NOT_KNOWN = frozenset({State.MISSING, State.UNKNOWN})
_FAILING = NOT_SERVING | {State.GRACE, State.OVERDUE, State.AT_RISK}
_SERVING = frozenset({State.RUNNING, State.ACTIVE})
_PENDING, _UNBOUND = State.PENDING, State.UNBOUND
"""Looked up once: every item needs them, and access to an enumeration is slow."""


class Severity(StrEnum):
    """Severities, worst first."""

    CRITICAL = "critical"
    UNKNOWN = "unknown"
    WARNING = "warning"
    OK = "ok"

    @property
    def rank(self) -> int:
        return _RANK[self]


_RANK = {severity: rank for rank, severity in enumerate(Severity)}
_CRITICAL, _UNKNOWN = Severity.CRITICAL, Severity.UNKNOWN
_WARNING, _OK = Severity.WARNING, Severity.OK


def worst_severity(severities: list[Severity]) -> Severity:
    """The worst of these severities; ok if there are none."""
    return min(severities, key=lambda severity: severity.rank, default=_OK)


def severity(
    standing: Standing, now: datetime, within: timedelta, *, renews_itself: bool
) -> Severity:
    """The severity of an item with this standing.

    `renews_itself`: auto-renewal is on, upcoming, and covered by the balance.
    """
    if standing.state in _NOT_KNOWN:
        return _UNKNOWN
    needs_nothing = standing.covered or standing.ends_on_purpose or renews_itself
    needs_nothing = needs_nothing or standing.state is _PENDING
    by_dates = _OK if needs_nothing else _severity_by_dates(standing, now, within)
    has_warning = standing.state is _UNBOUND or standing.runs_low or standing.data_errors
    return worst_severity([by_dates, _WARNING]) if has_warning else by_dates


def _severity_by_dates(standing: Standing, now: datetime, within: timedelta) -> Severity:
    if standing.critical_until is not None:
        return _CRITICAL if now < standing.critical_until else _OK
    if standing.state in _FAILING:
        return _CRITICAL
    event = standing.next
    if event is None or event.state in _SERVING:
        return _OK
    if event.at <= now + CRITICAL_WITHIN:
        return _CRITICAL
    return _WARNING if event.at <= now + within else _OK
