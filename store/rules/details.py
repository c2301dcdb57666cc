"""The effect of an item's details on its standing, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from store.i18n import N_
from store.models import DataError, Details
from store.rules.standing import Standing, State
from store.times import json_time

LIMITED = frozenset({"WaitForLimit", "BandwidthLimited"})
"""SubStatus values of items that are limited for lack of payment, or will be soon."""

_SERVING = frozenset({State.RUNNING, State.ACTIVE})
_NOT_BEFORE_END = N_("no time before its end")


def with_details(standing: Standing, details: Details, now: datetime) -> Standing:
    """The standing, with the effects of the details."""
    conflicts = _conflicts(standing, details, now)
    return replace(
        standing,
        ends_on_purpose=details.ends_on_purpose,
        data_errors=(*standing.data_errors, *details.errors, *conflicts),
    )


def _conflicts(standing: Standing, details: Details, now: datetime) -> Iterator[DataError]:
    """Values by which an item is not in service although its dates say that it is."""
    if standing.state not in _SERVING:
        return
    if details.status == "Expired":
        yield DataError("status", details.status, "Normal")
    if details.sub_status in LIMITED:
        yield DataError("sub_status", details.sub_status, "Normal")
    for field in ("stopped_at", "released_at"):
        at: datetime | None = getattr(details, field)
        if at is not None and at <= now:
            yield DataError(field, str(json_time(at)), _NOT_BEFORE_END)
