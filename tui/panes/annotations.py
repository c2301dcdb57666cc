"""What a person keeps of an item, in its row: marked while it is snoozed, found by its note."""

from __future__ import annotations

from msgspec.structs import replace

from store import formats
from store.i18n import _
from store.items.assessment import Assessment
from store.items.search import FieldValue, field_values
from store.models import Item
from tui.snapshot import Snapshot
from tui.widgets.rows import Row

SNOOZED = "z"
"""What stands before the name of an item that is snoozed."""


def with_snooze(row: Row, item: Item, snapshot: Snapshot, column: int) -> Row:
    """The row with the mark and, in that column, with the day until which the item is snoozed.
    It is sorted as before."""
    snooze = snapshot.annotations.snooze(item)
    if snooze is None:
        return row
    cells = list(row.cells)
    until = _("snoozed until {day}").format(day=formats.day(snooze.until))
    cells[column] = f"{until}; {cells[column]}" if cells[column] else until
    cells[0] = f"{SNOOZED} {cells[0]}"
    sort_keys = tuple(map(row.sort_key, range(len(row.cells))))
    return replace(row, cells=tuple(cells), sort_keys=sort_keys)


def values_of(item: Assessment, snapshot: Snapshot) -> dict[str, FieldValue]:
    """What a filter asks of an item."""
    note = snapshot.annotations.note(item.item)
    return field_values(item, note.owner, note.note)
