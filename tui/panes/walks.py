"""The open walk-throughs: where each of them stands."""

from __future__ import annotations

from collections.abc import Iterator

from store.annotations.notes import Note
from store.i18n import N_, _
from tui.panes.pane import Cell, Pane, Record
from tui.snapshot import Snapshot
from tui.text import labels
from tui.widgets.columns import Column


def _records(snapshot: Snapshot) -> Iterator[Record]:
    for line in snapshot.walks:
        walk = line.walk
        seen = snapshot.seen(walk.subject.item_id)
        place = _("{n} of {steps}").format(n=line.position, steps=line.steps)
        note = snapshot.own.note(seen.item) if seen else Note()
        yield Record(
            walk.id,
            (
                Cell(line.title),
                Cell(labels.called(seen.item) if seen else _("the account")),
                Cell(place, line.position / line.steps),
                Cell(line.step),
                Cell(labels.instant(walk.touched_at), walk.touched_at.timestamp()),
                Cell(walk.entered_because or ""),
            ),
            labels.tone(seen) if seen else "ok",
            note.owner,
            note.note,
        )


WALKS = Pane(
    "walks",
    N_("Walk-throughs"),
    (
        Column("procedure", N_("Procedure"), 20, weight=2, most=40),
        Column("item", N_("For"), 14, weight=1, most=30),
        Column("place", N_("Step"), 7),
        Column("step", N_("Next step"), 18, weight=2, most=36, priority=1),
        Column("kept", N_("Last change"), 18, priority=2),
        Column("because", N_("Reason"), 14, weight=1, most=40, priority=3),
    ),
    _records,
    N_("No open walk-throughs. Press w on an item to start one."),
    N_("Walks"),
)
