"""Write an owner and a note on an item."""

from __future__ import annotations

from store.annotations.notes import ItemKey, Note, keep_note, key_of
from store.i18n import _
from store.items.assessment import Assessment
from store.session import Session
from tui.actions.sync import reload_all
from tui.actions.undo import remember
from tui.dialogs.note import Noted, NoteDialog
from tui.screens.base import DeskScreen
from tui.text import labels
from tui.undo_stack import UndoEntry


async def write_note(screen: DeskScreen, seen: Assessment) -> None:
    """Both are asked for with what stands there; left empty, they are taken away."""
    if screen.snapshot is None:
        return
    key, before = key_of(seen.item), screen.snapshot.own.note(seen.item)
    name = labels.called(seen.item)
    typed = await screen.desk.ask(NoteDialog(name, Noted(before.owner, before.note)))
    if typed is None or Note(typed.owner, typed.note) == before:
        return
    note = Note(typed.owner, typed.note)
    await _put(screen, key, note, before)

    async def back() -> None:
        await _put(screen, key, before, note)

    remember(screen, UndoEntry(_("the note on {name}").format(name=name), back))


async def _put(screen: DeskScreen, key: ItemKey, note: Note, before: Note) -> None:
    def put(session: Session) -> None:
        keep_note(session.db, session.account.name, key, note, instead_of=before)

    await screen.desk.in_store(put)
    reload_all(screen)
