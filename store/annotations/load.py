"""All annotations of an account, read at once: they are few."""

from __future__ import annotations

import sqlite3

from msgspec import Struct, field

from store.annotations.notes import ItemKey, Note, key_of, notes
from store.annotations.snoozes import Snooze, active_snoozes, snoozes
from store.items.assessment import Assessment
from store.items.overview import Overview
from store.models import Item
from store.rules.severity import Severity

_NO_NOTE = Note()


class Annotations(Struct, frozen=True):
    """Notes by item, and the snoozes in force at this instant."""

    notes: dict[ItemKey, Note] = field(default_factory=dict)
    snoozes: dict[ItemKey, Snooze] = field(default_factory=dict)
    snoozed: tuple[Assessment, ...] = ()
    """The snoozed items."""

    @property
    def hidden(self) -> list[Assessment]:
        """The snoozed items that need attention otherwise."""
        return [each for each in self.snoozed if each.severity is not Severity.OK]

    def note(self, item: Item) -> Note:
        """The item's note; empty where it has none."""
        return self.notes.get(key_of(item), _NO_NOTE)

    def snooze(self, item: Item) -> Snooze | None:
        """The snooze in force for the item, or None."""
        return self.snoozes.get(key_of(item))


def annotations_of(db: sqlite3.Connection, overview: Overview) -> Annotations:
    """The stored annotations of the account, at the overview's instant."""
    if overview.now is None:
        return Annotations()
    stored = snoozes(db, overview.account)
    assessments = [
        assessment
        for kind, item_id in stored
        if (assessment := overview.of_id(item_id)) is not None
        and assessment.item.kind.value == kind
    ]
    active = active_snoozes(stored, assessments, overview.now)
    snoozed = tuple(each for each in assessments if key_of(each.item) in active)
    return Annotations(notes(db, overview.account), active, snoozed)
