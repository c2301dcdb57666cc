"""What was done here: taken back step by step, and of what nothing takes back, why it is so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from msgspec import Struct

from store.i18n import _

Back = TypeVar("Back")


class UndoEntry(Struct, Generic[Back], frozen=True):
    """Something that was done since the program was started."""

    what: str
    """In a few words, in the language in use."""
    back: Callable[[], Back] | None = None
    """Takes it back; None: it cannot be."""
    why_not: str = ""

    @property
    def told(self) -> str:
        """What an undo of it comes to."""
        if self.back is None:
            told = _("{what} can't be undone here. {why}")
            return told.format(what=self.what, why=self.why_not)
        return _("Undone: {what}").format(what=self.what)


def payment() -> UndoEntry[Any]:
    """Money that was paid, or may have been."""
    why = _("Only the cloud can give money back, if it grants a refund.")
    return UndoEntry(_("A payment"), why_not=why)


def nothing_done() -> str:
    """What is told where there is nothing to take back."""
    return _("Nothing to undo since the program was started.")
