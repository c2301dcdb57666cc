"""The candidates for shell completion, from stored data: the cloud is not asked.

This module is imported with every command, so it imports nothing until a shell asks. Candidates end
up on a person's command line, so names with characters special to a shell are left out. If the data
cannot be read, there are no candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

    from store.config import Config
    from store.home import Home

VARIABLE = "_RENEWAL_COMPLETE"
"""The environment variable by which a completion script asks the program; click derives its name
from the program's."""
MAX_CANDIDATES = 200
_SAFE = re.compile(r"[A-Za-z0-9_.:@+-]+")


def instance_ids(
    ctx: click.Context, _param: click.Parameter, begun: str
) -> list[CompletionItem[str]]:
    """The Instance IDs of the account with this prefix, each with its name."""
    given = ctx.params.get("instance_ids") or ()
    return [item for item in _stored(ctx, "instance_id", begun) if item.value not in given]


def item_ids(ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem[str]]:
    """The IDs of the account's items with this prefix, each with its name."""
    return _stored(ctx, "id", begun)


def procedure_ids(
    ctx: click.Context, _param: click.Parameter, begun: str
) -> list[CompletionItem[str]]:
    """The documented procedures, each with its title."""
    from store.walkthroughs.procedures import catalogue

    del ctx
    return _items(
        (procedure.id, procedure.title) for procedure in catalogue() if _begins(procedure.id, begun)
    )


def account_names(
    ctx: click.Context, _param: click.Parameter, begun: str
) -> list[CompletionItem[str]]:
    """The accounts of config.toml."""
    _home, config = _opened(ctx)
    accounts = config.accounts.values() if config else ()
    return _items(
        (account.name, account.cloud) for account in accounts if _begins(account.name, begun)
    )


def _begins(name: str, begun: str) -> bool:
    return name.lower().startswith(begun.lower())


def _items(values: Iterable[tuple[str, str]]) -> list[CompletionItem[str]]:
    from click.shell_completion import CompletionItem

    from store.sanitize import plain

    return [
        CompletionItem(value, help=plain(words, limit=60) or None)
        for value, words in values
        if _SAFE.fullmatch(value)
    ]


def _opened(ctx: click.Context) -> tuple[Home | None, Config | None]:
    """The home folder and its configuration; nothing is created or changed for a completion."""
    from store.config import read_config
    from store.errors import RenewalError
    from store.home import home_at

    with suppress(RenewalError):
        home = home_at(ctx.find_root().params.get("home_folder"))
        return home, read_config(home.config)
    return None, None


def _stored(ctx: click.Context, column: str, begun: str) -> list[CompletionItem[str]]:
    import sqlite3

    from store.errors import RenewalError
    from store.items.queries import names_by_prefix

    home, config = _opened(ctx)
    if home is None or config is None or not home.store.exists():
        return []
    with suppress(RenewalError, sqlite3.Error):
        account = config.account(ctx.find_root().params.get("account")).name
        db = sqlite3.connect(f"{home.store.absolute().as_uri()}?mode=ro", uri=True, timeout=1)
        try:
            return _items(names_by_prefix(db, account, column, begun, MAX_CANDIDATES))
        finally:
            db.close()
    return []
