"""How an item stands at an instant: its state, what comes next, what would be lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from store.models import DataError


class State(StrEnum):
    """What an item is in, by the dates and the rules, not by the cloud's own word."""

    RUNNING = "running"
    STOPPED = "stopped"
    RELEASED = "released"
    GRACE = "grace"
    OVERDUE = "overdue"
    RESTORING = "restoring"
    ACTIVE = "active"
    EXPIRED = "expired"
    UNBOUND = "unbound"
    USED_UP = "used-up"
    PENDING = "pending"
    AT_RISK = "at-risk"
    UNKNOWN = "unknown"
    MISSING = "missing"


REMEMBERED = timedelta(days=30)
"""How long what is gone for good is still called critical: a released instance, and an ended
product that no rule covers."""

NOT_SERVING = frozenset(
    {State.STOPPED, State.RESTORING, State.RELEASED, State.EXPIRED, State.USED_UP}
)


class Event(Struct, frozen=True):
    """What comes next: the state that the item goes into, when, and by which clause."""

    state: State
    at: datetime
    clause: str | None


class Standing(Struct, frozen=True):
    """The answer of a rule. `remedy` is the id of the procedure that would put it right."""

    state: State
    clauses: tuple[str, ...]
    remedy: str | None
    next: Event | None = None
    data_lost_at: datetime | None = None
    covered: bool = False
    """Whether another plan or license takes over, so that nothing needs to be done."""
    data_errors: tuple[DataError, ...] = ()
    runs_low: bool = False
    """Whether little is left of a plan, and nobody knows how fast it is used."""
    remembered_until: datetime | None = None
    """Until when what is gone for good is called critical."""
    ends_on_purpose: bool = False
    """Whether somebody set it not to be renewed: no alarm is raised for its end."""
