"""Start, take up and close walk-throughs."""

from __future__ import annotations

from store.errors import Usage
from store.i18n import _
from store.items.assessment import Assessment
from store.session import Session
from store.walkthroughs import progress
from store.walkthroughs.procedures import for_kind
from store.walkthroughs.view import begin
from tui.actions.sync import reload_all
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.screens.base import DeskScreen
from tui.text import labels


async def start_walk(screen: DeskScreen, seen: Assessment) -> None:
    """Choose among the procedures for this item, the one that it needs first."""
    procedures = for_kind(seen.item.kind, screen.desk.lang, seen.standing.remedy)
    choices = [Choice(procedure.id, procedure.title, procedure.id) for procedure in procedures]
    if not choices:
        await screen.desk.tell(_("No walk-through"), _("No procedure is documented for it."))
        return
    chosen = await screen.desk.ask(Choose(labels.called(seen.item), choices))
    if chosen:
        await walk_through(screen, chosen, seen.item.id)


async def walk_through(screen: DeskScreen, procedure: str, item_id: str) -> None:
    """Open the walk-through of this procedure for this item, where it was left."""
    from tui.screens.walk import WalkScreen

    walk = await screen.desk.in_store(lambda session: begin(session, procedure, item_id))
    screen.app.push_screen(WalkScreen(walk.id))


async def close_walk(screen: DeskScreen, walk_id: str) -> bool:
    """End a walk-through unfinished; the reason is asked for and kept."""
    reason = await screen.desk.ask(
        Ask(_("Close the walk-through unfinished"), _("Why? The reason is kept."), a_reason)
    )
    if reason is None:
        return False
    await screen.desk.in_store(lambda session: _close(session, walk_id, reason))
    reload_all(screen)
    return True


def a_reason(text: str) -> str:
    """The reason as it was typed. Raises `Usage` where there is none."""
    if not text:
        raise Usage(_("Say in a few words why."))
    return text


def _close(session: Session, walk_id: str, reason: str) -> None:
    progress.close(session.db, walk_id, reason, session.now())
