"""Notes and snoozes on plain lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.annotations.changes import changes_since, keep_look
from store.annotations.load import Own, own_of
from store.annotations.notes import Note, keep_note, key_of
from store.annotations.snoozes import Snooze, keep_snooze, latest, made
from store.errors import Usage
from store.i18n import _
from store.inputs import parse_day
from tui.line_mode.questions import ask, choose, tell
from tui.line_mode.undo import Here
from tui.panes.changes import changes_in_full
from tui.text import labels
from tui.undo_stack import UndoEntry

if TYPE_CHECKING:
    from store.items.assessment import Assessment
    from store.models import Item
    from store.session import Session


def _own(session: Session) -> Own:
    return own_of(session.db, session.overview())


def sleepers(session: Session) -> Sequence[Assessment]:
    """The items that are snoozed now."""
    return _own(session).sleepers


def tell_own(session: Session, item: Item) -> None:
    """Owner, note and snooze of the item, each on a line, where there are any."""
    own = _own(session)
    note, snooze = own.note(item), own.snooze(item)
    facts = [(_("Owner"), note.owner), (_("Note"), note.note)]
    if snooze is not None:
        until = _("until {moment}: {reason}").format(
            moment=labels.instant(snooze.until), reason=snooze.reason
        )
        facts.append((_("Snoozed"), until))
    for label, text in facts:
        if text:
            tell(_("{label}: {text}").format(label=label, text=text))


def tell_changes(session: Session) -> None:
    """What has changed since the last time; nothing where nothing has."""
    found = session.overview()
    changes = changes_since(session.db, found)
    if changes is not None:
        tell(_("What has changed"))
        for line in changes_in_full(changes, found.now):
            if text := (line if isinstance(line, str) else line.text).strip():
                tell(text)


def keep_seen(session: Session) -> None:
    """The next time tells what has changed from here on."""
    keep_look(session.db, session.overview())


def write_note(session: Session, item: Item, here: Here) -> None:
    """Ask owner and note; an empty line keeps what stands there, a hyphen takes it away."""
    before = _own(session).note(item)
    tell(_("Kept on this machine only, never in the cloud."))
    asked = []
    for label, text in ((_("Owner: who cares for it"), before.owner), (_("Note"), before.note)):
        question = _("{label} (now: {text}; nothing keeps it, - takes it away):")
        typed = ask(question.format(label=label, text=text or _("nothing"))) or text
        asked.append("" if typed == "-" else typed)
    owner, note = asked
    account, key, wanted = session.account.name, key_of(item), Note(owner, note)
    keep_note(session.db, account, key, wanted, instead_of=before)
    what = _("the note on {name}").format(name=labels.called(item))
    here.done.append(
        UndoEntry(what, lambda: keep_note(session.db, account, key, before, instead_of=wanted))
    )
    tell_own(session, item)


def snooze(session: Session, seen: Assessment, here: Here) -> None:
    """Ask until which day and why; of one that sleeps, whether it comes back."""
    now = session.now()
    if _own(session).snooze(seen.item) is not None:
        if choose(_("It is snoozed."), (_("bring it back now"),)) == 0:
            _keep(session, seen, None, here)
            tell(_("It is back."))
        return
    tell(_("It can sleep until {moment} at most.").format(moment=labels.instant(latest(seen, now))))
    until = parse_day(ask(_("Until which day, as 2026-12-01") + ":"))
    reason = ask(_("Why? The reason is kept:"))
    if not reason:
        raise Usage(_("Say in a few words why."))
    _keep(session, seen, made(seen, until, reason, now), here)
    tell_own(session, seen.item)


def _keep(session: Session, seen: Assessment, wanted: Snooze | None, here: Here) -> None:
    account, key = session.account.name, key_of(seen.item)
    before = keep_snooze(session.db, account, key, wanted)
    what = _("the snooze of {name}").format(name=labels.called(seen.item))
    here.done.append(UndoEntry(what, lambda: keep_snooze(session.db, account, key, before)))
