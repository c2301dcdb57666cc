"""Find anything by its name: commands, procedures, items."""

from __future__ import annotations

from store.i18n import _
from store.walkthroughs.procedures import catalogue
from tui.actions.walks import walk_through
from tui.commands import at
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.palette import Entry, Palette, entries_of
from tui.screens.base import DeskScreen
from tui.text import labels


async def find(screen: DeskScreen) -> None:
    """The palette: the screen's commands, and every procedure for the items that it is for."""
    app = screen.desk
    entries = entries_of(at(screen.PLACE), screen.off())
    walk = _("walk-through")
    entries += [
        Entry(f"walk:{procedure.id}", procedure.title, f"{procedure.id} {walk}")
        for procedure in catalogue(app.lang)
    ]
    chosen = await app.ask(Palette(entries))
    if chosen is None:
        return
    if chosen.startswith("walk:"):
        await _walk(screen, chosen.removeprefix("walk:"))
    else:
        screen.do(chosen)


async def _walk(screen: DeskScreen, procedure_id: str) -> None:
    """Ask which item the procedure is walked through for."""
    if procedure_id == "P-TOPUP":
        await walk_through(screen, procedure_id, "")
        return
    procedure = next(one for one in catalogue(screen.desk.lang) if one.id == procedure_id)
    items = screen.snapshot.overview.items if screen.snapshot else ()
    choices = [
        Choice(seen.item.id, labels.called(seen.item), seen.item.id)
        for seen in items
        if seen.item.kind in procedure.kinds
    ]
    if not choices:
        await screen.desk.tell(procedure.title, _("This account has no item that it is for."))
        return
    item_id = await screen.desk.ask(Choose(procedure.title, choices))
    if item_id:
        await walk_through(screen, procedure_id, item_id)
