"""The SDK licenses, with the orders that they are renewed by."""

from __future__ import annotations

from collections.abc import Iterator

from store.i18n import N_, _
from store.models import License
from tui.panes.annotations import with_own
from tui.panes.instances import ends
from tui.panes.pane import Cell, Pane, Record
from tui.snapshot import Snapshot
from tui.text import labels
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
    N_("Licenses"),
    (
        Column("application", N_("Application"), 16, weight=2, most=30),
        Column("instance_id", N_("Instance ID"), 12, weight=1, most=24, priority=1),
        Column("sdks", N_("SDKs"), 16, weight=3, most=40, priority=3),
        Column("state", N_("State"), 9, toned=True),
        Column("ends", N_("Ends"), 23, priority=2),
        Column("do", N_("Do"), 8, priority=4),
        Column("auto", N_("Auto-renewal"), 17, priority=5),
        Column("package", N_("Package"), 16, weight=1, most=30, priority=6),
    ),
    _records,
    N_("No licenses. The cloud does not list them: add one with `renewal licenses add`."),
)
