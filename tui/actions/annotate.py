"""Write an owner and a note on an item."""

from __future__ import annotations

from collections.abc import Mapping

from store.annotations.notes import ItemKey, Note, item_key, load_notes, store_note
from store.i18n import _
from store.inputs import check_length
from store.items.assessment import Assessment
from store.items.names import item_name
from store.sanitize import plain
from store.session import Session
from tui.actions.prompter import Prompter
from tui.actions.undo import UndoEntry
from tui.prompts import Form, FormField

LINE_END = plain("\n")
"""The mark for the end of a line in a box of one line."""


async def write_note(prompter: Prompter, assessment: Assessment) -> None:
    """Ask for the owner and the note, with the present ones proposed; empty texts remove them."""
    before = await note_of(prompter, assessment)
    note = await prompter.fill_in(_form(item_name(assessment.item), before))
    if note is not None and note != before:
        await keep_note(prompter, assessment, note, before)


async def note_of(prompter: Prompter, assessment: Assessment) -> Note:
    """The stored owner and note of the item."""
    key = item_key(assessment.item)
    return await prompter.in_store(
        lambda session: load_notes(session.db, session.account.name).get(key, Note())
    )


async def keep_note(prompter: Prompter, assessment: Assessment, note: Note, before: Note) -> None:
    """Store the note in place of `before`, so that it can be undone. Raises `Usage` as `store_note`
    does."""
    key, name = item_key(assessment.item), item_name(assessment.item)
    await _save(prompter, key, note, before)

    async def take_back() -> None:
        await _save(prompter, key, before, note)

    prompter.undo_stack.push(UndoEntry(_("the note on {name}").format(name=name), take_back))


def _form(name: str, note: Note) -> Form[Note]:
    def check(texts: Mapping[str, str]) -> Note:
        text = texts["note"].replace(LINE_END, "\n")
        return Note(check_length(texts["owner"]), check_length(text))

    fields = (
        FormField("owner", _("Owner"), note.owner),
        FormField("note", _("Note"), note.note),
    )
    lines = [_("Stored on this machine only, never in the cloud.")]
    return Form(name, fields, check, lines, _("Save"))


async def _save(prompter: Prompter, key: ItemKey, note: Note, before: Note) -> None:
    def save(session: Session) -> None:
        store_note(session.db, session.account.name, key, note, instead_of=before)

    await prompter.in_store(save)
    prompter.data_changed()
