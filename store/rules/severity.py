"""How badly an item needs a person. Unknown is never green."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from store.rules.standing import NOT_SERVING, Standing, State

CRITICAL_WITHIN = timedelta(days=7)
RELEASE_REMEMBERED = timedelta(days=30)
"""How long a released instance is still called critical."""

_UNTOLD = frozenset({State.MISSING, State.UNKNOWN})
_AILING = NOT_SERVING | {State.GRACE, State.AT_RISK}
_GOOD = frozenset({State.RUNNING, State.ACTIVE})
_PENDING, _RELEASED, _UNBOUND = State.PENDING, State.RELEASED, State.UNBOUND
"""Looked up once: every item asks for them, and an enumeration takes its time to answer."""


class Severity(StrEnum):
    """Worst first."""

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


def worst(severities: list[Severity]) -> Severity:
    """The worst of them; ok when there are none."""
    return min(severities, key=lambda severity: severity.rank, default=_OK)


def severity(
    standing: Standing, now: datetime, within: timedelta, *, renews_itself: bool
) -> Severity:
    """The severity of an item that stands like this.

    `renews_itself`: auto-renewal is on, is paid for by the forecast, and is still to come.
    """
    if standing.state in _UNTOLD:
        return _UNKNOWN
    settled = standing.covered or standing.ends_on_purpose or renews_itself
    settled = settled or standing.state is _PENDING
    found = _OK if settled else _by_dates(standing, now, within)
    nagging = standing.state is _UNBOUND or standing.data_errors
    return worst([found, _WARNING]) if nagging else found


def _by_dates(standing: Standing, now: datetime, within: timedelta) -> Severity:
    if standing.state is _RELEASED and standing.data_lost_at is not None:
        recent = now < standing.data_lost_at + RELEASE_REMEMBERED
        return _CRITICAL if recent else _OK
    if standing.state in _AILING:
        return _CRITICAL
    coming = standing.next
    if coming is None or coming.state in _GOOD:
        return _OK
    if coming.at <= now + CRITICAL_WITHIN:
        return _CRITICAL
    return _WARNING if coming.at <= now + within else _OK
