"""`renewal licenses …`: licenses by hand, since no public API lists them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import click

from store.i18n import N_, _, counted
from tui.cli.exits import ALWAYS
from tui.cli.help_page import Example, Pages
from tui.cli.options import Amount, FilePath, Options, Whole, emit, json_option, pass_options

SCHEMA = "renewal.licenses/1"


@click.group(
    "licenses",
    cls=Pages,
    says=(
        N_("Licenses by hand, since no public API lists them."),
        N_(
            "They are joined with the billing data by their Instance ID, and watched like "
            "everything else."
        ),
    ),
    exits=ALWAYS,
    examples=(
        Example("renewal licenses import licenses.csv", N_("From a table.")),
        Example("renewal licenses add --help", N_("The fields of one license.")),
    ),
)
def command() -> None:
    """Licenses by hand, since no public API lists them."""


@command.command(
    "import",
    says=(
        N_("Take licenses from a CSV file."),
        N_(
            "All of it, or nothing where a line does not fit. Columns: license_id, "
            "application, package, instance_id, sdks (separated by ;), expires_at; and, where "
            "wanted, monthly_price and auto_renewal_months."
        ),
    ),
    values={"FILE.csv": N_("In UTF-8, with a line of column names.")},
    exits=ALWAYS,
    examples=(Example("renewal licenses import licenses.csv", N_("All licenses of the file.")),),
)
@click.argument("file", type=FilePath(), metavar="FILE.csv")
@json_option
@pass_options
def import_command(options: Options, file: Path, *, as_json: bool) -> None:
    """Take licenses from a CSV file; all of it, or nothing where a line does not fit."""
    from store.items.manual_licenses import keep_licenses, read_csv

    licenses = read_csv(file)
    with options.session() as session:
        keep_licenses(session.db, session.account.name, licenses)
    ids = [item.id for item in licenses]
    emit(
        {"schema": SCHEMA, "kept": ids},
        [counted("{n} license kept", "{n} licenses kept", len(ids))],
        as_json=as_json,
    )


@command.command(
    "add",
    says=(
        N_("Keep one license."),
        N_("One with the same license ID is replaced."),
    ),
    exits=ALWAYS,
    examples=(
        Example(
            'renewal licenses add --license-id lic-kids --application "Kids app" --instance-id '
            'vod-sdk-77 --sdk "Player SDK" --expires-at 2026-12-01T00:00:00+08:00',
            N_("A license with one SDK, bound to an application."),
        ),
    ),
)
@click.option("--license-id", required=True, help=N_("As the console shows it."))
@click.option("--application", default="", help=N_("What it is bound to; empty: not bound yet."))
@click.option("--package", default="", help=N_("The package name of the application."))
@click.option(
    "--instance-id", default="", help=N_("Of its order; empty where the console has none.")
)
@click.option("--sdk", "sdks", multiple=True, required=True, help=N_("Once for each SDK in it."))
@click.option("--expires-at", required=True, help=N_("As 2026-12-01T00:00:00+08:00."))
@click.option("--monthly-price", type=Amount(), help=N_("What a month of its order costs."))
@click.option("--auto-renewal-months", type=Whole(), help=N_("1, 2, 3, 6 or 12."))
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
    """Keep one license."""
    from store.items.manual_licenses import keep_licenses, license_of

    item = license_of(
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
        keep_licenses(session.db, session.account.name, [item])
    kept = _("{id} is kept").format(id=item.id)
    emit({"schema": SCHEMA, "kept": [item.id]}, [kept], as_json=as_json)
