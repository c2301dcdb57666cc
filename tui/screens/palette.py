"""The palette: finds commands, procedures, items, accounts and settings by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterator
from functools import partial
from itertools import islice
from threading import Event

from msgspec.structs import replace

from store.i18n import _
from store.items.assessment import Assessment
from store.items.names import item_name
from store.items.search import items_by_number, matching_numbers, stop_with
from store.items.sort_orders import BY_DEADLINE
from store.models import Item
from store.session import Session
from store.walkthroughs.procedures import all_procedures
from tui.actions.accounts import ALL
from tui.actions.walks import walk_through
from tui.commands.registry import commands_in
from tui.dialogs.palette import PaletteDialog, PaletteEntry, entries_of
from tui.panes.filter_query import parse
from tui.prompts import Choice, Menu, Message, outcome
from tui.screens.base import BaseScreen
from tui.text import labels
from tui.themes import THEMES, theme_choice

MAX_ITEMS = 20
"""Items that a search lists."""
MAX_CHOICES = 100
"""Items that are listed to choose from for a procedure."""
ITEM = "item:"
"""The prefix of an entry that is an item; a command's ID has no colon."""
Run = Callable[[], Awaitable[object]]


async def find_anything(screen: BaseScreen) -> None:
    """Open the palette, and run what is chosen."""
    named = {entry.id: (entry, run) for entry, run in _fixed_entries(screen)}
    commands = entries_of(commands_in(screen.SCOPE), screen.off_reasons())
    entries = [*commands, *(entry for entry, _run in named.values())]
    chosen = await screen.app.ask(PaletteDialog(entries, partial(_find_items, screen)))
    if chosen is None:
        return
    if chosen in named:
        _entry, run = named[chosen]
        await run()
    elif chosen.startswith(ITEM):
        screen.app.open_item(chosen.removeprefix(ITEM))
    else:
        screen.run_command(chosen)


def _fixed_entries(screen: BaseScreen) -> Iterator[tuple[PaletteEntry, Run]]:
    """The entries besides commands and items, each with the function that it runs."""
    app, kind = screen.app, _("walk-through")
    for procedure in all_procedures():
        entry = PaletteEntry(f"walk:{procedure.id}", procedure.title, f"{procedure.id} {kind}")
        yield entry, partial(_walk_for_item, screen, procedure.id)
    for name, account in app.session.config.accounts.items():
        title = _("Account {name}").format(name=name)
        entry = PaletteEntry(
            f"account:{name}", title, _("switch to it; {site}").format(site=account.site)
        )
        yield entry, partial(app.go_to_account, name)
    if len(app.session.config.accounts) > 1:
        entry = PaletteEntry(
            "account:", _("All accounts"), _("show what needs attention in all of them")
        )
        yield entry, partial(app.go_to_account, ALL)
    for theme in THEMES:
        choice = theme_choice(theme.name)
        title = _("Theme: {name}").format(name=_(labels.THEMES[choice]))
        yield (
            PaletteEntry(f"theme:{choice}", title, _("use these colors")),
            partial(app.use_theme, theme.name),
        )


async def _find_items(screen: BaseScreen, words: str) -> list[PaletteEntry]:
    """Entries for the first items that have all the words in a name, an ID, an application or a
    note."""
    snapshot = screen.snapshot
    if snapshot is None or not snapshot.overview.items:
        return []
    items, now, stop = snapshot.overview.items, snapshot.overview.now, Event()
    notes = {key: (note.owner, note.note) for key, note in snapshot.annotations.notes.items()}

    def job(session: Session) -> list[Assessment]:
        stop_with(session.db, stop)
        listing = replace(items.in_order(BY_DEADLINE), db=session.db)
        query = parse(words, (), now).filter
        return items_by_number(listing, matching_numbers(listing, query, notes, limit=MAX_ITEMS))

    try:
        matches = await screen.app.in_store(job)
    finally:
        stop.set()
    return [_item_entry(assessment, screen) for assessment in matches]


def _item_entry(assessment: Assessment, screen: BaseScreen) -> PaletteEntry:
    item = assessment.item
    now = screen.snapshot.overview.now if screen.snapshot else None
    facts = (item.instance_id, labels.state(assessment), labels.then(assessment, now))
    hint = " · ".join(filter(None, facts))
    return PaletteEntry(f"{ITEM}{item.id}", item_name(item), hint)


async def _walk_for_item(screen: BaseScreen, procedure_id: str) -> None:
    """Ask for an item, and open the walk-through of the procedure for it."""
    prompter = screen.prompter
    if procedure_id == "P-TOPUP":
        await walk_through(prompter, procedure_id, "")
        return
    procedure = next(known for known in all_procedures() if known.id == procedure_id)
    fitting = await _items_of_kinds(screen, procedure.kinds)
    if not fitting:
        nothing = outcome(_("This account has no item for this procedure."))
        await prompter.tell(Message(procedure.title, nothing))
        return
    choices = [Choice(item.id, item_name(item), item.id) for item in fitting[:MAX_CHOICES]]
    more = _("Only the first {n} by deadline are listed; for another item, press w on its row.")
    lines = [more.format(n=MAX_CHOICES)] if len(fitting) > MAX_CHOICES else []
    item_id = await prompter.choose(Menu(procedure.title, choices, lines))
    if item_id:
        await walk_through(prompter, procedure_id, item_id)


async def _items_of_kinds(screen: BaseScreen, kinds: Collection[str]) -> list[Item]:
    """The first items of these kinds by deadline, at most one more than can be listed."""
    items = screen.snapshot.overview.items if screen.snapshot else None
    if not items:
        return []

    def job(session: Session) -> list[Item]:
        listing = replace(items.in_order(BY_DEADLINE), db=session.db)
        fitting = (listed.item for _position, listed in listing if listed.item.kind in kinds)
        return list(islice(fitting, MAX_CHOICES + 1))

    return await screen.app.in_store(job)
