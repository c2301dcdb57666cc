"""`renewal practice buy-plan …`: what is done in the console of a real cloud."""

from __future__ import annotations

from decimal import Decimal

import click

from store.errors import Exit
from store.i18n import N_
from tui.cli.completion_candidates import instance_ids, item_ids
from tui.cli.exits import ALWAYS, meanings
from tui.cli.help_page import Example, PageCommand
from tui.cli.options import Amount, Options, json_option, pass_options
from tui.cli.practice_shared import open_practice, print_new_id


@click.command(
    "buy-plan",
    cls=PageCommand,
    summary=N_("Buy a resource plan like an existing one, as in the console."),
    details=(N_("It prints the new ID."),),
    argument_help={"PLAN_ID": N_("The ID of the existing plan.")},
    exits=ALWAYS | meanings(Exit.REFUSED, Exit.STOPPED_HERE),
    examples=(
        Example(
            "renewal practice buy-plan plan-storage-1", N_("Buy one like it, at the same price.")
        ),
    ),
)
@click.argument("plan_id", shell_complete=item_ids)
@json_option
@pass_options
def buy_plan(options: Options, plan_id: str, *, as_json: bool) -> None:
    """Raises `Refused` if it cannot be paid or has no price."""
    with open_practice(options, changes=True) as cloud:
        new_id = cloud.buy_plan(plan_id)
    print_new_id(new_id, as_json=as_json)


@click.command(
    "buy-license",
    cls=PageCommand,
    summary=N_("Buy a license with the same SDKs as an existing one, not bound yet."),
    details=(N_("It prints the new license ID."),),
    argument_help={"LICENSE_ID": N_("The ID of the existing license.")},
    exits=ALWAYS | meanings(Exit.REFUSED, Exit.STOPPED_HERE),
    examples=(
        Example("renewal practice buy-license lic-kids", N_("Buy the same SDKs for 12 months.")),
    ),
)
@click.argument("license_id", shell_complete=item_ids)
@json_option
@pass_options
def buy_license(options: Options, license_id: str, *, as_json: bool) -> None:
    """Raises `Refused` if it cannot be paid or has no price."""
    with open_practice(options, changes=True) as cloud:
        new_id = cloud.buy_license(license_id)
    print_new_id(new_id, as_json=as_json)


@click.command(
    "bind",
    cls=PageCommand,
    summary=N_("Bind a license to an application."),
    argument_help={
        "LICENSE_ID": N_("The ID of a license that is not bound yet."),
        "APPLICATION": N_("The name of the application."),
    },
    exits=ALWAYS | meanings(Exit.STOPPED_HERE),
    examples=(
        Example(
            'renewal practice bind lic-kids-2 "Kids app"',
            N_("Bind the license; it then covers the application."),
        ),
    ),
)
@click.argument("license_id", shell_complete=item_ids)
@click.argument("application")
@json_option
@pass_options
def bind(options: Options, license_id: str, application: str, *, as_json: bool) -> None:
    """Raises `Usage` for a license that is already bound."""
    with open_practice(options, changes=True) as cloud:
        cloud.bind(license_id, application)
    print_new_id(license_id, as_json=as_json)


@click.command(
    "upgrade",
    cls=PageCommand,
    summary=N_(
        "Upgrade a new-version public instance to Enterprise Edition for a month, paid at once."
    ),
    argument_help={"INSTANCE_ID": N_("The Instance ID of the public instance.")},
    exits=ALWAYS | meanings(Exit.REFUSED, Exit.STOPPED_HERE),
    examples=(
        Example(
            "renewal practice upgrade iot-public-new-1 --monthly-price 300",
            N_("Upgrade it; it ends in a month."),
        ),
    ),
)
@click.argument("instance_id", shell_complete=instance_ids)
@click.option(
    "--monthly-price",
    type=Amount(),
    required=True,
    help=N_("The monthly price of the edition that you buy."),
)
@json_option
@pass_options
def upgrade(options: Options, instance_id: str, monthly_price: Decimal, *, as_json: bool) -> None:
    """Raises `Refused` if it cannot be paid."""
    with open_practice(options, changes=True) as cloud:
        new_id = cloud.upgrade(instance_id, monthly_price)
    print_new_id(new_id, as_json=as_json)
