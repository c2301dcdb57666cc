"""Unbound licenses that can replace a license about to end (LIC-6)."""

from __future__ import annotations

from collections.abc import Iterable

from store.items.assessment import Assessment
from store.models import License
from store.rules.standing import State


def unbound_licenses(
    assessments: Iterable[Assessment], item: License, first: str = ""
) -> tuple[License, ...]:
    """The unbound licenses, the best replacement for `item` first: the one with the ID `first`,
    then those with all of its SDKs, each by latest end date."""
    unbound = [
        assessment.item
        for assessment in assessments
        if isinstance(assessment.item, License) and assessment.standing.state is State.UNBOUND
    ]
    needed = set(item.sdks)
    return tuple(
        sorted(
            unbound,
            key=lambda other: (
                other.id != first,
                not needed <= set(other.sdks),
                -other.ends_at.timestamp(),
                other.id,
            ),
        )
    )


def spare_licenses(item: License, unbound: Iterable[License]) -> tuple[License, ...]:
    """The licenses that can replace a bound one: those with all of its SDKs and a later end
    date."""
    if not item.application:
        return ()
    return tuple(
        other
        for other in unbound
        if set(item.sdks) <= set(other.sdks) and other.ends_at > item.ends_at
    )


def spare_for(assessment: Assessment, assessments: Iterable[Assessment]) -> License | None:
    """The unbound license to bind in place of one that cannot be renewed; None if there is none."""
    item = assessment.item
    if not isinstance(item, License) or assessment.standing.remedy != "P-LIC-REPLACE":
        return None
    return next(iter(spare_licenses(item, unbound_licenses(assessments, item))), None)
