"""The IoT Platform instances, and whatever else has dates but no rules."""

from __future__ import annotations

from collections.abc import Iterator

from store.i18n import N_, _
from store.items.assessment import Assessment
from store.models import Kind
from tui.panes.annotations import with_own
from tui.panes.pane import Cell, Pane, Record
from tui.snapshot import Snapshot
from tui.text import labels
from tui.widgets.columns import Column

KINDS = frozenset({Kind.ENTERPRISE, Kind.PUBLIC_PREVIOUS, Kind.PUBLIC_NEW, Kind.OTHER, Kind.VOD})
FOREVER = float("inf")


def _records(snapshot: Snapshot) -> Iterator[Record]:
    for seen in snapshot.overview.items:
        if seen.item.kind in KINDS:
            yield record(seen, snapshot)


def record(seen: Assessment, snapshot: Snapshot) -> Record:
    """The instance as a row that can be searched and sorted."""
    item, now = seen.item, snapshot.overview.now
    if now is None:
        return Record(item.id, (Cell(labels.called(item)),), "unknown")
    found = Record(
        item.id,
        (
            Cell(labels.called(item)),
            Cell(item.instance_id or _("none")),
            Cell(_(labels.KINDS[item.kind])),
            Cell(item.region or ""),
            Cell(labels.state(seen)),
            ends(seen, snapshot),
            Cell(labels.then(seen)),
            Cell(labels.auto_renewal(seen)),
        ),
        labels.tone(seen),
    )
    return with_own(found, item, snapshot, told_in=6)


def ends(seen: Assessment, snapshot: Snapshot) -> Cell:
    """When it ends: for what has no end, what comes next."""
    moment = seen.item.ends_at or (seen.standing.next.at if seen.standing.next else None)
    if moment is None:
        return Cell("", FOREVER)
    return Cell(labels.instant(moment, snapshot.overview.now), moment.timestamp())


INSTANCES = Pane(
    "instances",
    N_("Instances"),
    (
        Column("name", N_("Name"), 14, weight=3, most=30),
        Column("instance_id", N_("Instance ID"), 16, weight=1, most=24, priority=2),
        Column("edition", N_("Edition"), 16, priority=5),
        Column("region", N_("Region"), 14, priority=6),
        Column("state", N_("State"), 9, toned=True),
        Column("ends", N_("Ends"), 23, priority=1),
        Column("then", N_("Then"), 22, weight=1, most=38, priority=3),
        Column("auto", N_("Auto-renewal"), 17, priority=4),
    ),
    _records,
    N_("No instances. Press s to sync."),
)
