"""Undo local changes step by step; say of any other action why it cannot be undone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from store.i18n import _

if TYPE_CHECKING:
    from tui.actions.prompter import Prompter

DEPTH = 100
"""The greatest number of actions that are remembered."""


class UndoEntry(Struct, frozen=True):
    """An action that was done since the program was started."""

    what: str
    """The action in a few words, in the language in use."""
    undo: Callable[[], Awaitable[None]] | None = None
    """Undoes the action; None: it cannot be undone."""
    why_not: str = ""

    @property
    def sentence(self) -> str:
        """The result of undoing it."""
        if self.undo is None:
            return _("{what} can't be undone here. {why}").format(what=self.what, why=self.why_not)
        return _("Undone: {what}").format(what=self.what)


class UndoStack:
    """The actions done since the program was started, the newest last."""

    def __init__(self) -> None:
        self._entries: list[UndoEntry] = []

    def __bool__(self) -> bool:
        return bool(self._entries)

    def push(self, entry: UndoEntry) -> None:
        """Remember the entry as the newest."""
        self._entries.append(entry)
        del self._entries[:-DEPTH]

    def push_final(self, what: str, why_not: str) -> None:
        """Remember an action that cannot be undone."""
        self.push(UndoEntry(what, None, why_not))

    def push_payment(self) -> None:
        """Remember that money was paid or may have been paid."""
        self.push_final(
            _("A payment"),
            _("Only the cloud can give money back, if it grants a refund."),
        )

    def pop(self) -> UndoEntry:
        """Remove the newest entry and return it."""
        return self._entries.pop()


async def undo(prompter: Prompter) -> None:
    """Undo the newest action. One that cannot be undone is explained and removed from the stack."""
    stack = prompter.undo_stack
    if not stack:
        prompter.notify(_("Nothing to undo since the program was started."))
        return
    newest = stack.pop()
    if newest.undo is not None:
        await newest.undo()
        prompter.notify(newest.sentence)
        return
    sentence = newest.sentence
    if stack:
        again = _("Use {undo} again to undo the step before it.")
        sentence += " " + again.format(undo=prompter.name_of("undo"))
    prompter.notify(sentence, "warning", timeout=10)
