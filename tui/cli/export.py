"""`renewal export`: calendar, table, metrics."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from store.config_checks import MOST_DAYS
from store.errors import FileTrouble, Usage
from store.files.writing import write_file
from store.i18n import N_, _
from tui.cli.exits import ALWAYS
from tui.cli.help_page import Example, PageCommand
from tui.cli.options import (
    NEVER,
    Age,
    FilePath,
    Options,
    json_option,
    pass_options,
    print_message,
    print_result,
)
from tui.cli.status import DEFAULT_MAX_AGE, sync_failed
from tui.cli.summaries import SUMMARIES
from tui.streams.output import write_data
from tui.text import texts_in

if TYPE_CHECKING:
    from store.items.overview import Overview

SCHEMA = "renewal.export/1"
_STDOUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
FORMS = ("ics", "csv", "prometheus")


class Days(click.ParamType[tuple[int, ...]]):
    """`60,30,7` as numbers of days."""

    name = "days"

    def convert(self, value: Any, _param: Any, _ctx: Any) -> tuple[int, ...]:
        if isinstance(value, tuple):
            return value
        parts = value.split(",")
        if not all(part.isascii() and part.isdigit() and int(part) <= MOST_DAYS for part in parts):
            raise Usage(
                _(
                    "{value!r} is not a list of days: use numbers up to 3650, such as 60,30,7"
                ).format(value=value)
            )
        return tuple(int(part) for part in parts)


@click.command(
    "export",
    cls=PageCommand,
    summary=SUMMARIES["export"],
    details=(
        N_(
            "For a calendar app, a spreadsheet, or the textfile collector of "
            "Prometheus. Importing a calendar again updates its events without "
            "duplicates."
        ),
    ),
    exits=ALWAYS,
    examples=(
        Example(
            "renewal export --ics --alarms 30,7,1 -o renewals.ics",
            N_("Export end dates, auto-renewal days and last chances, with alarms."),
        ),
        Example("renewal export --csv -o items.csv", N_("Export a table for a spreadsheet.")),
        Example("renewal export --prometheus", N_("Print metrics on stdout.")),
    ),
)
@click.option(
    "--ics",
    is_flag=True,
    help=N_("Write a calendar with stable UIDs; in English unless a language is chosen."),
)
@click.option("--csv", is_flag=True, help=N_("Write a table, safe against formula injection."))
@click.option("--prometheus", is_flag=True, help=N_("Write metrics for the textfile collector."))
@click.option(
    "-o",
    "--output",
    type=FilePath(),
    help=N_("Write to this file, replacing it as a whole, or to a pipe or device; - is stdout."),
)
@click.option(
    "--alarms",
    type=Days(),
    help=N_(
        "Alarms, in days before an event, for --ics. Default: `alarms` in "
        "config.toml, else 60,30,14,7,3,1."
    ),
)
@click.option("--max-age", type=Age(), default=DEFAULT_MAX_AGE, help=N_("As for `renewal status`."))
@json_option
@pass_options
def command(
    options: Options,
    /,
    output: Path | None,
    alarms: tuple[int, ...] | None,
    max_age: timedelta | str,
    *,
    as_json: bool,
    **chosen: bool,
) -> None:
    """Write the export to the file or stdout; with `--json`, as text in a document."""
    forms = [form for form in FORMS if chosen[form]]
    if len(forms) != 1:
        raise Usage(_("use one of --ics, --csv and --prometheus"))
    (form,) = forms
    with options.session() as session:
        limit = None if max_age == NEVER or isinstance(max_age, str) else max_age
        overview = session.overview(max_age=limit)
        with texts_in(options.document_language(session)):
            text = _text(overview, form, session.config.alarms if alarms is None else alarms)
    if overview.sync_error:
        print_message(sync_failed(overview.sync_error.message))
    if str(output) in _STDOUT:
        output = None
    if output is not None:
        _write_file(output, text)
    if as_json:
        document = {"schema": SCHEMA, "format": form, "text": text.decode("utf-8-sig")}
        print_result(document, [], as_json=True)
    elif output is None:
        write_data(text)


def _text(overview: Overview, form: str, alarms: tuple[int, ...]) -> bytes:
    if form == "ics":
        from store.export.ics import calendar_text

        return calendar_text(overview, alarms)
    if form == "csv":
        from store.export.csv_table import table_text

        return table_text(overview)
    from store.export.prometheus import metrics_text

    return metrics_text(overview)


def _write_file(path: Path, text: bytes) -> None:
    try:
        write_file(path, text, new_mode=0o644)  # a collector reads it as another user
    except OSError as error:
        raise FileTrouble(
            _("{path} cannot be written ({strerror})").format(path=path, strerror=error.strerror)
        ) from error
