"""All annotations of an account, read at once, since there are few."""

from __future__ import annotations

import sqlite3

from msgspec import Struct, field

from store.annotations.notes import ItemKey, Note, item_key, load_notes
from store.annotations.snoozes import Snooze, active_snoozes, load_snoozes
from store.items.assessment import Assessment
from store.items.overview import Overview
from store.models import Item
from store.rules.severity import Severity

_NO_NOTE = Note()


class Annotations(Struct, frozen=True):
    """Notes and active snoozes, by item."""

    notes: dict[ItemKey, Note] = field(default_factory=dict)
    snoozes: dict[ItemKey, Snooze] = field(default_factory=dict)
    snoozed: tuple[Assessment, ...] = ()
    """The snoozed items."""

    @property
    def hidden(self) -> list[Assessment]:
        """The snoozed items that would need attention without their snooze."""
        return [assessment for assessment in self.snoozed if assessment.severity is not Severity.OK]

    def note(self, item: Item) -> Note:
        """The item's note; an empty one if it has none."""
        return self.notes.get(item_key(item), _NO_NOTE)

    def snooze(self, item: Item) -> Snooze | None:
        """The item's active snooze, or None."""
        return self.snoozes.get(item_key(item))


def load_annotations(db: sqlite3.Connection, overview: Overview) -> Annotations:
    """The stored annotations of the account, at the overview's instant."""
    if overview.now is None:
        return Annotations()
    stored = load_snoozes(db, overview.account)
    assessments = [
        assessment
        for kind, item_id in stored
        if (assessment := overview.of_id(item_id)) is not None
        and assessment.item.kind.value == kind
    ]
    active = active_snoozes(stored, assessments, overview.now)
    snoozed = tuple(assessment for assessment in assessments if item_key(assessment.item) in active)
    return Annotations(load_notes(db, overview.account), active, snoozed)
