"""The standing of an item at an instant: its state, its next event, its loss of data."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from store.models import DataError


class State(StrEnum):
    """The state of an item by its dates and the rules, not by the cloud's status."""

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


LOSS_CRITICAL_FOR = timedelta(days=30)
"""How long a final loss stays critical: of a released instance, or an ended product without a
rule."""

NOT_SERVING = frozenset(
    {State.STOPPED, State.RESTORING, State.RELEASED, State.EXPIRED, State.USED_UP}
)


class Event(Struct, frozen=True):
    """A future change of state, with its clause."""

    state: State
    at: datetime
    clause: str | None


class Standing(Struct, frozen=True):
    """The result of a rule for one item."""

    state: State
    clauses: tuple[str, ...]
    """The IDs of the clauses that apply."""
    remedy: str | None
    """The ID of the procedure that keeps the item; None if there is none."""
    next: Event | None = None
    data_lost_at: datetime | None = None
    """When its data is or was deleted; None if that is not known."""
    covered: bool = False
    """Whether another plan or license takes over, so that no action is needed."""
    data_errors: tuple[DataError, ...] = ()
    runs_low: bool = False
    """Whether little is left of a plan whose rate of use is unknown."""
    critical_until: datetime | None = None
    """Until when a final loss stays critical."""
    ends_on_purpose: bool = False
    """Whether it was set not to be renewed: its end raises no alarm."""
