"""Products that no rule covers: their dates are shown, their consequences not guessed."""

from __future__ import annotations

from datetime import datetime

from store.models import OtherItem
from store.rules.standing import Event, Standing, State


def other(item: OtherItem, now: datetime) -> Standing:
    """Running until its end, then expired; unknown when the cloud tells no end."""
    if item.ends_at is None:
        return Standing(State.UNKNOWN, (), None)
    if now >= item.ends_at:
        return Standing(State.EXPIRED, (), None)
    return Standing(State.RUNNING, (), None, Event(State.EXPIRED, item.ends_at, None))
