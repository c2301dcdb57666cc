"""Switch to another account, or see all of them in one list."""

from __future__ import annotations

from store.config import PRACTICE
from tui.dialogs.choose import Choice, Choose
from tui.screens.desk import DeskScreen
from tui.text import _

ALL = ""
"""The choice of all accounts; no account has an empty name."""


async def choose_account(screen: DeskScreen) -> None:
    """The accounts of config.toml, and all of them together."""
    app = screen.desk
    accounts = app.session.config.accounts
    choices = [Choice(ALL, _("all accounts in one list"))]
    for name, account in accounts.items():
        kind = _("practice") if account.cloud == PRACTICE else _("live")
        choices.append(Choice(name, name, kind))
    names = [choice.value for choice in choices]
    at = names.index(app.session.account.name)
    chosen = await app.ask(Choose(_("Account"), choices, at=at))
    if chosen == ALL:
        from tui.screens.accounts import AccountsScreen

        app.push_screen(AccountsScreen())
    elif chosen is not None:
        app.switch_account(chosen)
