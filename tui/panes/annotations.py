"""What the person keeps of an item, in its row: found by its note, and marked while it sleeps."""

# ruff: noqa: S608 - names and conditions are our own, values are bound

from __future__ import annotations

import json

from msgspec.structs import replace

from store.annotations.notes import ItemKey, Note
from store.annotations.snoozes import Snooze
from store.i18n import _
from store.items.index_ranges import Arm, Sign
from store.models import Item
from tui.panes.filter_query import NOTE, OWNER, Term
from tui.panes.pane import Cell, Record
from tui.snapshot import Snapshot
from tui.text import labels

SLEEPS = "z"


def with_own(record: Record, item: Item, snapshot: Snapshot, *, told_in: int) -> Record:
    """The record with owner and note; of an item that sleeps, the first cell has the sign and
    the cell `told_in` the day. It is sorted and judged as before."""
    note, snooze = snapshot.own.note(item), snapshot.own.snooze(item)
    record = replace(record, owner=note.owner, note=note.note)
    if snooze is None:
        return record
    cells = list(record.cells)
    first, told = cells[0], cells[told_in]
    until = _until(snooze)
    cells[told_in] = Cell(f"{until}; {told.text}" if told.text else until, told.sort_key)
    cells[0] = Cell(f"{SLEEPS} {first.text}", first.sort_key)
    return replace(record, cells=tuple(cells))


def _until(snooze: Snooze) -> str:
    return _("snoozed until {day}").format(day=labels.day(snooze.until))


def own_signs(snapshot: Snapshot, term: Term, name: str) -> tuple[list[Sign], dict[str, str]]:
    """The sign for items of which something is kept that has the word, if there are any, and
    the values that it refers to by `name`."""
    own = snapshot.own
    found = [
        key
        for key in own.notes.keys() | own.asleep.keys()
        if term.word in _kept(own.notes.get(key, Note()), own.asleep.get(key), term.column)
    ]
    return _signs(found, name) if found else ([], {})


def _kept(note: Note, snooze: Snooze | None, column: str) -> str:
    texts = {OWNER: note.owner, NOTE: note.note}
    if snooze is not None:
        texts |= {"name": SLEEPS, "then": _until(snooze)}
    asked = [text for key, text in texts.items() if column in {"", key}]
    return "\n".join(asked).casefold()


def _signs(keys: list[ItemKey], name: str) -> tuple[list[Sign], dict[str, str]]:
    ids = f"id IN (SELECT value FROM json_each(:{name}_ids))"
    both = f"(kind || ':' || id) IN (SELECT value FROM json_each(:{name}))"
    values = {
        name: json.dumps([f"{kind}:{item_id}" for kind, item_id in keys]),
        f"{name}_ids": json.dumps([item_id for _kind, item_id in keys]),
    }
    return [Sign(Arm(f"{ids} AND {both}", "items_by_id"))], values
