"""IoT Platform instances: IOT-1 to IOT-10."""

from __future__ import annotations

from datetime import datetime, timedelta

from store.models import DataError, EnterpriseInstance, NewPublicInstance, PreviousPublicInstance
from store.rules.standing import Event, Standing, State

RELEASE_AFTER = timedelta(days=15)
"""From the end of an Enterprise Edition instance to its release (IOT-4)."""

GRACE = timedelta(hours=24)
"""How long an overdue public instance goes on (IOT-7)."""

RESTORED_WITHIN = timedelta(minutes=30)
"""From the settling to the service being back (IOT-2)."""

ONLY_REGION = "cn-shanghai"
"""Where public instances of the new version exist (IOT-9)."""


_RUNNING, _STOPPED, _RELEASED = State.RUNNING, State.STOPPED, State.RELEASED
"""Looked up once, for the kind of item of which there are most."""


def enterprise(item: EnterpriseInstance, now: datetime) -> Standing:
    """An Enterprise Edition instance: running, stopped from its end, released 15 days later."""
    released_at = item.ends_at + RELEASE_AFTER
    if now >= released_at:
        return Standing(_RELEASED, ("IOT-4",), None, data_lost_at=released_at)
    if now >= item.ends_at:
        state, coming = _STOPPED, Event(_RELEASED, released_at, "IOT-4")
    else:
        state, coming = _RUNNING, Event(_STOPPED, item.ends_at, "IOT-3")
    return Standing(
        state, ("IOT-3", "IOT-4", "IOT-5"), "P-IOT-RENEW", coming, data_lost_at=released_at
    )


def previous_public(item: PreviousPublicInstance, now: datetime) -> Standing:
    """A public instance of the previous version: lives by its bills."""
    if item.overdue_since is not None:
        clauses = ("IOT-2", "IOT-7", "IOT-8")
        stops_at = item.overdue_since + GRACE
        if now >= stops_at:
            return Standing(State.STOPPED, clauses, "P-IOT-SETTLE")
        coming = Event(State.STOPPED, stops_at, "IOT-8")
        return Standing(State.GRACE, clauses, "P-IOT-SETTLE", coming)
    if item.restored_at is not None and now < item.restored_at:
        coming = Event(State.RUNNING, item.restored_at, "IOT-2")
        return Standing(State.RESTORING, ("IOT-2",), None, coming)
    return Standing(State.RUNNING, ("IOT-1", "IOT-6"), "P-TOPUP")


def new_public(item: NewPublicInstance) -> Standing:
    """A public instance of the new version: free, without an end, in one region only."""
    errors = (
        ()
        if item.region == ONLY_REGION
        else (DataError("region", item.region, ONLY_REGION, "IOT-9"),)
    )
    return Standing(State.RUNNING, ("IOT-9", "IOT-10"), "P-IOT-UPGRADE", data_errors=errors)
