"""Find anything by its name: commands, procedures, items."""

from __future__ import annotations

from store.i18n import _
from store.walkthroughs.procedures import catalogue
from tui.actions.walks import walk_through
from tui.commands.registry import commands_in
from tui.dialogs.palette import Entry, PaletteDialog, entries_of
from tui.prompts import Choice, Menu, Message, outcome
from tui.screens.base import BaseScreen
from tui.text import labels

WALK = "walk:"
"""The prefix of an entry that is a procedure."""


async def find_command(screen: BaseScreen) -> None:
    """The screen's commands, and every procedure for the items that it is for."""
    entries = entries_of(commands_in(screen.SCOPE), screen.off())
    kind = _("walk-through")
    entries += [
        Entry(f"{WALK}{procedure.id}", procedure.title, f"{procedure.id} {kind}")
        for procedure in catalogue()
    ]
    chosen = await screen.app.ask(PaletteDialog(entries))
    if chosen is None:
        return
    if chosen.startswith(WALK):
        await _walk(screen, chosen.removeprefix(WALK))
    else:
        screen.run_command(chosen)


async def _walk(screen: BaseScreen, procedure_id: str) -> None:
    """Ask which item the procedure is walked through for."""
    prompter = screen.prompter
    if procedure_id == "P-TOPUP":
        await walk_through(prompter, procedure_id, "")
        return
    procedure = next(each for each in catalogue() if each.id == procedure_id)
    items = prompter.overview.items if prompter.overview else ()
    choices = [
        Choice(each.item.id, labels.called(each.item), each.item.id)
        for each in items
        if each.item.kind in procedure.kinds
    ]
    if not choices:
        nothing = outcome(_("This account has no item for this procedure."))
        await prompter.tell(Message(procedure.title, nothing))
        return
    item_id = await prompter.choose(Menu(procedure.title, choices))
    if item_id:
        await walk_through(prompter, procedure_id, item_id)
