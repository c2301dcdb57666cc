"""The SDK licenses, with the orders that renew them."""

from __future__ import annotations

from collections.abc import Iterator

from store.i18n import N_, _
from store.models import License
from tui.panes import filter_fields as fields
from tui.panes.annotations import values_of, with_snooze
from tui.panes.instances import ends
from tui.panes.pane import Pane, row
from tui.snapshot import Snapshot
from tui.text import labels
from tui.widgets.columns import Column
from tui.widgets.rows import Row


def _rows(snapshot: Snapshot) -> Iterator[Row]:
    for assessment in snapshot.undated:
        item = assessment.item
        if isinstance(item, License):
            plain_row = row(
                item.id,
                (
                    item.application or _("not bound"),
                    item.instance_id or _("empty"),
                    ", ".join(item.sdks),
                    labels.state(assessment),
                    ends(assessment, snapshot),
                    labels.remedy(assessment),
                    labels.auto_renewal(assessment),
                    item.package,
                ),
                labels.tone(assessment),
                values_of(assessment, snapshot),
            )
            yield with_snooze(plain_row, item, snapshot, column=5)


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
    (
        fields.APPLICATION, fields.INSTANCE_ID, fields.STATE, fields.SEVERITY, fields.ENDS,
        fields.SDKS, fields.PACKAGE, fields.AUTO, fields.COST, fields.OWNER, fields.NOTE,
    ),
    _rows,
    N_("No licenses. The cloud does not list them: add one with `renewal licenses add`."),
)  # fmt: skip
