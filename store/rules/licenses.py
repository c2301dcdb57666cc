"""Player SDK and Short Video SDK licenses: LIC-1 to LIC-6."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from store.models import DataError, License
from store.rules.standing import Event, Standing, State


def license_standing(item: License, siblings: Iterable[License], now: datetime) -> Standing:
    """The standing of a license. `siblings` are the licenses of its application, which may include
    the license itself."""
    by_dates = _standing(item, siblings, now)
    if item.billed_ends_at is not None and item.auto_renewal_months is not None:
        return replace(by_dates, data_errors=(_AUTO_RENEWAL_OF_ANOTHER_DATE,))
    return by_dates


_AUTO_RENEWAL_OF_ANOTHER_DATE = DataError("auto_renewal", "on", "off", "LIC-5")
"""The console shows another end date than the billing, so auto-renewal would pay for the wrong one
(Alibaba Cloud: FAQ about licenses, 2026-01-21)."""


def _standing(item: License, siblings: Iterable[License], now: datetime) -> Standing:
    expired = now >= item.ends_at
    event = None if expired else Event(State.EXPIRED, item.ends_at, "LIC-6")
    if not item.application and not expired:
        return Standing(State.UNBOUND, ("LIC-6",), "P-LIC-REPLACE", event)
    covered = any(_takes_over(other, item, now) for other in siblings)
    clauses: tuple[str, ...] = ("LIC-2", "LIC-6")
    remedy = "P-LIC-REPLACE"
    if item.instance_id and not item.renewal_refused:
        clauses, remedy = ("LIC-1", "LIC-3", "LIC-4", "LIC-5", "LIC-6"), "P-LIC-RENEW"
    return Standing(
        State.EXPIRED if expired else State.ACTIVE,
        clauses,
        None if expired and covered else remedy,
        event,
        covered=covered,
    )


def _takes_over(other: License, item: License, now: datetime) -> bool:
    """Whether `other` lasts longer for the same application, with every SDK of `item`."""
    return (
        other.id != item.id
        and bool(item.application)
        and other.application == item.application
        and other.ends_at > max(item.ends_at, now)
        and set(other.sdks) >= set(item.sdks)
    )
