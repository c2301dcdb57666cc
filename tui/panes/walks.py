"""The pane of open walk-throughs, each with its current step."""

from __future__ import annotations

from collections.abc import Iterator

from store import formats
from store.i18n import N_, _
from store.items.filters import TEXT
from store.items.names import item_name
from store.items.rows import normalized
from tui.panes import filter_fields as fields
from tui.panes.annotations import filter_values
from tui.panes.pane import Pane, sortable_row
from tui.snapshot import Snapshot
from tui.text import labels
from tui.widgets.columns import Column
from tui.widgets.rows import Row


def _rows(snapshot: Snapshot) -> Iterator[Row]:
    now = snapshot.overview.now
    for line in snapshot.walks:
        walk = line.walk
        assessment = snapshot.overview.of_id(walk.subject.item_id)
        values = {} if assessment is None else filter_values(assessment, snapshot)
        searched = [line.title, line.step, walk.entered_because or "", str(values.get(TEXT, ""))]
        values |= {
            TEXT: "\n".join(map(normalized, searched)),
            "procedure": normalized(line.title),
            "step": normalized(line.step),
        }
        position = _("{n} of {steps}").format(n=line.position, steps=line.steps)
        yield sortable_row(
            walk.id,
            (
                line.title,
                item_name(assessment.item) if assessment else _("the account"),
                (position, line.position / line.steps),
                line.step,
                (
                    formats.instant(walk.touched_at, now),
                    walk.touched_at.timestamp(),
                ),
                walk.entered_because or "",
            ),
            labels.tone(assessment) if assessment else "ok",
            values,
        )


WALKS = Pane(
    id="walks",
    title=N_("Walk-throughs"),
    columns=(
        Column("procedure", N_("Procedure"), 20, weight=2, max_width=40),
        Column("item", N_("For"), 14, weight=1, max_width=30),
        Column("place", N_("Step"), 7),
        Column("step", N_("Next step"), 18, weight=2, max_width=36, priority=1),
        Column("kept", N_("Last change"), 18, priority=2),
        Column("because", N_("Reason"), 14, weight=1, max_width=40, priority=3),
    ),
    fields=(
        fields.PROCEDURE, fields.STEP, fields.NAME, fields.INSTANCE_ID, fields.STATE,
        fields.SEVERITY, fields.ENDS, fields.OWNER, fields.NOTE,
    ),
    rows=_rows,
    count=lambda snapshot: len(snapshot.walks),
    empty=N_("No open walk-throughs. Press w on an item to start one."),
    short=N_("Walks"),
    keys=("open", "close"),
)  # fmt: skip
