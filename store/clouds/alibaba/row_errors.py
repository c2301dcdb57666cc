"""Reading one row of a list: an unreadable value is a data error of that row only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from store.clouds.alibaba.fields import instant, text
from store.errors import Unreachable
from store.i18n import N_
from store.models import DataError

A_TIME = N_("a time such as 2026-12-01T16:00:00Z")
AN_ID = N_("an ID")
AN_OBJECT = N_("an object")
_MOST_SHOWN = 60


class RowErrors:
    """The unreadable values of one row."""

    def __init__(self) -> None:
        self.errors: list[DataError] = []

    def add(self, field: str, value: object, expected: str) -> None:
        """Record that the field, by its name in the item, has an impossible value."""
        self.errors.append(DataError(field, short_value(value), expected))

    def instant(self, value: object, field: str) -> datetime | None:
        """The instant of the value; None if there is none, for "never", and for an unreadable
        one."""
        try:
            return instant(value, field)
        except Unreachable:
            self.add(field, value, A_TIME)
            return None

    def item_id(self, value: object, stable_values: Iterable[object]) -> str:
        """The ID; if it is unreadable, a made-up ID, derived from values of the row that do not
        change."""
        item_id = text(value)
        if item_id:
            return item_id
        if not self.errors:
            self.add("id", value, AN_ID)
        return (
            f"no-id:{sha256(json.dumps([*stable_values], default=str).encode()).hexdigest()[:12]}"
        )


def short_value(value: object) -> str:
    """A value of the cloud, shortened for a data error."""
    if value is None:
        return N_("missing")
    written = value if isinstance(value, str) else repr(value)
    written = text(written[:_MOST_SHOWN]) + ("…" if len(written) > _MOST_SHOWN else "")
    return written or '""'


def distinct_id(item_id: str, taken: set[str]) -> str:
    """The ID, with a number appended if it is taken; the result is added to `taken`."""
    number, free_id = 1, item_id
    while free_id in taken:
        number += 1
        free_id = f"{item_id}-{number}"
    taken.add(free_id)
    return free_id
