"""Takes the current step of a walk-through: does it here if the cloud allows it, and goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from store.errors import Stopped, Usage
from store.i18n import _
from store.items.overview import Overview
from store.models import Item
from store.payments.results import RenewalOutcome
from store.session import Session
from store.walkthroughs import progress
from store.walkthroughs.opening import resume
from store.walkthroughs.procedures import PAYING, Action
from store.walkthroughs.proof import Proof
from store.walkthroughs.status import Status
from store.walkthroughs.stepping import go_to_next_step, shown_goal
from store.walkthroughs.view import Walkthrough, check_goal, read_walkthrough
from store.walkthroughs.walk import Walk
from tui.actions.auto_renew import change_auto_renewal
from tui.actions.prompter import Prompter
from tui.actions.purchase import bind, buy, upgrade
from tui.actions.renew import Origin, group_items, renew_groups
from tui.actions.renewal_results import (
    Renewed,
    offer_after_refusal,
    procedure_after_refusal,
    tell_results,
)
from tui.actions.top_up import top_up_here
from tui.actions.walk_ends import end_walk, leave_ended
from tui.actions.walk_questions import (
    ask_instance_id,
    ask_new_instance_id,
    ask_option,
    confirm_submitted,
    offer_method_2,
    show_ticket_draft,
)
from tui.actions.walks import top_up_inside
from tui.prompts import Choice, Menu, Message, outcome
from tui.text import labels

Step = Callable[[Prompter, Walkthrough], Awaitable[bool]]
"""Does a step and returns whether the walk-through goes on to the next one; if not, changes are
shown already."""


async def take_step(prompter: Prompter, through: Walkthrough) -> None:
    """Do the step's action if it is needed and the program can do it, then go to the next step; end
    a walk-through of which only the result is left, if the data shows it. Leave one that has
    ended."""
    walk = through.walk
    if walk.ended is None and through.step.action in PAYING:
        walk = await prompter.in_store(lambda session: resume(session, through.walk))
    if walk.ended is not None:
        await leave_ended(prompter, walk, through.outer)
        return
    action = _STEP_OF.get(through.step.action, _do_nothing) if through.status.acts else _do_nothing
    try:
        done = await action(prompter, through)
    except Stopped as stopped:
        await _tell_stopped_step(prompter, through.walk, stopped)
        return
    if not done:
        return
    changed, proof = await prompter.in_store(partial(_go_on, prompter, through))
    if proof is not None:
        await end_walk(prompter, through, proof, changed)
    else:
        prompter.data_changed(changed)


def _go_on(
    prompter: Prompter, through: Walkthrough, session: Session
) -> tuple[Overview | None, Proof | None]:
    """Go to the next needed step; returns the overview if the action has changed the account, and
    the proof if nothing is left to do."""
    changed = session.overview() if through.status.acts else None
    overview = changed or prompter.overview
    walk = go_to_next_step(session, through.walk, overview)
    return changed, shown_goal(session, walk, overview)


async def _do_nothing(prompter: Prompter, through: Walkthrough) -> bool:
    """The action of a step that is done in the console or by reading."""
    del prompter, through
    return True


async def _tell_stopped_step(prompter: Prompter, walk: Walk, stopped: Stopped) -> None:
    """Show why the step was stopped; for lack of money, offer P-TOPUP, which comes back to this
    step."""
    title = _("Stopped; nothing was sent")
    if stopped.procedure != "P-TOPUP":
        await prompter.tell(Message(title, outcome(stopped.message)))
        return
    choices = [Choice("go", _("Top up now and come back to this step"))]
    if await prompter.choose(Menu(title, choices, [labels.capitalized(stopped.message)])) == "go":
        await top_up_inside(prompter, walk)


async def _renew(prompter: Prompter, through: Walkthrough) -> bool:
    item = through.item
    if item is None:
        raise Usage(_("the item of this walk-through is no longer listed"))
    if through.instance_id != item.instance_id:
        raise Stopped(
            _("The saved Instance ID {saved} differs from the one that the cloud lists ({listed}). "
              "Go back and check it in the console; nothing was sent.").format(
                saved=through.instance_id, listed=item.instance_id or _("empty"))
        )  # fmt: skip

    def keep_months(session: Session, months: int) -> None:
        progress.save_value(session.db, through.walk, "months", str(months), session.now())

    saved = through.walk.saved.get("months")
    origin = Origin(
        lambda need: top_up_inside(prompter, through.walk, need),
        int(saved) if saved else None,
        keep_months,
    )
    groups, _omitted = group_items(prompter, [item.id])
    renewed = await renew_groups(prompter, groups, origin)
    if renewed is None:
        return False
    if not renewed.is_complete:
        prompter.data_changed()
    await tell_results(prompter, renewed)
    refused = [
        renewal.result
        for renewal in renewed.items
        if renewal.result.outcome is RenewalOutcome.REFUSED
    ]
    if refused:
        await _offer_after_refusal(prompter, through, item, renewed)
    return renewed.is_complete


async def _offer_after_refusal(
    prompter: Prompter, through: Walkthrough, item: Item, renewed: Renewed
) -> None:
    """Offer what is left: method 2 in place of this walk-through, a top-up, or a ticket."""
    procedure = await prompter.in_store(lambda session: procedure_after_refusal(session, item))
    if procedure == "P-LIC-REPLACE":
        await offer_method_2(prompter, through, renewed.items[0].result.message)
    elif procedure == "P-TOPUP":
        raise Stopped(renewed.items[0].result.message, procedure)
    else:
        await offer_after_refusal(prompter, renewed, item)


async def _offer_auto_renewal(prompter: Prompter, through: Walkthrough) -> bool:
    """Offer auto-renewal, which is recommended, not required (LIC-5)."""
    choices = [Choice("on", _("Turn on")), Choice("without", _("Skip"))]
    chosen = await prompter.choose(Menu(_("Auto-renewal"), choices))
    if chosen is None or through.item is None:
        return False
    return await change_auto_renewal(prompter, [through.item.id]) if chosen == "on" else True


async def _top_up(prompter: Prompter, through: Walkthrough) -> bool:
    """Too little money leaves the walk-through at this step, with what is still missing."""

    def is_needed(session: Session) -> bool:
        walk = progress.store_walk(session.db, through.walk, session.now())
        return read_walkthrough(session, walk).status.status is Status.NEEDED

    if not await top_up_here(prompter, through.need):
        return False
    if not await prompter.in_store(is_needed):
        return True
    prompter.data_changed()
    return False


async def _check_goal(prompter: Prompter, through: Walkthrough) -> bool:
    """Sync, and end the walk-through if the cloud's data shows the new state."""

    def look(session: Session) -> Proof:
        session.sync()
        return check_goal(session, through.walk)

    proof = await prompter.in_store(look)
    if proof.is_shown:
        await end_walk(prompter, through, proof)
        return False
    prompter.data_changed()
    todo = _(
        "Use {next} to check again later; the walk-through is kept. {close} closes it unfinished."
    )
    todo = todo.format(next=prompter.name_of("next"), close=prompter.name_of("close"))
    await prompter.tell(Message(_("Not visible yet"), outcome(proof.sentence, todo=todo)))
    return False


_STEP_OF: dict[Action, Step] = {
    Action.SAVE_ID: ask_instance_id,
    Action.SAVE_NEW_ID: ask_new_instance_id,
    Action.CHOOSE: ask_option,
    Action.RENEW: _renew,
    Action.AUTO_RENEW: _offer_auto_renewal,
    Action.TOP_UP: _top_up,
    Action.BUY_PLAN: buy,
    Action.BUY_LICENSE: buy,
    Action.UPGRADE: upgrade,
    Action.BIND: bind,
    Action.TICKET: show_ticket_draft,
    Action.SUBMITTED: confirm_submitted,
    Action.SEE: _check_goal,
}
