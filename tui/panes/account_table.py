"""The tables of the account's page: aligned amounts, in one line or two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from store.sanitize import plain
from tui.text.cells import cells, fit
from tui.text.wrapping import wrap_text

MIN_DESCRIPTION = 18
"""Cells of a description; an entry with less room for it takes two lines."""
GAP = 2


class TableEntry(Struct, frozen=True):
    """One line of a section's table."""

    when: str
    what: str
    amount: str
    note: str = ""
    is_bad: bool = False
    """Whether the amount is owed or missing."""


def table_lines(entries: Sequence[TableEntry], width: int) -> Iterator[tuple[str, str, bool]]:
    """The lines of the table, each of at most `width` cells: the text, the amounts at its end, and
    whether they are bad. An entry takes two lines if its description does not fit into one."""
    whens, amounts, notes = (
        max((cells(plain(getattr(entry, name))) for entry in entries), default=0)
        for name in ("when", "amount", "note")
    )
    fixed = whens + GAP + amounts + (GAP + notes if notes else 0)
    room = width - fixed - GAP
    for entry in entries:
        amount, what = fit(entry.amount, amounts, "right"), plain(entry.what)
        end = f"{amount}{' ' * GAP}{fit(entry.note, notes, 'right')}" if notes else amount
        when = f"{fit(entry.when, whens)}{' ' * GAP}"
        if room >= min(MIN_DESCRIPTION, cells(what)):
            first, *more = _shortened(what, room)
            yield f"{when}{fit(first, room)}{' ' * GAP}", end, entry.is_bad
            for line in more:
                yield f"{' ' * (whens + GAP)}{line}", "", entry.is_bad
        else:
            for line in _shortened(when + what, width):
                yield line, "", entry.is_bad
            yield "  ", fit(end.strip(), width - 2).rstrip(), entry.is_bad


def _shortened(text: str, width: int) -> list[str]:
    """The text in at most two lines; a longer one is cut with `…`."""
    first, *more = wrap_text(text, width)
    second = [" ".join(more)] if more else []
    return [fit(line, width).rstrip() for line in (first, *second)]
