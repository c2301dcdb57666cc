"""`renewal sync`: fetch everything, or change nothing."""

from __future__ import annotations

import sys

import click

from store.moments import wire_time
from store.reads import last_sync
from tui.cli.options import Options, emit, json_option, pass_options, say


@click.command("sync")
@json_option
@pass_options
def command(options: Options, *, as_json: bool) -> None:
    """Fetch everything from the cloud. A sync that fails changes nothing that is stored."""
    with options.session() as session:
        count = session.sync(_progress)
        for hint in session.hints:
            say(hint)
        synced = last_sync(session.db, session.account.name)
        as_of = wire_time(synced.as_of) if synced else None
        name = session.account.name
    document = {"schema": "renewal.sync/1", "account": name, "items": count, "as_of": as_of}
    emit(document, [f"{name}: {count} items as of {as_of}"], as_json=as_json)


def _progress(what: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{what} {done}/{total}\x1b[K", nl=done == total > 0, err=True)
