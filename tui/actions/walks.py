"""Start, continue and close walk-throughs, and change to another procedure."""

from __future__ import annotations

from collections.abc import Sequence

from store.errors import Usage
from store.i18n import _
from store.items.assessment import Assessment
from store.items.names import item_name
from store.items.top_up_need import Need
from store.session import Session
from store.walkthroughs import progress, stepping
from store.walkthroughs.opening import open_inside, open_walk, open_walks, resume, switch_procedure
from store.walkthroughs.procedures import Procedure, procedures_of_kind
from store.walkthroughs.walk import Walk
from tui.actions.prompter import Prompter
from tui.prompts import Choice, Menu, Message, Question, outcome
from tui.text import labels


def procedures_for(assessment: Assessment, session: Session) -> Sequence[Procedure]:
    """The procedures for this item, the one that it needs first."""
    return procedures_of_kind(
        assessment.item.kind, assessment.standing.remedy, session.account.charged_to
    )


async def start_walk(prompter: Prompter, assessment: Assessment) -> None:
    """Continue the item's open walk-through; without one, choose among its procedures."""
    item = assessment.item
    opened = await prompter.in_store(lambda session: open_walks(session, item.id))
    if len(opened) == 1:
        await continue_walk(prompter, opened[0])
        return
    procedures = procedures_for(assessment, prompter.session)
    choices = [
        Choice(procedure.id, walk_label(procedure, opened), procedure.id)
        for procedure in procedures
    ]
    if not choices:
        nothing = outcome(_("No procedure is documented for this item."))
        await prompter.tell(Message(_("No walk-through"), nothing))
        return
    choices.sort(key=lambda choice: choice.value not in {walk.procedure for walk in opened})
    chosen = await prompter.choose(Menu(item_name(item), choices))
    if chosen:
        await walk_through(prompter, chosen, item.id)


def walk_label(procedure: Procedure, opened: Sequence[Walk]) -> str:
    """The procedure's title, with the current step if it is open."""
    walk = next((walk for walk in opened if walk.procedure == procedure.id), None)
    if walk is None:
        return procedure.title
    return _("{title}: continue at step {n} of {steps}").format(
        title=procedure.title, n=procedure.position(walk.step) + 1, steps=len(procedure.steps)
    )


async def walk_through(
    prompter: Prompter, procedure: str, item_id: str, need: Need | None = None
) -> None:
    """Open the walk-through of this procedure for this item, at the step where it was left.
    `need`: the purpose of a top-up, if it is neither the item nor the account."""
    _tell_need(prompter, need)
    await prompter.open_walk(
        await prompter.in_store(lambda session: open_walk(session, procedure, item_id, need=need))
    )


def _tell_need(prompter: Prompter, need: Need | None) -> None:
    """Name the amount to top up, which the step of the top-up will show."""
    if need is not None and need.missing:
        prompter.notify(f"{labels.sentence_case(need.text)}.", timeout=10)


async def continue_walk(prompter: Prompter, walk: Walk) -> None:
    """Show an open walk-through; end it if its goal has been reached meanwhile."""
    await prompter.open_walk(await prompter.in_store(lambda session: resume(session, walk)))


async def top_up_inside(prompter: Prompter, walk: Walk, need: Need | None = None) -> None:
    """Open P-TOPUP; the current walk-through waits for it. `need`: as for `walk_through`."""
    _tell_need(prompter, need)
    await prompter.open_walk(
        await prompter.in_store(lambda session: open_inside(session, walk, "P-TOPUP", need))
    )


async def change_to_method_2(prompter: Prompter, walk: Walk, because: str) -> None:
    """Replace the walk-through by one of method 2, and keep the reason with it."""
    method_2 = await prompter.in_store(
        lambda session: switch_procedure(session, walk, "P-LIC-REPLACE", because)
    )
    await prompter.open_walk(method_2, instead=True)


async def go_back(prompter: Prompter, walk: Walk) -> None:
    """Go back one step."""
    await prompter.in_store(lambda session: stepping.go_to_previous_step(session, walk))
    prompter.data_changed()


async def close_walk(prompter: Prompter, walk: Walk) -> bool:
    """Close a walk-through unfinished, with a reason; returns whether that was done."""
    title, prompt = _("Close the walk-through unfinished"), _("Reason")
    reason = await prompter.ask(Question(title, prompt, check_reason))
    if reason is None:
        return False
    await prompter.in_store(
        lambda session: progress.close_walk(session.db, walk, reason, session.now())
    )
    prompter.data_changed()
    return True


def check_reason(text: str) -> str:
    """The typed reason. Raises `Usage` if it is empty."""
    if not text:
        raise Usage(_("A reason is required"))
    return text
