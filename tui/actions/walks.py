"""Start, take up and close walk-throughs, and change to another one."""

from __future__ import annotations

from collections.abc import Sequence

from store.errors import Usage
from store.i18n import _
from store.items.assessment import Assessment
from store.session import Session
from store.walkthroughs import progress
from store.walkthroughs.procedures import Procedure, for_kind
from store.walkthroughs.view import begin, begin_inside
from store.walkthroughs.walk import Entry, Walk
from tui.actions.prompter import Prompter
from tui.prompts import Choice, Menu, Message, Question, outcome
from tui.text import labels


def procedures_for(seen: Assessment, lang: str) -> Sequence[Procedure]:
    """The procedures for this item; the one that it needs comes first."""
    return for_kind(seen.item.kind, lang, seen.standing.remedy)


async def start_walk(prompter: Prompter, seen: Assessment) -> None:
    """Choose among the procedures for this item."""
    procedures = procedures_for(seen, prompter.lang)
    choices = [Choice(procedure.id, procedure.title, procedure.id) for procedure in procedures]
    if not choices:
        nothing = outcome(_("No procedure is documented for it."))
        await prompter.tell(Message(_("No walk-through"), nothing))
        return
    chosen = await prompter.choose(Menu(labels.called(seen.item), choices))
    if chosen:
        await walk_through(prompter, chosen, seen.item.id)


async def walk_through(prompter: Prompter, procedure: str, item_id: str) -> None:
    """Open the walk-through of this procedure for this item, where it was left."""
    walk = await prompter.in_store(
        lambda session: begin(session, procedure, item_id, lang=prompter.lang)
    )
    await prompter.open_walk(walk.id)


async def top_up_inside(prompter: Prompter, walk_id: str) -> None:
    """Walk through P-TOPUP; the present walk-through waits for it."""
    walk = await prompter.in_store(lambda session: begin_inside(session, walk_id, "P-TOPUP"))
    await prompter.open_walk(walk.id)


async def change_to_method_2(prompter: Prompter, walk_id: str, because: str) -> None:
    """Leave method 1 for method 2; why is kept with the walk-through."""

    def branch(session: Session) -> Walk:
        entry = Entry("P-LIC-REPLACE", because=because)
        return progress.branch(session.db, walk_id, entry, session.now())

    walk = await prompter.in_store(branch)
    await prompter.open_walk(walk.id, instead=True)


async def go_back(prompter: Prompter, walk_id: str) -> None:
    """To the step before."""
    await prompter.in_store(lambda session: progress.back(session.db, walk_id, session.now()))
    prompter.data_changed()


async def close_walk(prompter: Prompter, walk_id: str) -> bool:
    """End a walk-through unfinished; the reason is asked for and kept."""
    title, prompt = _("Close the walk-through unfinished"), _("Why? The reason is kept.")
    reason = await prompter.ask(Question(title, prompt, check_reason))
    if reason is None:
        return False
    await prompter.in_store(
        lambda session: progress.close(session.db, walk_id, reason, session.now())
    )
    prompter.data_changed()
    return True


def check_reason(text: str) -> str:
    """The reason as it was typed. Raises `Usage` where there is none."""
    if not text:
        raise Usage(_("Say in a few words why."))
    return text
