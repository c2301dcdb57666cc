"""`renewal practice …`: controls the practice cloud, its clock and its money."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import click

from store import formats
from store.errors import Exit, Usage
from store.i18n import N_, _, counted
from store.sanitize import plain_json
from store.times import json_time, parse_time
from tui.cli.exits import ALWAYS, meanings
from tui.cli.help_page import Example, PageGroup
from tui.cli.options import (
    Amount,
    Duration,
    Options,
    Whole,
    json_option,
    pass_options,
    print_result,
)
from tui.cli.practice_failures import fail, hide, unhide
from tui.cli.practice_purchases import bind, buy_license, buy_plan, upgrade
from tui.cli.practice_shared import open_practice, print_done
from tui.cli.summaries import SUMMARIES

CLOCK_SCHEMA = "renewal.clock/1"


class Time(click.ParamType[datetime]):
    """A time in ISO 8601, to the second, with an offset."""

    name = "time"

    def convert(self, value: Any, _param: Any, _ctx: Any) -> datetime:
        try:
            return parse_time(value)
        except ValueError as error:
            raise Usage(
                _(
                    "{value!r} is not a time: {reason}; use a time such as "
                    "2026-11-22T09:00:00+08:00"
                ).format(value=value, reason=error)
            ) from error


@click.group(
    "practice",
    cls=PageGroup,
    summary=SUMMARIES["practice"],
    details=(
        N_(
            "The practice cloud is a simulated cloud in the home folder. It follows "
            "the documented rules to the second, its clock only moves when you "
            "advance it, and its money is not real."
        ),
    ),
    exits=ALWAYS,
    examples=(
        Example("renewal practice topup 5000", N_("Add funds.")),
        Example(
            "renewal practice clock --advance 1d",
            N_("Advance the clock by a day; everything due happens."),
        ),
        Example(
            "renewal practice reset --scenario calm",
            N_("Start over with nothing urgent."),
        ),
    ),
)
def command() -> None:
    """The group; its subcommands do the work."""


@command.command(
    "reset",
    summary=N_("Create a new practice cloud with a new identity."),
    details=(N_("The next sync removes the data of the old one; the payment journal stays."),),
    exits=ALWAYS,
    examples=(
        Example("renewal practice reset", N_("Use the tour scenario, which shows every rule.")),
        Example(
            "renewal practice reset --instances 1000 --seed 7",
            N_("Generate 1,000 instances."),
        ),
    ),
)
@click.option("--scenario", help=N_("A scenario: tour, calm, crisis or a file."))
@click.option("--instances", type=Whole(1, 1_000_000), help=N_("Generate this many instances."))
@click.option(
    "--seed",
    type=Whole(),
    help=N_("The seed for --instances, 0 unless given; the same seed gives the same instances."),
)
@json_option
@pass_options
def reset(
    options: Options,
    scenario: str | None,
    instances: int | None,
    seed: int | None,
    *,
    as_json: bool,
) -> None:
    """Raises `Usage` if both options are given, `BadFile` for an invalid scenario."""
    from store.clouds.practice.scenario_file import SHIPPED, read_scenario
    from store.home import user_path

    if instances is not None and scenario is not None:
        raise Usage(_("use either --scenario or --instances"))
    if seed is not None and instances is None:
        raise Usage(_("use --seed only with --instances"))
    name = scenario or SHIPPED[0]
    file = user_path(name)
    wanted = read_scenario(file) if name not in SHIPPED and file.exists() else name
    with open_practice(options) as cloud:
        if instances is not None:
            cloud.reset_generated(instances, seed or 0)
            name = counted("{n} instance", "{n} instances", instances)
        else:
            cloud.reset(wanted)
    print_done(_("new practice cloud: {name}").format(name=name), as_json=as_json)


@command.command(
    "clock",
    summary=N_("Show, set or advance the practice clock."),
    details=(
        N_(
            "The clock only moves when you advance it; everything due on the way "
            "happens in order. Without an option the command prints the time."
        ),
    ),
    exits=ALWAYS,
    examples=(
        Example("renewal practice clock", N_("Print the time of the practice cloud.")),
        Example(
            "renewal practice clock --advance 3d12h",
            N_("Advance the clock by three and a half days."),
        ),
    ),
)
@click.option(
    "--advance", type=Duration(), help=N_("Advance the clock by this much, such as 3d12h.")
)
@click.option("--set", "to", type=Time(), help=N_("Set the clock to this time; it cannot go back."))
@json_option
@pass_options
def clock(
    options: Options, advance: timedelta | None, to: datetime | None, *, as_json: bool
) -> None:
    """Raises `Usage` if both options are given, or for a time before the clock's."""
    if advance is not None and to is not None:
        raise Usage(_("use either --advance or --set"))
    with open_practice(options) as cloud:
        if advance is not None:
            cloud.advance(advance)
        if to is not None:
            cloud.set_clock(to)
        now = json_time(cloud.now()) or ""
    print_result({"schema": CLOCK_SCHEMA, "now": now}, [now], as_json=as_json)


@command.command(
    "topup",
    summary=N_("Add funds to the practice account; the oldest bill is settled first."),
    argument_help={"AMOUNT": N_("The amount: digits with at most two decimals, more than 0.")},
    exits=ALWAYS | meanings(Exit.STOPPED_HERE),
    examples=(
        Example(
            "renewal practice topup 1240.50", N_("Add this amount, in the currency of the account.")
        ),
    ),
)
@click.argument("amount", type=Amount())
@json_option
@pass_options
def topup(options: Options, amount: Decimal, *, as_json: bool) -> None:
    """Raises `Stopped` if read-only."""
    with open_practice(options, changes=True) as cloud:
        cloud.top_up(amount)
        currency = cloud.balance().currency
    arrived = formats.amount(amount, currency)
    print_done(_("{amount} arrived").format(amount=arrived), as_json=as_json)


@command.command(
    "refund",
    summary=N_("Refund a renewal."),
    details=(N_("The item gets its earlier end date back, and the order is listed as refunded."),),
    argument_help={
        "ORDER_ID": N_("The order ID of the latest renewal of an Instance ID; `show` lists it.")
    },
    exits=ALWAYS | meanings(Exit.STOPPED_HERE),
    examples=(
        Example(
            "renewal practice refund 20261122090000000001",
            N_("Refund this order; the money is available again."),
        ),
    ),
)
@click.argument("order_id", metavar="ORDER_ID")
@json_option
@pass_options
def refund(options: Options, order_id: str, *, as_json: bool) -> None:
    """Raises `Usage` for an order that is not the latest paid renewal."""
    with open_practice(options, changes=True) as cloud:
        cloud.refund(order_id)
    print_done(_("{id} was refunded").format(id=order_id), as_json=as_json)


@command.command(
    "show",
    summary=N_("Show the practice cloud's own data."),
    details=(
        N_("It shows everything, including hidden items, orders, charges and failed attempts."),
    ),
    exits=ALWAYS,
    examples=(Example("renewal practice show --json", N_("Print everything as one document.")),),
)
@json_option
@pass_options
def show(options: Options, *, as_json: bool) -> None:
    """Print the same document with and without `--json`."""
    with open_practice(options) as cloud:
        document = cloud.show()
    print_result(document, plain_json(document, indent=2).split("\n"), as_json=as_json)


for added in (buy_plan, buy_license, bind, upgrade, fail, hide, unhide):
    command.add_command(added)
