"""Annotations in an item's row: a mark while it is snoozed, and text for the filter."""

from __future__ import annotations

from msgspec.structs import replace

from store import formats
from store.i18n import _
from store.items.assessment import Assessment
from store.items.filters import FieldValue, field_values
from store.models import Item
from tui.snapshot import Snapshot
from tui.widgets.rows import Row

SNOOZED = "z"
"""The mark before the name of a snoozed item."""


def with_snooze(row: Row, item: Item, snapshot: Snapshot, column: int) -> Row:
    """The row of a snoozed item with the mark and, in `column`, the day on which the snooze ends;
    any other row as it is. Sort keys stay the same."""
    snooze = snapshot.annotations.snooze(item)
    if snooze is None:
        return row
    cells = list(row.cells)
    until = _("snoozed until {day}").format(day=formats.day(snooze.until))
    cells[column] = f"{until}; {cells[column]}" if cells[column] else until
    cells[0] = f"{SNOOZED} {cells[0]}"
    sort_keys = tuple(map(row.sort_key, range(len(row.cells))))
    return replace(row, cells=tuple(cells), sort_keys=sort_keys)


def filter_values(item: Assessment, snapshot: Snapshot) -> dict[str, FieldValue]:
    """The values of an item that a filter can refer to."""
    note = snapshot.annotations.note(item.item)
    return field_values(item, note.owner, note.note)
