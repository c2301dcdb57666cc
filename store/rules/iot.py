"""IoT Platform instances: IOT-1 to IOT-10."""

from __future__ import annotations

from datetime import datetime, timedelta

from store.models import (
    Balance,
    DataError,
    Details,
    EnterpriseInstance,
    NewPublicInstance,
    PreviousPublicInstance,
)
from store.rules.details import LIMITED
from store.rules.standing import LOSS_CRITICAL_FOR, Event, Standing, State

RELEASE_AFTER = timedelta(days=15)
"""From the end of an Enterprise Edition instance to its release (IOT-4)."""

GRACE = timedelta(hours=24)
"""How long an overdue public instance continues to run (IOT-7)."""

NEW_PUBLIC_REGION = "cn-shanghai"
"""The region of public instances of the new version (IOT-9)."""

NEWER_PUBLIC_REGIONS = frozenset(
    {"ap-southeast-1", "ap-northeast-1", "us-west-1", "us-east-1", "eu-central-1"}
)
"""Further regions in which a newer page lists them as free (Alibaba Cloud: Billing overview of IoT
Platform). The documents disagree, so an instance there is not a data error."""

_RUNNING, _STOPPED, _RELEASED = State.RUNNING, State.STOPPED, State.RELEASED
"""Looked up once, since access to an enumeration is slow and this is the most frequent kind."""


def enterprise_standing(item: EnterpriseInstance, now: datetime) -> Standing:
    """The standing of an Enterprise Edition instance: running until its end, then stopped, released
    15 days later; a trial is released at its end."""
    released_at = item.ends_at + RELEASE_AFTER
    if item.details is not None:
        released_at = _release(item.ends_at, item.details, now)
    if now >= released_at:
        return Standing(
            _RELEASED,
            ("IOT-4",),
            None,
            data_lost_at=released_at,
            critical_until=released_at + LOSS_CRITICAL_FOR,
        )
    if now >= item.ends_at:
        state, event = _STOPPED, Event(_RELEASED, released_at, "IOT-4")
    elif released_at == item.ends_at:
        state, event = _RUNNING, Event(_RELEASED, released_at, "IOT-4")
    else:
        state, event = _RUNNING, Event(_STOPPED, item.ends_at, "IOT-3")
    return Standing(
        state, ("IOT-3", "IOT-4", "IOT-5"), "P-IOT-RENEW", event, data_lost_at=released_at
    )


def _release(ends_at: datetime, details: Details, now: datetime) -> datetime:
    """The instant of release of an instance with this end date, past or future.

    The cloud's release time takes precedence over the rule if the release has happened already, or
    comes sooner. A time before the end date, or one that has passed without a release, is ignored.
    """
    by_rule = ends_at + RELEASE_AFTER
    if details.is_trial:
        return ends_at
    if details.released_at is not None and ends_at <= details.released_at <= now:
        return details.released_at
    expected = details.released_at or details.release_expected_at
    if expected is not None and ends_at <= expected and expected > now:
        return min(expected, by_rule)
    return by_rule


def previous_public_standing(
    item: PreviousPublicInstance, balance: Balance, now: datetime
) -> Standing:
    """The standing of a previous-version public instance, which depends on its bills.

    If something is owed since an unknown time it is overdue: it stops within 24 hours, or has
    already stopped.
    """
    clauses = ("IOT-2", "IOT-7", "IOT-8")
    if item.overdue_since is not None:
        stops_at = item.overdue_since + GRACE
        if now >= stops_at:
            return Standing(State.STOPPED, clauses, "P-IOT-SETTLE")
        return Standing(
            State.GRACE, clauses, "P-IOT-SETTLE", Event(State.STOPPED, stops_at, "IOT-8")
        )
    limited = item.details is not None and item.details.sub_status in LIMITED
    if limited or balance.is_owed_since_unknown:
        return Standing(State.OVERDUE, clauses, "P-IOT-SETTLE")
    if item.restored_at is not None and now < item.restored_at:
        event = Event(State.RUNNING, item.restored_at, "IOT-2")
        return Standing(State.RESTORING, ("IOT-2",), None, event)
    return Standing(State.RUNNING, ("IOT-1", "IOT-6"), "P-TOPUP")


def new_public_standing(item: NewPublicInstance) -> Standing:
    """The standing of a new-version public instance: free, without an end date, and available in
    some regions only."""
    errors = (
        ()
        if item.region == NEW_PUBLIC_REGION or item.region in NEWER_PUBLIC_REGIONS
        else (DataError("region", item.region, NEW_PUBLIC_REGION, "IOT-9"),)
    )
    return Standing(State.RUNNING, ("IOT-9", "IOT-10"), "P-IOT-UPGRADE", data_errors=errors)
