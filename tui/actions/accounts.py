"""Choose an account, or add one from a profile of the aliyun CLI."""

from __future__ import annotations

from store.config import ALIBABA, PRACTICE, Account, add_account
from store.errors import Denied
from store.home import user_home
from store.i18n import _
from store.session import Session
from tui.actions.prompter import Prompter
from tui.prompts import Choice, Menu

ALL = ""
"""The choice of all accounts together; no account has an empty name."""

PROFILE = "profile:"
"""The prefix of a choice that is a profile without an account."""


async def choose_account(prompter: Prompter, *, with_all: bool = True) -> str | None:
    """The name of the chosen account, `ALL`, or None.

    A chosen profile is added to config.toml as an account. `with_all`: offer all accounts together,
    too.
    """
    session = prompter.session
    choices = [Choice(ALL, _("All accounts in one list"))] if with_all else []
    for name, account in session.config.accounts.items():
        kind = _("practice") if account.cloud == PRACTICE else _("live")
        choices.append(Choice(name, name, kind))
    default = [choice.value for choice in choices].index(session.account.name)
    choices += await prompter.in_store(_profile_choices)
    chosen = await prompter.choose(Menu(_("Account"), choices, default=default))
    return await _account_of_choice(prompter, chosen)


async def choose_first_account(prompter: Prompter) -> str | None:
    """At the first start, offer this machine's profiles; the name of the account, or None for
    practice."""
    profiles = await prompter.in_store(_profile_choices)
    if not profiles:
        return None
    practice = Choice(PRACTICE, _("Practice first"), _("a simulated cloud, no real money"))
    lines = [
        _("This machine has profiles of the aliyun CLI. An account that is added from one is "
          "only viewed: nothing is paid from it unless config.toml allows it."),
    ]  # fmt: skip
    chosen = await prompter.choose(Menu(_("Welcome"), [practice, *profiles], lines))
    return None if chosen == PRACTICE else await _account_of_choice(prompter, chosen)


async def _account_of_choice(prompter: Prompter, chosen: str | None) -> str | None:
    """The name of the chosen account; a chosen profile is added to config.toml as one."""
    if chosen is None or not chosen.startswith(PROFILE):
        return chosen
    name, _colon, site = chosen.removeprefix(PROFILE).rpartition(":")

    def add(session: Session) -> None:
        add_account(session.home.config, Account(name, ALIBABA, site, profile=name))

    await prompter.in_store(add)
    return name


def _profile_choices(session: Session) -> list[Choice[str]]:
    """A choice for each profile that is not an account yet; none if they cannot be read, which
    `renewal doctor` reports."""
    from store.clouds.alibaba.cli_profiles import profiles

    try:
        readable = profiles(user_home())
    except Denied:
        return []
    return [
        Choice(
            f"{PROFILE}{profile.name}:{profile.site or 'china'}",
            _("View profile {name}").format(name=profile.name),
            f"{profile.mode}, {profile.site or 'china'}",
        )
        for profile in readable
        if profile.name not in session.config.accounts
    ]
