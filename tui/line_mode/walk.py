"""A walk-through in line mode: the current step, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.i18n import N_, _
from store.walkthroughs.status import Enter
from store.walkthroughs.view import Walkthrough, read_walkthrough
from store.walkthroughs.walk import Walk
from tui.actions.in_editor import edit_ticket
from tui.actions.walk_steps import take_step
from tui.actions.walks import change_to_method_2, close_walk, go_back, walk_through
from tui.line_mode.lines import choose, write_line
from tui.prompts import Choice, Menu
from tui.text import labels, step_text
from tui.text.step_text import step_lines

if TYPE_CHECKING:
    from tui.line_mode.prompter import LinePrompter

WALK_CHOICES = {"next": step_text.ENTER[Enter.LOOK], "close": N_("Close unfinished")}
"""What the commands of a walk-through's last step are called here."""


async def take_walk_step(prompter: LinePrompter, walk: Walk) -> None:
    """Show the current step, and run what is chosen."""
    overview = prompter.overview
    through = await prompter.in_store(lambda session: read_walkthrough(session, walk, overview))
    write_line()
    for line in step_lines(through):
        write_line(line)
    if through.walk.ended:
        await prompter.leave_walk()
        return
    menu = Menu(_("What do you want to do?"), _choices(through))
    chosen = choose(menu, _("Leave (kept for later)"))
    if chosen is None:
        await prompter.leave_walk()
        return
    await prompter.attempt(_run_choice(prompter, through, chosen.value))


def _choices(through: Walkthrough) -> list[Choice[str]]:
    """The choices at this step."""
    choices = [Choice("next", labels.sentence_case(_(step_text.ENTER[through.status.enter])))]
    if through.position:
        choices.append(Choice("back", _("Go back one step")))
    if through.procedure.id == "P-LIC-RENEW":
        choices.append(Choice("method2", _("Method 2: buy a new license and bind it")))
    if through.item is not None and through.procedure.id != "P-TICKET":
        choices.append(Choice("ticket", _("Draft a ticket")))
    if through.has_draft:
        choices.append(Choice("editor", _("Edit the draft in your editor")))
    return [*choices, Choice("close", _(WALK_CHOICES["close"]))]


async def _run_choice(prompter: LinePrompter, through: Walkthrough, chosen: str) -> None:
    walk = through.walk
    match chosen:
        case "next":
            await take_step(prompter, through)
        case "back":
            await go_back(prompter, walk)
        case "method2":
            await change_to_method_2(prompter, walk, _("method 2 was chosen"))
        case "ticket":
            await walk_through(prompter, "P-TICKET", walk.subject.item_id)
        case "editor":
            await edit_ticket(prompter, through)
        case _:
            if await close_walk(prompter, walk):
                await prompter.leave_walk()
