"""`renewal licenses …`: licenses by hand, since no public API lists them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import click

from tui.cli.options import Amount, Options, emit, json_option, pass_options

SCHEMA = "renewal.licenses/1"


@click.group("licenses")
def command() -> None:
    """Licenses by hand, since no public API lists them."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.csv")
@json_option
@pass_options
def import_command(options: Options, file: Path, *, as_json: bool) -> None:
    """Take licenses from a CSV file; all of it, or nothing where a line does not fit."""
    from store.handwritten import keep_licenses, read_csv

    licenses = read_csv(file)
    with options.session() as session:
        keep_licenses(session.db, session.account.name, licenses)
    ids = [item.id for item in licenses]
    emit({"schema": SCHEMA, "kept": ids}, [f"{len(ids)} licenses kept"], as_json=as_json)


@command.command("add")
@click.option("--license-id", required=True)
@click.option("--application", default="", help="What it is bound to; empty: not bound yet.")
@click.option("--package", default="")
@click.option("--instance-id", default="", help="Of its order; empty where the console has none.")
@click.option("--sdk", "sdks", multiple=True, required=True, help="Once for each SDK in it.")
@click.option("--expires-at", required=True, help="As 2026-12-01T00:00:00+08:00.")
@click.option("--monthly-price", type=Amount())
@click.option("--auto-renewal-months", type=int)
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
    from store.handwritten import keep_licenses, license_of

    item = license_of(
        "the command line",
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
    emit({"schema": SCHEMA, "kept": [item.id]}, [f"{item.id} kept"], as_json=as_json)
