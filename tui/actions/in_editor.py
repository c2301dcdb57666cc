"""Edit the note of an item, or the draft of a ticket, in the person's own editor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from store.annotations.notes import Note
from store.errors import RenewalError, Usage
from store.files.writing import write_file
from store.formats import clause
from store.i18n import _
from store.items.assessment import Assessment
from store.sanitize import plain
from store.walkthroughs.stepping import save_ticket_draft
from store.walkthroughs.view import Walkthrough
from tui.actions.annotate import keep_note, note_of
from tui.actions.prompter import Prompter

RESCUED_TEXT = "edited.txt"
"""The file in the home folder for an edited text that could not be stored."""


async def edit_note(prompter: Prompter, assessment: Assessment) -> None:
    """Edit the item's note; its owner stays."""
    before = await note_of(prompter, assessment)
    await _edit_and_keep(
        prompter,
        before.note,
        "note.txt",
        lambda text: keep_note(prompter, assessment, Note(before.owner, text), before),
    )


async def edit_ticket(prompter: Prompter, through: Walkthrough) -> None:
    """Edit the walk-through's ticket draft; an empty one is drafted anew."""

    async def keep(text: str) -> None:
        await prompter.in_store(lambda session: save_ticket_draft(session, through.walk, text))
        prompter.data_changed()

    await _edit_and_keep(prompter, through.step.carry or "", "ticket.txt", keep)


async def _edit_and_keep(
    prompter: Prompter, text: str, name: str, keep: Callable[[str], Awaitable[None]]
) -> None:
    """Edit the text and keep it. If that fails, leave the text in a file, so that nothing typed is
    lost. Raises what `keep` raises."""
    edited = prompter.edit_text(text, name)
    if edited == text.rstrip():
        prompter.notify(_("The text is unchanged."))
        return
    try:
        await keep(edited)
    except RenewalError as error:
        file = prompter.session.home.folder / RESCUED_TEXT
        try:
            write_file(file, edited.encode("utf-8", "replace"), new_mode=0o600)
        except OSError:
            raise error from None
        raise Usage(
            _("{reason}. Your text is in {file}.").format(
                reason=clause(error.message), file=plain(str(file))
            )
        ) from error
