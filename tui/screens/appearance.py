"""How the program looks and whether it has the mouse, kept for the next start."""

from __future__ import annotations

from store.config import choose
from store.i18n import _
from tui.prompts import Choice, Menu
from tui.screens.base import BaseScreen
from tui.themes import THEMES, choice_of


async def choose_theme(screen: BaseScreen) -> None:
    """One of the program's themes, or the terminal's own colors."""
    app = screen.app
    names = [theme.name for theme in THEMES]
    label_of = {
        "dark": _("Dark"),
        "light": _("Light"),
        "contrast": _("High contrast"),
        "terminal": _("The terminal's own colors"),
    }
    default = names.index(app.theme) if app.theme in names else 0
    choices = [Choice(name, label_of[choice_of(name)]) for name in names]
    chosen = await screen.prompter.choose(Menu(_("Theme"), choices, default=default))
    if chosen:
        app.theme = chosen
        choose(app.session.home.config, "theme", choice_of(chosen))


def switch_mouse(screen: BaseScreen) -> None:
    """Leave the mouse to the terminal, for selecting text; or take it back."""
    app = screen.app
    app.switch_mouse(enabled=not app.has_mouse)
    choose(app.session.home.config, "mouse", app.has_mouse)
    screen.notify(
        _("Mouse on: click and scroll in the program.")
        if app.has_mouse
        else _("Mouse off: select text as in any terminal program.")
    )
