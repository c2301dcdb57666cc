"""`renewal status`: what needs attention, from the stored data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import click

from store.errors import Exit, Usage
from store.export.status_json import EXITS, status_document
from store.i18n import N_, _
from store.items.overview import DEFAULT_WITHIN
from store.sanitize import plain_json, plain_line
from store.times import json_time
from tui.cli.exits import ALWAYS, STATUS
from tui.cli.help_page import Example, PageCommand
from tui.cli.options import (
    NEVER,
    Age,
    Options,
    WholeDays,
    json_option,
    pass_options,
    print_message,
    print_result,
)
from tui.cli.summaries import SUMMARIES
from tui.streams.output import write_data, write_words

DEFAULT_MAX_AGE = timedelta(minutes=15)
_KEPT_IN_MEMORY = 1024 * 1024
"""Characters of a document that are kept in memory; a thousand items take less than half."""


@click.command(
    "status",
    cls=PageCommand,
    summary=SUMMARIES["status"],
    details=(
        N_(
            "It shows the stored data, and syncs first if the data is older than "
            "`--max-age`. The exit code follows the plugin convention of Nagios and "
            "Icinga."
        ),
    ),
    exits=ALWAYS | STATUS,
    examples=(
        Example("renewal status", N_("Show what needs attention within 30 days.")),
        Example(
            "renewal status --within 60d --max-age never",
            N_("Look 60 days ahead in the stored data, without asking the cloud."),
        ),
        Example("renewal status --json --max-age 0", N_("Sync first, then print JSON.")),
        Example("renewal status --line", N_("Print one line from the stored data.")),
    ),
)
@click.option(
    "--within",
    type=WholeDays(),
    default=DEFAULT_WITHIN,
    help=N_("How far to look ahead, such as 30d."),
)
@click.option(
    "--max-age",
    type=Age(),
    help=N_("Sync first if the data is older than this: 15m, 0 or never."),
)
@click.option(
    "--line",
    "as_line",
    is_flag=True,
    help=N_("Print one line for Nagios, tmux or a login message; syncs only with --max-age."),
)
@json_option
@pass_options
def command(
    options: Options,
    within: timedelta,
    max_age: timedelta | str | None,
    *,
    as_line: bool,
    as_json: bool,
) -> Exit:
    """Exit with the code of the worst severity."""
    if as_line and as_json:
        raise Usage(_("use either --line or --json"))
    if max_age is None:
        max_age = NEVER if as_line else DEFAULT_MAX_AGE
    limit = max_age if isinstance(max_age, timedelta) else None
    with options.session() as session:
        overview = session.overview(within, limit)
        if as_line:
            from tui.cli.status_line import status_line

            write_words(status_line(overview))
            return EXITS[overview.severity]
        if overview.sync_error:
            print_message(sync_failed(overview.sync_error.message))
        elif overview.is_from_future:
            print_message(
                _(
                    "the stored data is from {as_of}, later than this machine's clock "
                    "({now}), so nothing can be assessed. Set the clock (NTP)."
                ).format(as_of=json_time(overview.as_of), now=json_time(overview.now))
            )
        elif overview.as_of is None:
            print_message(_("no data for this account yet; run `renewal sync` to fetch it."))
        if as_json:
            _write_document(status_document(overview))
        else:
            from tui.text.status_text import status_lines

            print_result({}, status_lines(overview), as_json=False)
    return EXITS[overview.severity]


def _write_document(contents: dict[str, Any]) -> None:
    """Write the document with one item a line, in as much memory for a million items as for ten.

    It is complete before its first byte goes to stdout, so that an error leaves no partial
    document.
    """
    parts, buffer = _parts(contents), StringIO()
    for part in parts:
        buffer.write(part)
        if buffer.tell() > _KEPT_IN_MEMORY:
            _write_through_file(buffer.getvalue(), parts)
            break
    else:
        write_data(buffer.getvalue())


def _write_through_file(begun: str, parts: Iterator[str]) -> None:
    from tempfile import TemporaryFile

    with TemporaryFile("w+b") as out:
        out.write(begun.encode())
        out.writelines(part.encode() for part in parts)
        out.seek(0)
        for piece in iter(lambda: out.read(_KEPT_IN_MEMORY), b""):
            write_data(piece)


def _parts(contents: dict[str, Any]) -> Iterator[str]:
    items = contents.pop("items")
    yield plain_json({**contents, "items": []}, indent=2).removesuffix("]\n}")
    between = "\n    "
    for item in items:
        yield between + plain_line(item)
        between = ",\n    "
    yield "]\n}\n" if between == "\n    " else "\n  ]\n}\n"


def sync_failed(reason: str) -> str:
    """The message that a sync failed and older data is shown."""
    return _("the sync failed, so this shows the stored data: {reason}").format(reason=reason)
