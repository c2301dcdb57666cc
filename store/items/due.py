"""Due items: those that a person has to act on, by urgency.

A loss of data sorts a day earlier than a stop at the same instant: a stopped service can be
restored, deleted data cannot.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from enum import IntEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from store.items.assessment import Assessment
from store.items.overview import Items
from store.items.pages import Listing
from store.items.sort_orders import (
    ENDING,
    EXPIRED_LATELY,
    MISSING,
    RELEASED_LATELY,
    SOON,
    STOPPED,
    UNKNOWN,
    WITHIN,
    IndexRange,
    Section,
    SortOrder,
    is_gone,
    of_kind,
)
from store.models import Kind, License
from store.rules.iot import RELEASE_AFTER
from store.rules.severity import Severity
from store.rules.standing import State
from store.times import to_epoch

LOSS_COUNTS_EARLIER = timedelta(days=1)


class Urgency(IntEnum):
    """The groups of due items, in the order of the list."""

    RESCUE = 0
    """Does not work now, stops, or loses data, and can still be saved."""
    DECIDE = 1
    """Needs money or a decision, while the service continues."""
    LOOK = 2
    """Cannot be assessed, or needs no action."""
    GONE = 3
    """Can no longer be saved."""


_DOWN = frozenset({State.STOPPED, State.OVERDUE, State.EXPIRED})
_UNCERTAIN = frozenset({State.UNKNOWN, State.MISSING, State.RESTORING})
_NOW = 0
"""The key of items that need action now: before every instant."""


def urgency(assessment: Assessment) -> Urgency:
    """The group of an item that needs attention."""
    item, standing = assessment.item, assessment.standing
    if is_gone(assessment):
        return Urgency.GONE
    if standing.state in _UNCERTAIN:
        return Urgency.LOOK
    if item.kind in {Kind.PLAN, Kind.VOD, Kind.OTHER} or standing.state is State.UNBOUND:
        return Urgency.DECIDE
    if standing.next is None and standing.state not in _DOWN:
        return Urgency.LOOK
    return Urgency.RESCUE


def due_position(assessment: Assessment) -> tuple[int, Any]:
    """The group of a due item, and its sort key within the group."""
    group, event = urgency(assessment), assessment.standing.next
    if group is Urgency.LOOK:
        return group, assessment.item.id
    if event is None:
        return group, _NOW
    is_loss = assessment.standing.data_lost_at == event.at
    return group, to_epoch(event.at - LOSS_COUNTS_EARLIER if is_loss else event.at)


_LOSS_SHIFT = int((RELEASE_AFTER - LOSS_COUNTS_EARLIER).total_seconds())
_INSTANCES, _OTHERS = of_kind(Kind.ENTERPRISE), of_kind(Kind.OTHER)


def _only(condition: str, *ranges: IndexRange) -> tuple[IndexRange, ...]:
    return tuple(replace(span, condition=f"{condition} AND {span.condition}") for span in ranges)


def _by_urgency(*ending: IndexRange) -> SortOrder:
    stopped = replace(STOPPED, shift=_LOSS_SHIFT)
    return SortOrder(
        (
            Section((stopped, *_only(_INSTANCES, *ending)), "ends_at"),
            Section(_only(_OTHERS, *ending), "ends_at"),
            Section((UNKNOWN, MISSING)),
        ),
        due_position,
    )


BY_URGENCY = _by_urgency(SOON, WITHIN)
"""Items that need attention and can be saved, the most urgent first."""
WITH_AUTO_RENEWALS = _by_urgency(ENDING)
"""`BY_URGENCY` with the items that auto-renewal will renew."""
GONE = SortOrder(
    (Section(), Section(), Section(), Section((RELEASED_LATELY, EXPIRED_LATELY), "ends_at")),
    due_position,
)
"""Items that were lost in the last 30 days."""


class DueItems(Struct, frozen=True):
    """The due items of an account."""

    listing: Listing
    gone: Listing


def due_items(items: Items) -> DueItems:
    """The items that need attention. Licenses of one order are one entry, since they are renewed
    together (LIC-3)."""
    pressing = [
        assessment for assessment in items.undated if assessment.severity is not Severity.OK
    ]
    gone = [assessment for assessment in pressing if urgency(assessment) is Urgency.GONE]
    return DueItems(items.in_order(BY_URGENCY, _savable(pressing)), items.in_order(GONE, gone))


def ending_items(items: Items) -> Listing:
    """The items that need attention and can be saved, and those that auto-renewal will renew within
    the assessor's horizon, the most urgent first. Licenses of one order are one entry."""
    ending = [
        assessment
        for assessment in items.undated
        if assessment.severity is not Severity.OK or _renews(assessment, items)
    ]
    return items.in_order(WITH_AUTO_RENEWALS, _savable(ending))


def _savable(assessments: Iterable[Assessment]) -> list[Assessment]:
    """The items that can still be saved, one for each license order."""
    return [
        assessment
        for assessment in _one_for_each_order(assessments)
        if urgency(assessment) is not Urgency.GONE
    ]


def _renews(assessment: Assessment, items: Items) -> bool:
    event, assessor = assessment.standing.next, items.assessor
    is_near = event is not None and event.at <= assessor.now + assessor.within
    return is_near and assessment.auto_renewal is not None and not assessment.standing.covered


def _one_for_each_order(assessments: Iterable[Assessment]) -> list[Assessment]:
    orders: dict[str, Assessment] = {}
    for assessment in assessments:
        item = assessment.item
        shared = item.instance_id if isinstance(item, License) else ""
        key = shared or f"{item.kind}:{item.id}"
        if key not in orders or due_position(assessment) < due_position(orders[key]):
            orders[key] = assessment
    return list(orders.values())
