"""`renewal licenses …`: licenses entered by hand, since no public API lists them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import click

from store.i18n import N_, _, counted
from tui.cli.exits import ALWAYS
from tui.cli.help_page import Example, PageGroup
from tui.cli.options import (
    Amount,
    FilePath,
    Options,
    Whole,
    json_option,
    pass_options,
    print_result,
)
from tui.cli.summaries import SUMMARIES

SCHEMA = "renewal.licenses/1"


@click.group(
    "licenses",
    cls=PageGroup,
    summary=SUMMARIES["licenses"],
    details=(
        N_(
            "They are matched with the billing data by Instance ID and watched like "
            "every other item."
        ),
    ),
    exits=ALWAYS,
    examples=(
        Example("renewal licenses import licenses.csv", N_("Import licenses from a table.")),
        Example("renewal licenses add --help", N_("List the options for one license.")),
    ),
)
def command() -> None:
    """The group; its subcommands do the work."""


@command.command(
    "import",
    summary=N_("Import licenses from a CSV file."),
    details=(
        N_(
            "If one line is invalid, nothing is imported. Columns: license_id, "
            "application, package, instance_id, sdks (separated by ;), expires_at; "
            "optional: monthly_price and auto_renewal_months."
        ),
    ),
    argument_help={"FILE.csv": N_("A CSV file with a header line, as saved by a spreadsheet.")},
    exits=ALWAYS,
    examples=(
        Example("renewal licenses import licenses.csv", N_("Import all licenses in the file.")),
    ),
)
@click.argument("file", type=FilePath(), metavar="FILE.csv")
@json_option
@pass_options
def import_command(options: Options, file: Path, *, as_json: bool) -> None:
    """Raises `BadFile` with the line and the column before anything is stored."""
    from store.items.license_csv import read_csv
    from store.items.manual_licenses import store_licenses

    licenses = read_csv(file)
    with options.session() as session:
        store_licenses(session.db, session.account.name, licenses)
    ids = [item.id for item in licenses]
    print_result(
        {"schema": SCHEMA, "kept": ids},
        [counted("{n} license kept", "{n} licenses kept", len(ids))],
        as_json=as_json,
    )


@command.command(
    "add",
    summary=N_("Add one license."),
    details=(N_("A license with the same license ID is replaced."),),
    exits=ALWAYS,
    examples=(
        Example(
            'renewal licenses add --license-id lic-kids --application "Kids app" --instance-id '
            'vod-sdk-77 --sdk "Player SDK" --expires-at 2026-12-01T00:00:00+08:00',
            N_("Add a license with one SDK, bound to an application."),
        ),
    ),
)
@click.option("--license-id", required=True, help=N_("The license ID as the console shows it."))
@click.option(
    "--application",
    default="",
    help=N_("The application it is bound to; leave it out if it is not bound yet."),
)
@click.option("--package", default="", help=N_("The package name of the application."))
@click.option(
    "--instance-id",
    default="",
    help=N_("The Instance ID of its order; leave it out if the console shows none."),
)
@click.option(
    "--sdk",
    "sdks",
    multiple=True,
    required=True,
    help=N_("An SDK in the license; repeat it for each SDK."),
)
@click.option(
    "--expires-at", required=True, help=N_("The end date, such as 2026-12-01T00:00:00+08:00.")
)
@click.option("--monthly-price", type=Amount(), help=N_("The monthly price of its order."))
@click.option(
    "--auto-renewal-months", type=Whole(), help=N_("Months to renew each time: 1, 2, 3, 6 or 12.")
)
@json_option
@pass_options
def add(  # noqa: PLR0913, PLR0917 - each is a field of a license
    options: Options,
    license_id: str,
    application: str,
    package: str,
    instance_id: str,
    sdks: tuple[str, ...],
    expires_at: str,
    monthly_price: Decimal | None,
    auto_renewal_months: int | None,
    *,
    as_json: bool,
) -> None:
    """Raises `BadFile` for an invalid value."""
    from store.items.manual_licenses import parse_license, store_licenses

    item = parse_license(
        _("the command line"),
        {
            "license_id": license_id,
            "application": application,
            "package": package,
            "instance_id": instance_id,
            "sdks": ";".join(sdks),
            "expires_at": expires_at,
            "monthly_price": "" if monthly_price is None else str(monthly_price),
            "auto_renewal_months": "" if auto_renewal_months is None else str(auto_renewal_months),
        },
    )
    with options.session() as session:
        store_licenses(session.db, session.account.name, [item])
    sentence = _("{id} was added").format(id=item.id)
    print_result({"schema": SCHEMA, "kept": [item.id]}, [sentence], as_json=as_json)
