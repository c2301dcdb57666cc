"""`renewal sync`: fetch everything, or change nothing."""

from __future__ import annotations

import sys

import click

from store import formats
from store.i18n import N_, _, counted
from store.items.queries import last_sync
from store.times import json_time
from tui.cli.exits import CLOUD
from tui.cli.help_page import Example, PageCommand
from tui.cli.options import Options, json_option, pass_options, print_message, print_result
from tui.cli.summaries import SUMMARIES
from tui.streams.output import write_words


@click.command(
    "sync",
    cls=PageCommand,
    summary=SUMMARIES["sync"],
    details=(
        N_(
            "If any part of a sync fails, the stored data is unchanged. Progress "
            "goes to stderr if that is a terminal."
        ),
    ),
    exits=CLOUD,
    examples=(
        Example("renewal sync", N_("Check the default account.")),
        Example(
            "renewal --account practice sync --json",
            N_("Sync another account; output for a script."),
        ),
    ),
)
@json_option
@pass_options
def command(options: Options, *, as_json: bool) -> None:
    """Sync, show the progress on a terminal, and print the number of items."""
    with options.session() as session:
        count = session.sync(_progress)
        for hint in session.hints:
            print_message(hint)
        synced = last_sync(session.db, session.account.name)
        as_of = json_time(synced.as_of) if synced else None
        name = session.account.name
    document = {"schema": "renewal.sync/1", "account": name, "items": count, "as_of": as_of}
    sentence = _("{account}: {items} as of {when}").format(
        account=name,
        items=counted("{n} item", "{n} items", count),
        when=formats.instant(synced.as_of if synced else None),
    )
    print_result(document, [sentence], as_json=as_json)


def _progress(what: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total > 0 else ""
        write_words(f"\r{what} {done}/{total}\x1b[K", err=True, end=end)
