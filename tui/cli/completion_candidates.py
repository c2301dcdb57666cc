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
    ctx: click.Context, _param: click.Parameter, prefix: str
) -> list[CompletionItem[str]]:
    """The Instance IDs of the account with this prefix, each with its name."""
    typed_ids = ctx.params.get("instance_ids") or ()
    return [
        item
        for item in _stored_candidates(ctx, "instance_id", prefix)
        if item.value not in typed_ids
    ]


def item_ids(ctx: click.Context, _param: click.Parameter, prefix: str) -> list[CompletionItem[str]]:
    """The IDs of the account's items with this prefix, each with its name."""
    return _stored_candidates(ctx, "id", prefix)


def procedure_ids(
    ctx: click.Context, _param: click.Parameter, prefix: str
) -> list[CompletionItem[str]]:
    """The documented procedures, each with its title."""
    from store.walkthroughs.procedures import all_procedures

    del ctx
    return _candidates(
        (procedure.id, procedure.title)
        for procedure in all_procedures()
        if _has_prefix(procedure.id, prefix)
    )


def account_names(
    ctx: click.Context, _param: click.Parameter, prefix: str
) -> list[CompletionItem[str]]:
    """The accounts of config.toml."""
    _home, config = _home_and_config(ctx)
    accounts = config.accounts.values() if config else ()
    return _candidates(
        (account.name, account.cloud) for account in accounts if _has_prefix(account.name, prefix)
    )


def _has_prefix(name: str, prefix: str) -> bool:
    return name.lower().startswith(prefix.lower())


def _candidates(values: Iterable[tuple[str, str]]) -> list[CompletionItem[str]]:
    from click.shell_completion import CompletionItem

    from store.sanitize import plain

    return [
        CompletionItem(value, help=plain(help_text, limit=60) or None)
        for value, help_text in values
        if _SAFE.fullmatch(value)
    ]


def _home_and_config(ctx: click.Context) -> tuple[Home | None, Config | None]:
    """The home folder and its configuration; nothing is created or changed for a completion."""
    from store.config import read_config
    from store.errors import RenewalError
    from store.home import home_at

    with suppress(RenewalError):
        home = home_at(ctx.find_root().params.get("home_folder"))
        return home, read_config(home.config)
    return None, None


def _stored_candidates(ctx: click.Context, column: str, prefix: str) -> list[CompletionItem[str]]:
    import sqlite3

    from store.errors import RenewalError
    from store.items.queries import names_by_prefix

    home, config = _home_and_config(ctx)
    if home is None or config is None or not home.store.exists():
        return []
    with suppress(RenewalError, sqlite3.Error):
        account = config.account(ctx.find_root().params.get("account")).name
        db = sqlite3.connect(f"{home.store.absolute().as_uri()}?mode=ro", uri=True, timeout=1)
        try:
            return _candidates(names_by_prefix(db, account, column, prefix, MAX_CANDIDATES))
        finally:
            db.close()
    return []
