"""Steps of a walk-through that a person answers: Instance IDs, options, tickets.

Each function does one step and returns whether the walk goes on; if not, changes are shown already.
"""

from __future__ import annotations

from store.i18n import _
from store.sanitize import plain_lines
from store.walkthroughs import progress
from store.walkthroughs.context import program_actions
from store.walkthroughs.procedures import Action
from store.walkthroughs.proof import submitted_proof
from store.walkthroughs.stepping import (
    check_instance_id,
    check_new_instance_id,
    save_instance_id,
    save_new_instance_id,
)
from store.walkthroughs.view import Walkthrough
from tui.actions.prompter import Prompter
from tui.actions.walk_ends import end_walk
from tui.actions.walks import change_to_method_2, walk_through
from tui.prompts import Choice, Menu, Message, Question
from tui.text import labels


async def ask_instance_id(prompter: Prompter, through: Walkthrough) -> bool:
    """Ask for the Instance ID and save it with the walk; without one, offer method 2 or a
    ticket."""
    renews = Action.RENEW in program_actions(prompter.session)

    def check(typed: str) -> str:
        overview = prompter.overview
        if overview is None:
            return typed
        return check_instance_id(through.item, overview, typed, renews=renews)

    typed = await prompter.ask(
        Question(
            _("Find and save the Instance ID"),
            _("Instance ID as shown in the console (leave empty if none is shown)"),
            check,
            value=through.instance_id,
        )
    )
    if typed is None:
        return False
    await prompter.in_store(lambda session: save_instance_id(session, through.walk, typed))
    if typed:
        return True
    prompter.data_changed()
    await offer_method_2(prompter, through, _("the Instance ID is empty"))
    return False


async def offer_method_2(prompter: Prompter, through: Walkthrough, because: str) -> None:
    """Say why method 1 is not possible, and offer method 2 or a ticket."""
    choices = [
        Choice("method2", _("Method 2: buy a new license and bind it")),
        Choice("ticket", _("Draft a ticket")),
    ]
    lines = [labels.capitalized(because)]
    choice = await prompter.choose(Menu(_("Method 1 is not possible"), choices, lines))
    if choice == "method2":
        await change_to_method_2(prompter, through.walk, because)
    elif choice == "ticket":
        await walk_through(prompter, "P-TICKET", through.walk.subject.item_id)


async def ask_option(prompter: Prompter, through: Walkthrough) -> bool:
    """Ask whether to upgrade the public instance in place or to buy a separate one."""
    choices = [
        Choice("upgrade", _("Upgrade in place")),
        Choice("separate", _("Buy a separate instance")),
    ]
    option = await prompter.choose(Menu(through.step.title, choices))
    if option is None:
        return False
    await prompter.in_store(
        lambda session: progress.save_value(
            session.db, through.walk, "option", option, session.now()
        )
    )
    return True


async def ask_new_instance_id(prompter: Prompter, through: Walkthrough) -> bool:
    """Ask for the Instance ID of the instance that was bought separately, and save it."""

    def check(typed: str) -> str:
        overview = prompter.overview
        return typed if overview is None else check_new_instance_id(overview, typed)

    question = Question(through.step.title, _("Instance ID as shown in the console"), check)
    typed = await prompter.ask(question)
    if typed is None:
        return False
    await prompter.in_store(lambda session: save_new_instance_id(session, through.walk, typed))
    return True


async def show_ticket_draft(prompter: Prompter, through: Walkthrough) -> bool:
    """Show the ticket draft, which can be copied."""
    draft = through.step.carry or ""
    await prompter.tell(Message(_("Ticket draft"), plain_lines(draft.rstrip()), draft))
    return True


async def confirm_submitted(prompter: Prompter, through: Walkthrough) -> bool:
    """End the walk-through on the person's word, since the cloud's data does not show tickets."""
    number = await prompter.ask(Question(_("Ticket submitted"), _("Ticket number (optional)"), str))
    if number is None:
        return False
    await end_walk(prompter, through, submitted_proof(through.walk.subject.item_id, number))
    return False
