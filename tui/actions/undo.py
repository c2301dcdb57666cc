"""Take back what is local, step by step; say of what is not why it cannot be."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence

from store.i18n import _
from tui.screens.base import DeskScreen
from tui.undo_stack import UndoEntry, nothing_done, payment
from tui.widgets.record_table import RecordTable

STEPS = 100
"""So many steps back are remembered while the program runs."""


def remember(screen: DeskScreen, done: UndoEntry[Awaitable[None]]) -> None:
    """Keep it as the newest step."""
    steps = screen.desk.done
    steps.append(done)
    del steps[:-STEPS]


def remember_final(screen: DeskScreen, what: str, why_not: str) -> None:
    """Keep that something was done that nothing takes back."""
    remember(screen, UndoEntry(what, None, why_not))


def remember_payment(screen: DeskScreen) -> None:
    """Keep that money was paid, or may have been."""
    remember(screen, payment())


def remember_marks(screen: DeskScreen, table: RecordTable, before: Sequence[str]) -> None:
    """Keep which rows were marked before; undone while that table is there."""

    async def back() -> None:
        table.set_marks(before)

    remember(screen, UndoEntry(_("a mark"), back))


async def undo(screen: DeskScreen) -> None:
    """Take back the newest step. One that is final is told, and the next one is the one before."""
    steps = screen.desk.done
    if not steps:
        screen.notify(nothing_done(), timeout=5)
        return
    newest = steps.pop()
    if newest.back is None:
        told = newest.told
        if steps:
            told += " " + _("u again undoes what was done before it.")
        screen.notify(told, severity="warning", markup=False, timeout=10)
        return
    await newest.back()
    screen.notify(newest.told, markup=False, timeout=5)
