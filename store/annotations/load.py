"""All that the person keeps of an account's items, read at once: it is little."""

from __future__ import annotations

import sqlite3

from msgspec import Struct, field

from store.annotations.notes import ItemKey, Note, key_of, notes
from store.annotations.snoozes import Snooze, asleep, snoozes
from store.items.assessment import Assessment
from store.items.overview import Items, Overview
from store.items.pages import Listing
from store.models import Item
from store.rules.severity import Severity

_NOTHING = Note()


class Own(Struct, frozen=True):
    """Notes by item, and the snoozes that hold at this instant."""

    notes: dict[ItemKey, Note] = field(default_factory=dict)
    asleep: dict[ItemKey, Snooze] = field(default_factory=dict)
    sleepers: tuple[Assessment, ...] = ()
    """The items that sleep."""

    @property
    def pressing(self) -> list[Assessment]:
        """Those of them that would be among what happens next."""
        return [one for one in self.sleepers if one.severity is not Severity.OK]

    def note(self, item: Item) -> Note:
        """What was noted of the item; an empty note where nothing was."""
        return self.notes.get(key_of(item), _NOTHING)

    def snooze(self, item: Item) -> Snooze | None:
        """The snooze that hides the item now."""
        return self.asleep.get(key_of(item))


def own_of(db: sqlite3.Connection, overview: Overview) -> Own:
    """What is kept of the account, and what of it holds at the overview's instant."""
    if overview.now is None:
        return Own()
    known = snoozes(db, overview.account)
    seen = [
        one
        for kind, item_id in known
        if (one := overview.of_id(item_id)) is not None and one.item.kind.value == kind
    ]
    sleeping = asleep(known, seen, overview.now)
    sleepers = tuple(one for one in seen if key_of(one.item) in sleeping)
    return Own(notes(db, overview.account), sleeping, sleepers)


def awake(items: Items, own: Own) -> Listing:
    """What needs attention and does not sleep, the most pressing first."""
    return items.pressing.without([key_of(item.item) for item in own.pressing])
