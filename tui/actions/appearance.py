"""How the program looks, kept for the next time."""

from __future__ import annotations

from store.config_edits import choose
from store.i18n import _
from tui.dialogs.choose import Choice, Choose
from tui.screens.base import DeskScreen
from tui.themes import THEMES, choice_of


async def choose_theme(screen: DeskScreen) -> None:
    """One of the program's themes, or the terminal's own colours."""
    app = screen.desk
    names = [theme.name for theme in THEMES]
    words = {
        "dark": _("Dark"),
        "light": _("Light"),
        "contrast": _("High contrast"),
        "terminal": _("The terminal's own colors"),
    }
    at = names.index(app.theme) if app.theme in names else 0
    choices = [Choice(name, words[choice_of(name)]) for name in names]
    chosen = await app.ask(Choose(_("Theme"), choices, at=at))
    if chosen:
        app.theme = chosen
        choose(app.session.home.config, "theme", choice_of(chosen))


async def switch_mouse(screen: DeskScreen) -> None:
    """Let the terminal have the mouse, for selecting text as everywhere; or take it back."""
    app = screen.desk
    app.switch_mouse(enabled=not app.has_mouse)
    choose(app.session.home.config, "mouse", app.has_mouse)
    screen.notify(
        _("The mouse is the program's: clicks and the wheel work.")
        if app.has_mouse
        else _("The mouse is the terminal's: select text as everywhere.")
    )
