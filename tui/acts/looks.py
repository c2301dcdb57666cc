"""How the program looks."""

from __future__ import annotations

from tui.dialogs.choose import Choice, Choose
from tui.screens.desk import DeskScreen
from tui.text import _
from tui.themes import THEMES


async def choose_theme(screen: DeskScreen) -> None:
    """One of the program's themes."""
    app = screen.desk
    names = [theme.name for theme in THEMES]
    at = names.index(app.theme) if app.theme in names else 0
    chosen = await app.ask(Choose(_("Theme"), [Choice(name, name) for name in names], at=at))
    if chosen:
        app.theme = chosen
