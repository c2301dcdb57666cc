"""The SDK licenses, with the orders that they are renewed by."""

from __future__ import annotations

from collections.abc import Iterator

from store.models import License
from tui.panes.annotations import with_own
from tui.panes.instances import ends
from tui.panes.pane import Cell, Pane, Record
from tui.snapshot import Snapshot
from tui.text import _, labels, later
from tui.widgets.columns import Column


def _records(snapshot: Snapshot) -> Iterator[Record]:
    for seen in snapshot.undated:
        item = seen.item
        if isinstance(item, License):
            found = Record(
                item.id,
                (
                    Cell(item.application or _("not bound")),
                    Cell(item.instance_id or _("empty")),
                    Cell(", ".join(item.sdks)),
                    Cell(labels.state(seen)),
                    ends(seen, snapshot),
                    Cell(labels.remedy(seen)),
                    Cell(labels.auto_renewal(seen)),
                    Cell(item.package),
                ),
                labels.tone(seen),
            )
            yield with_own(found, item, snapshot, told_in=5)


LICENSES = Pane(
    "licenses",
    later("Licenses"),
    (
        Column("application", later("Application"), 16, weight=2, most=30),
        Column("instance_id", later("Instance ID"), 12, weight=1, most=24, priority=1),
        Column("sdks", later("SDKs"), 16, weight=3, most=40, priority=3),
        Column("state", later("State"), 9, toned=True),
        Column("ends", later("Ends"), 23, priority=2),
        Column("do", later("Do"), 8, priority=4),
        Column("auto", later("Auto-renewal"), 17, priority=5),
        Column("package", later("Package"), 16, weight=1, most=30, priority=6),
    ),
    _records,
    later("No licenses. The cloud lists none by itself: `renewal licenses add` keeps one."),
)
