"""Asks whether to quit while a payment is in progress."""

from __future__ import annotations

from store.i18n import _
from store.payments.journal import is_paying
from tui.actions.prompter import Prompter
from tui.prompts import Choice, Menu


async def may_quit(prompter: Prompter) -> bool:
    """Whether to quit; asks only while a payment is in progress."""
    if not await prompter.in_store(lambda session: is_paying(session.db)):
        return True
    choices = [
        Choice("stay", _("Stay until its outcome is known")),
        Choice("quit", _("Quit; it stays in the journal and is settled at the next start")),
    ]
    title = _("A payment is in progress")
    return await prompter.choose(Menu(title, choices, has_refusal=True)) == "quit"
