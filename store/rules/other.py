"""Products without a rule: their dates are shown, their consequences are not guessed."""

from __future__ import annotations

from datetime import datetime

from store.models import Details, OtherItem
from store.rules.standing import LOSS_CRITICAL_FOR, Event, Standing, State

_NO_DETAILS = Details()


def other_standing(item: OtherItem, now: datetime) -> Standing:
    """The standing of another product: running until its end, then expired; unknown if its row
    cannot be read.

    Without an end date it is pending while being created, running if it is pay-as-you-go or never
    ends, and unknown otherwise. The loss of its data is known from the cloud only.
    """
    details = item.details or _NO_DETAILS
    if details.errors:
        return Standing(State.UNKNOWN, (), None)
    if item.ends_at is None:
        return Standing(_without_end(details), (), None)
    lost = details.released_at or details.release_expected_at
    if now < item.ends_at:
        event = Event(State.EXPIRED, item.ends_at, None)
        return Standing(State.RUNNING, (), None, event, lost)
    remembered = item.ends_at + LOSS_CRITICAL_FOR
    return Standing(State.EXPIRED, (), None, None, lost, critical_until=remembered)


def _without_end(details: Details) -> State:
    if details.status == "Creating":
        return State.PENDING
    is_endless = details.is_pay_as_you_go or details.never_ends
    return State.RUNNING if is_endless else State.UNKNOWN
