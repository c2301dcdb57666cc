"""The open walk-throughs: where each of them stands."""

from __future__ import annotations

from collections.abc import Iterator

from store.annotations.notes import Note
from tui.panes.pane import Cell, Pane, Record
from tui.snapshot import Snapshot
from tui.text import _, labels, later
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
    later("Walk-throughs"),
    (
        Column("procedure", later("Procedure"), 20, weight=2, most=40),
        Column("item", later("For"), 14, weight=1, most=30),
        Column("place", later("Step"), 7),
        Column("step", later("What is next"), 18, weight=2, most=36, priority=1),
        Column("kept", later("Kept since"), 18, priority=2),
        Column("because", later("Because"), 14, weight=1, most=40, priority=3),
    ),
    _records,
    later("No open walk-through. Press w on an item to start one."),
    later("Walks"),
)
