"""Switch to another account, see all of them in one list, or look at one for the first time."""

from __future__ import annotations

from store.config import ALIBABA, PRACTICE, Account
from store.config_edits import add_account
from store.errors import Denied
from store.home import user_home
from store.i18n import _
from store.session import Session
from tui.dialogs.choose import Choice, Choose
from tui.screens.base import DeskScreen

ALL = ""
"""The choice of all accounts; no account has an empty name."""

PROFILE = "profile:"
"""Before the name of a profile that is not an account yet."""


async def choose_account(screen: DeskScreen) -> None:
    """The accounts of config.toml, all of them together, and the profiles to look at next."""
    app = screen.desk
    accounts = app.session.config.accounts
    choices = [Choice(ALL, _("all accounts in one list"))]
    for name, account in accounts.items():
        kind = _("practice") if account.cloud == PRACTICE else _("live")
        choices.append(Choice(name, name, kind))
    at = [choice.value for choice in choices].index(app.session.account.name)
    choices += await app.in_store(_profile_choices)
    await _go_to(screen, await app.ask(Choose(_("Account"), choices, at=at)))


async def first_look(screen: DeskScreen) -> None:
    """The first start: the profiles that this machine has, and practice otherwise."""
    app = screen.desk
    profiles = await app.in_store(_profile_choices)
    if not profiles:
        return
    practice = Choice(PRACTICE, _("practise first"), _("a cloud of its own, no real money"))
    chosen = await app.ask(
        Choose(
            _("Welcome"),
            [practice, *profiles],
            lines=[
                _("This machine has profiles of the aliyun command line. An account that is "
                  "looked at is never paid from until config.toml says so."),
            ],
        )
    )  # fmt: skip
    if chosen not in {None, PRACTICE}:
        await _go_to(screen, chosen)


async def _go_to(screen: DeskScreen, chosen: str | None) -> None:
    app = screen.desk
    if chosen is None:
        return
    if chosen == ALL:
        from tui.screens.accounts import AccountsScreen

        app.push_screen(AccountsScreen())
        return
    if chosen.startswith(PROFILE):
        name, _colon, site = chosen.removeprefix(PROFILE).rpartition(":")
        await app.in_store(lambda session: _add(session, name, site))
        app.reopen(name)
        return
    app.switch_account(chosen)


def _profile_choices(session: Session) -> list[Choice[str]]:
    """A choice for each profile that is not an account yet; none where they cannot be read,
    which `renewal doctor` tells."""
    from store.clouds.alibaba.credentials import profiles

    try:
        found = profiles(user_home())
    except Denied:
        return []
    known = set(session.config.accounts)
    return [
        Choice(
            f"{PROFILE}{profile.name}:{profile.site or 'china'}",
            _("look at profile {name}").format(name=profile.name),
            f"{profile.mode}, {profile.site or 'china'}",
        )
        for profile in found
        if profile.name not in known
    ]


def _add(session: Session, name: str, site: str) -> None:
    add_account(session.home.config, Account(name, ALIBABA, site, profile=name))
