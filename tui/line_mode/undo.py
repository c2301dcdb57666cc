"""Take back what is local on plain lines, step by step; say of a payment why it cannot be."""

from __future__ import annotations

from msgspec import Struct

from tui.line_mode.questions import tell
from tui.undo_stack import UndoEntry, nothing_done


class Here(Struct):
    """What the jobs of line mode share."""

    lang: str
    done: list[UndoEntry[object]] = []
    """The newest last."""


def undo(here: Here) -> None:
    """Take back the newest step; one that is final is told, and the next is the one before."""
    if not here.done:
        tell(nothing_done())
        return
    newest = here.done.pop()
    if newest.back is not None:
        newest.back()
    tell(newest.told)
