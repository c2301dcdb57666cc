"""The orders that the items of an account can be seen in, as stretches of a window."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from store.items.assessment import Assessment, Assessor
from store.items.index_ranges import Arm, Stretch
from store.items.pages import Window
from store.items.rows import words
from store.models import Item, Kind
from store.rules.iot import RELEASE_AFTER
from store.rules.severity import CRITICAL_WITHIN, Severity
from store.rules.standing import NOT_SERVING, REMEMBERED, State
from store.times import to_epoch

_ENTERPRISE, _OTHER = f"kind = '{Kind.ENTERPRISE}'", f"kind = '{Kind.OTHER}'"
_LISTED = "missing_since IS NULL"
RENEWS = (
    "(auto_renewal_months IS NOT NULL AND due_cents IS NOT NULL "
    "AND (ends_at, id) < (:paid_end, :paid_id))"
)

STOPPED = Arm(f"{_ENTERPRISE} AND {_LISTED}", after=":lost", until=":now")
RELEASED = Arm(_ENTERPRISE, until=":lost")
REMEMBERED_RELEASED = Arm(_ENTERPRISE, after=":remembered_lost", until=":lost")
EXPIRED = Arm(f"{_OTHER} AND {_LISTED}", until=":now")
REMEMBERED_EXPIRED = Arm(f"{_OTHER} AND {_LISTED}", after=":remembered", until=":now")
RUNNING = Arm(_LISTED, after=":now")
UNKNOWN = Arm(f"{_OTHER} AND {_LISTED} AND ends_at IS NULL")
MISSING = Arm(f"missing_since IS NOT NULL AND NOT ({RELEASED.condition})", "items_missing")
SOON = Arm(f"{_LISTED} AND NOT {RENEWS}", after=":now", until=":soon")
WITHIN = Arm(f"{_LISTED} AND NOT {RENEWS}", after=":soon", until=":within")

DEADLINES = (
    Stretch((STOPPED,), "ends_at", int(RELEASE_AFTER.total_seconds())),
    Stretch((RELEASED, EXPIRED)),
    Stretch((RUNNING,), "ends_at"),
    Stretch((UNKNOWN, MISSING)),
)
"""Not serving first, then what comes next, then by id."""

PRESSING = (
    DEADLINES[0],
    Stretch((REMEMBERED_RELEASED, REMEMBERED_EXPIRED)),
    Stretch((SOON,), "ends_at"),
    Stretch(),
    DEADLINES[3],
    Stretch(),
    Stretch(),
    Stretch((WITHIN,), "ends_at"),
    Stretch(),
)
"""What is not fine: the worst first, each severity in the order of its deadlines. A stretch
without arms has undated items alone."""
_FIRST_OF_WARNINGS = 5

LAST = 2**62
"""The key of what has no end, among ends."""

Key = Callable[[Assessment], tuple[int, Any]]


def window(
    db: sqlite3.Connection,
    account: str,
    judge: Assessor,
    stretches: Sequence[Stretch],
    undated: Sequence[tuple[tuple[int, Any], Assessment]],
) -> Window:
    """The window of that order, with these undated items at these keys."""
    placed = sorted(
        (((*key, seen.item.id, seen.item.kind.value), seen) for key, seen in undated),
        key=lambda one: one[0],
    )
    return Window(db, account, judge, stretches, placed, moments(judge))


def moments(judge: Assessor) -> dict[str, Any]:
    """The instants that the conditions refer to."""
    now, lost = judge.now, judge.now - RELEASE_AFTER
    return {
        "now": to_epoch(now),
        "lost": to_epoch(lost),
        "remembered": to_epoch(now - REMEMBERED),
        "remembered_lost": to_epoch(lost - REMEMBERED),
        "soon": to_epoch(now + CRITICAL_WITHIN),
        "within": to_epoch(now + max(judge.within, timedelta())),
        "paid_end": judge.paid_until[0],
        "paid_id": judge.paid_until[1],
    }


def seen_undated(judge: Assessor) -> list[Assessment]:
    """The items that are judged together."""
    return [judge.judged(item, found) for item, found in judge.undated]


def by_deadline(
    db: sqlite3.Connection,
    account: str,
    judge: Assessor,
    undated: Sequence[Assessment] | None = None,
) -> Window:
    """Every item, as `status` lists them; with only these undated ones, where some are given."""
    found = [
        (_deadline(seen), seen) for seen in (seen_undated(judge) if undated is None else undated)
    ]
    return window(db, account, judge, DEADLINES, found)


def pressing(db: sqlite3.Connection, account: str, judge: Assessor) -> Window:
    """Every item that is not fine, the most pressing first."""
    found = [(_pressing(s), s) for s in seen_undated(judge) if s.severity is not Severity.OK]
    return window(db, account, judge, PRESSING, found)


def _deadline(seen: Assessment) -> tuple[int, Any]:
    serving, coming = seen.standing.state not in NOT_SERVING, seen.standing.next
    number = 2 * serving + (coming is None)
    return number, to_epoch(coming.at) if coming else seen.item.id


def _pressing(seen: Assessment) -> tuple[int, Any]:
    number, key = _deadline(seen)
    if seen.severity is Severity.UNKNOWN:
        return 4, key
    return number + (_FIRST_OF_WARNINGS if seen.severity is Severity.WARNING else 0), key


STATES: dict[State, tuple[Arm, ...]] = {
    State.STOPPED: (STOPPED,),
    State.RELEASED: (RELEASED,),
    State.EXPIRED: (EXPIRED,),
    State.RUNNING: (RUNNING,),
    State.UNKNOWN: (UNKNOWN,),
    State.MISSING: (MISSING,),
}


def by_state(
    db: sqlite3.Connection,
    account: str,
    judge: Assessor,
    states: Sequence[State],
    undated: Sequence[Assessment],
) -> Window:
    """The items by their state, in this order of states, each by its end, else by its id."""
    ended = {State.STOPPED, State.RUNNING, State.RELEASED, State.EXPIRED}
    stretches = [
        Stretch(STATES.get(state, ()), "ends_at" if state in ended else "id") for state in states
    ]
    found = []
    for seen in undated:
        endless, key = _end(seen)
        state = seen.standing.state
        key = (LAST if endless else key) if state in ended else seen.item.id
        found.append(((states.index(state), key), seen))
    return window(db, account, judge, stretches, found)


def by_kind(
    db: sqlite3.Connection,
    account: str,
    judge: Assessor,
    kinds: Sequence[Kind],
    undated: Sequence[Assessment],
) -> Window:
    """The items by their kind, in this order of kinds, each by its id."""
    stretches = [Stretch((Arm(f"kind = '{kind}'", "items_by_id"),)) for kind in kinds]
    found = [((kinds.index(seen.item.kind), seen.item.id), seen) for seen in undated]
    return window(db, account, judge, stretches, found)


def by_column(
    db: sqlite3.Connection,
    account: str,
    judge: Assessor,
    column: str,
    undated: Sequence[Assessment],
) -> Window:
    """The items by one of `COLUMNS`."""
    stretches, key = COLUMNS[column]
    return window(db, account, judge, stretches, [(key(seen), seen) for seen in undated])


def _words(item: Item) -> str:
    return words(item.name, item.instance_id, item.region)


def _end(seen: Assessment) -> tuple[int, Any]:
    coming = seen.standing.next
    moment = seen.item.ends_at or (coming.at if coming else None)
    return (1, seen.item.id) if moment is None else (0, to_epoch(moment))


COLUMNS: dict[str, tuple[tuple[Stretch, ...], Key]] = {
    "name": (
        (Stretch((Arm("true", "items_by_words"),), "words"),),
        lambda seen: (0, _words(seen.item)),
    ),
    "id": ((Stretch((Arm("true", "items_by_id"),)),), lambda seen: (0, seen.item.id)),
    "region": (
        (
            Stretch((Arm("region IS NULL", "items_by_region"),)),
            Stretch((Arm("region IS NOT NULL", "items_by_region"),), "region"),
        ),
        lambda seen: (1, seen.item.region) if seen.item.region else (0, seen.item.id),
    ),
    "end": (
        (Stretch((Arm("ends_at IS NOT NULL"),), "ends_at"), Stretch((Arm("ends_at IS NULL"),))),
        _end,
    ),
    "lost": (
        (
            Stretch((Arm(_ENTERPRISE),), "ends_at"),
            Stretch((Arm(f"{_OTHER} AND ends_at IS NOT NULL"),), "ends_at"),
            Stretch((Arm(f"{_OTHER} AND ends_at IS NULL"),)),
        ),
        lambda seen: (2, seen.item.id),
    ),
    "auto": (
        (
            Stretch((Arm("auto_renewal_months IS NULL", "items_by_auto_renewal"),)),
            Stretch(
                (Arm("auto_renewal_months IS NOT NULL", "items_by_auto_renewal"),),
                "auto_renewal_months",
            ),
        ),
        lambda seen: (0, seen.item.id),
    ),
}
"""Column to its stretches, and where an undated item stands in them."""
