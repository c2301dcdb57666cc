"""The pane of SDK licenses, grouped by the orders that renew them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from store import formats
from store.i18n import N_, _
from store.items.assessment import Assessment
from store.models import Kind, License
from tui.panes import filter_fields as fields
from tui.panes.annotations import filter_values, with_snooze
from tui.panes.instances import end_with_sort_key
from tui.panes.pane import Pane, sortable_row
from tui.snapshot import Snapshot
from tui.text import due_text, labels
from tui.widgets.columns import Column
from tui.widgets.rows import Row


def _rows(snapshot: Snapshot) -> Iterator[Row]:
    """The rows by deadline; all licenses of an order follow the first one that is due."""
    orders: dict[str, list[tuple[Assessment, License]]] = {}
    for assessment in snapshot.undated:
        item = assessment.item
        if isinstance(item, License):
            orders.setdefault(item.instance_id or f"license {item.id}", []).append(
                (assessment, item)
            )
    for licenses in orders.values():
        for assessment, item in licenses:
            yield _row(assessment, item, snapshot)


def _row(assessment: Assessment, item: License, snapshot: Snapshot) -> Row:
    plain_row = sortable_row(
        item.id,
        (
            (item.instance_id or _("empty"), item.instance_id),
            item.application or _("not bound"),
            formats.joined(sdk.removesuffix(" SDK") for sdk in item.sdks),
            labels.state(assessment),
            end_with_sort_key(assessment, snapshot),
            due_text.remedy(assessment, snapshot.overview),
            labels.auto_renewal(assessment),
            item.package,
        ),
        labels.tone(assessment),
        filter_values(assessment, snapshot),
    )
    grouped = replace(plain_row, group=item.instance_id)
    return with_snooze(grouped, item, snapshot, column=5)


LICENSES = Pane(
    id="licenses",
    title=N_("Licenses"),
    columns=(
        Column("instance_id", N_("Order"), 11, weight=1, max_width=24),
        Column("application", N_("Application"), 10, weight=2, max_width=30),
        Column("sdks", N_("SDKs"), 10, weight=4, max_width=40, priority=2),
        Column("state", N_("State"), 9, toned=True),
        Column("ends", N_("Ends"), 21, weight=2, max_width=22, priority=1),
        Column("do", N_("Do"), 8, priority=3),
        Column("auto", N_("Auto-renewal"), 17, priority=4),
        Column("package", N_("Package"), 24, weight=1, max_width=30, priority=5),
    ),
    fields=(
        fields.APPLICATION, fields.INSTANCE_ID, fields.STATE, fields.SEVERITY, fields.ENDS,
        fields.SDKS, fields.PACKAGE, fields.AUTO, fields.COST, fields.OWNER, fields.NOTE,
    ),
    rows=_rows,
    count=lambda snapshot: len(snapshot.undated_of({Kind.LICENSE})),
    empty=N_("No licenses. The cloud does not list them: add one with +, or import a file with I."),
)  # fmt: skip
