"""Take back what is local on plain lines, step by step; say of a payment why it cannot be."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from tui.line.asking import tell
from tui.text import _


class Done(Struct, frozen=True):
    """Something that was done since the program was started."""

    what: str
    back: Callable[[], object] | None = None
    """Takes it back; None: nothing does."""


class Here(Struct):
    """What the jobs of line mode share."""

    lang: str
    done: list[Done] = []
    """The newest last."""


def undo(here: Here) -> None:
    """Take back the newest step; one that is final is told, and the next is the one before."""
    if not here.done:
        tell(_("There is nothing to undo since the program was started."))
        return
    newest = here.done.pop()
    if newest.back is None:
        why = _("Money that was paid comes back from the cloud alone, where it grants a refund.")
        tell(_("{what}: this cannot be undone. {why}").format(what=newest.what, why=why))
        return
    newest.back()
    tell(_("Undone: {what}").format(what=newest.what))
