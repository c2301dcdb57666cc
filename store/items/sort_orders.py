"""Sort orders for the items of an account.

A sort order is a sequence of sections. Within a section, dated items are sorted by a column of an
index, then by id and kind. The section and key of an undated item are computed from its assessment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from store.items.assessment import Assessment, Assessor
from store.items.rows import search_text
from store.models import Kind
from store.rules.iot import RELEASE_AFTER
from store.rules.severity import CRITICAL_WITHIN, Severity
from store.rules.standing import LOSS_CRITICAL_FOR, NOT_SERVING, State
from store.times import to_epoch


class IndexRange(Struct, frozen=True):
    """An SQL condition on dated items, and the index by which they are read."""

    condition: str
    index: str = "items_by_end"
    shift: int = 0
    """Seconds added to the section's key, to compare it with those of other ranges."""


class Section(Struct, frozen=True):
    """Dated items sorted by a key, then by id and kind. The ranges do not overlap."""

    ranges: tuple[IndexRange, ...] = ()
    key: str = "id"
    """A column of `items`."""

    def position_key(self, along: IndexRange) -> str:
        """The SQL expression for the key in the position of a range's items."""
        return f"{self.key} + {along.shift}" if along.shift else self.key


class SortOrder(Struct, frozen=True):
    """The sections of an order, and a function for the section and key of an undated item."""

    sections: tuple[Section, ...]
    position_of: Callable[[Assessment], tuple[int, Any]]


def condition_values(assessor: Assessor) -> dict[str, Any]:
    """The values bound to the conditions: instants in seconds since 1970, and an id."""
    now, lost = assessor.now, assessor.now - RELEASE_AFTER
    return {
        "now": to_epoch(now),
        "lost": to_epoch(lost),
        "remembered": to_epoch(now - LOSS_CRITICAL_FOR),
        "remembered_lost": to_epoch(lost - LOSS_CRITICAL_FOR),
        "soon": to_epoch(now + CRITICAL_WITHIN),
        "within": to_epoch(now + max(assessor.within, timedelta())),
        "paid_end": assessor.first_uncovered[0],
        "paid_id": assessor.first_uncovered[1],
    }


def of_kind(kind: Kind) -> str:
    """The SQL condition that an item is of this kind."""
    return f"kind = '{kind}'"


_ENTERPRISE, _OTHER = of_kind(Kind.ENTERPRISE), of_kind(Kind.OTHER)
_LISTED = "missing_since IS NULL"
_RENEWS = (
    "(auto_renewal_months IS NOT NULL AND due_cents IS NOT NULL "
    "AND (ends_at, id) < (:paid_end, :paid_id))"
)

STOPPED = IndexRange(f"{_ENTERPRISE} AND {_LISTED} AND ends_at > :lost AND ends_at <= :now")
_RELEASED = IndexRange(f"{_ENTERPRISE} AND ends_at <= :lost")
RELEASED_LATELY = IndexRange(f"{_ENTERPRISE} AND ends_at > :remembered_lost AND ends_at <= :lost")
_EXPIRED = IndexRange(f"{_OTHER} AND {_LISTED} AND ends_at <= :now")
EXPIRED_LATELY = IndexRange(f"{_OTHER} AND {_LISTED} AND ends_at > :remembered AND ends_at <= :now")
_RUNNING = IndexRange(f"{_LISTED} AND ends_at > :now")
UNKNOWN = IndexRange(f"{_OTHER} AND {_LISTED} AND ends_at IS NULL")
MISSING = IndexRange(f"missing_since IS NOT NULL AND NOT ({_RELEASED.condition})", "items_missing")
SOON = IndexRange(f"{_LISTED} AND ends_at > :now AND ends_at <= :soon AND NOT {_RENEWS}")
WITHIN = IndexRange(f"{_LISTED} AND ends_at > :soon AND ends_at <= :within AND NOT {_RENEWS}")
ENDING = IndexRange(f"{_LISTED} AND ends_at > :now AND ends_at <= :within")

STATES: Mapping[State, IndexRange] = {
    State.STOPPED: STOPPED,
    State.RELEASED: _RELEASED,
    State.EXPIRED: _EXPIRED,
    State.RUNNING: _RUNNING,
    State.UNKNOWN: UNKNOWN,
    State.MISSING: MISSING,
}
"""State to the range of dated items in it."""
SEVERITIES: Mapping[Severity, tuple[IndexRange, ...]] = {
    Severity.CRITICAL: (STOPPED, RELEASED_LATELY, EXPIRED_LATELY, SOON),
    Severity.UNKNOWN: (UNKNOWN, MISSING),
    Severity.WARNING: (WITHIN,),
}
"""Severity to the ranges of dated items that have it; all others are ok."""

_DEADLINES = (
    Section((replace(STOPPED, shift=int(RELEASE_AFTER.total_seconds())),), "ends_at"),
    Section((_RELEASED, _EXPIRED)),
    Section((_RUNNING,), "ends_at"),
    Section((UNKNOWN, MISSING)),
)
_ATTENTION = (
    _DEADLINES[0],
    Section((RELEASED_LATELY, EXPIRED_LATELY)),
    Section((SOON,), "ends_at"),
    Section(),
    _DEADLINES[3],
    Section(),
    Section(),
    Section((WITHIN,), "ends_at"),
    Section(),
)
_UNKNOWN_SECTION, _FIRST_OF_WARNINGS = 4, 5
_GONE_SECTION = len(_DEADLINES)


def is_gone(assessment: Assessment) -> bool:
    """Whether the item is lost for good: released, or of no known kind and expired."""
    state = assessment.standing.state
    return state is State.RELEASED or (
        state is State.EXPIRED and assessment.item.kind is Kind.OTHER
    )


def _by_deadline(assessment: Assessment) -> tuple[int, Any]:
    event = assessment.standing.next
    section = 2 * (assessment.standing.state not in NOT_SERVING) + (event is None)
    return section, to_epoch(event.at) if event else assessment.item.id


def _by_attention(assessment: Assessment) -> tuple[int, Any]:
    section, key = _by_deadline(assessment)
    if assessment.severity is Severity.UNKNOWN:
        return _UNKNOWN_SECTION, key
    return section + (_FIRST_OF_WARNINGS if assessment.severity is Severity.WARNING else 0), key


BY_DEADLINE = SortOrder(_DEADLINES, _by_deadline)
"""Items not in service first, then by next event, then by id."""
GONE_LAST = SortOrder(
    (_DEADLINES[0], Section(), *_DEADLINES[2:], _DEADLINES[1]),
    lambda assessment: (
        (_GONE_SECTION, assessment.item.id) if is_gone(assessment) else _by_deadline(assessment)
    ),
)
"""The same, but items that are lost for good last."""
BY_ATTENTION = SortOrder(_ATTENTION, _by_attention)
"""Only items that need attention: the worst severity first, each severity by deadline."""

_NO_END = 2**62
"""The key of an item without an end."""


def by_state(states: Sequence[State]) -> SortOrder:
    """By state in this order, then by end date, or by id without one."""
    ended = {State.STOPPED, State.RUNNING, State.RELEASED, State.EXPIRED}

    def section(state: State) -> Section:
        ranges = (STATES[state],) if state in STATES else ()
        return Section(ranges, "ends_at" if state in ended else "id")

    def position_of(assessment: Assessment) -> tuple[int, Any]:
        state, (is_endless, key) = assessment.standing.state, _by_end(assessment)
        number = states.index(state)
        if state in ended:
            return number, _NO_END if is_endless else key
        return number, assessment.item.id

    return SortOrder(tuple(map(section, states)), position_of)


def by_kind(kinds: Sequence[Kind]) -> SortOrder:
    """By kind in this order, then by id."""
    ranges = (IndexRange(f"kind = '{kind}'", "items_by_id") for kind in kinds)
    sections = tuple(Section((index_range,)) for index_range in ranges)
    return SortOrder(
        sections, lambda assessment: (kinds.index(assessment.item.kind), assessment.item.id)
    )


def _by_end(assessment: Assessment) -> tuple[int, Any]:
    event = assessment.standing.next
    end = assessment.item.ends_at or (event.at if event else None)
    return (1, assessment.item.id) if end is None else (0, to_epoch(end))


def _by_loss(assessment: Assessment) -> tuple[int, Any]:
    if assessment.item.ends_at is None:
        return 2, assessment.item.id
    return int(assessment.item.kind is not Kind.ENTERPRISE), to_epoch(assessment.item.ends_at)


def _by_auto_renewal(assessment: Assessment) -> tuple[int, Any]:
    months = assessment.auto_renewal.months if assessment.auto_renewal else None
    return (0, assessment.item.id) if months is None else (1, months)


def _along(column: str, index: str) -> tuple[Section, Section]:
    """A section of the items without a value in the column, and one of the others sorted by it."""
    return (
        Section((IndexRange(f"{column} IS NULL", index),)),
        Section((IndexRange(f"{column} IS NOT NULL", index),), column),
    )


COLUMNS: Mapping[str, SortOrder] = {
    "name": SortOrder(
        (Section((IndexRange("true", "items_by_text"),), "search_text"),),
        lambda assessment: (0, search_text(assessment.item)),
    ),
    "id": SortOrder(
        (Section((IndexRange("true", "items_by_id"),)),), lambda assessment: (0, assessment.item.id)
    ),
    "region": SortOrder(
        _along("region", "items_by_region"),
        lambda assessment: (
            (1, assessment.item.region) if assessment.item.region else (0, assessment.item.id)
        ),
    ),
    "ends": SortOrder(_along("ends_at", "items_by_end")[::-1], _by_end),
    "lost": SortOrder(
        (
            Section((IndexRange(_ENTERPRISE),), "ends_at"),
            Section((IndexRange(f"{_OTHER} AND ends_at IS NOT NULL"),), "ends_at"),
            Section((IndexRange(f"{_OTHER} AND ends_at IS NULL"),)),
        ),
        _by_loss,
    ),
    "auto": SortOrder(_along("auto_renewal_months", "items_by_auto_renewal"), _by_auto_renewal),
}
"""Column to its order."""
