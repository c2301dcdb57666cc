"""Write an owner and a note on an item."""

from __future__ import annotations

from collections.abc import Mapping

from store.annotations.notes import ItemKey, Note, keep_note, key_of, notes
from store.i18n import _
from store.inputs import check_length
from store.items.assessment import Assessment
from store.session import Session
from tui.actions.prompter import Prompter
from tui.actions.undo import UndoEntry
from tui.prompts import Field, Form
from tui.text import labels


async def write_note(prompter: Prompter, assessment: Assessment) -> None:
    """Ask for owner and note, with the present ones proposed; empty, both are taken away."""
    key, name = key_of(assessment.item), labels.called(assessment.item)
    before = await prompter.in_store(
        lambda session: notes(session.db, session.account.name).get(key, Note())
    )
    note = await prompter.fill_in(_form(name, before))
    if note is None or note == before:
        return
    await _save(prompter, key, note, before)

    async def take_back() -> None:
        await _save(prompter, key, before, note)

    prompter.undo_stack.push(UndoEntry(_("the note on {name}").format(name=name), take_back))


def _form(name: str, note: Note) -> Form[Note]:
    def check(texts: Mapping[str, str]) -> Note:
        return Note(check_length(texts["owner"]), check_length(texts["note"]))

    fields = (
        Field("owner", _("Owner"), note.owner),
        Field("note", _("Note"), note.note),
    )
    lines = [_("Stored on this machine only, never in the cloud.")]
    return Form(name, fields, check, lines, _("Save"))


async def _save(prompter: Prompter, key: ItemKey, note: Note, before: Note) -> None:
    def save(session: Session) -> None:
        keep_note(session.db, session.account.name, key, note, instead_of=before)

    await prompter.in_store(save)
    prompter.data_changed()
