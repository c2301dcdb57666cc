"""`renewal practice …`: what a person, and time, do to the practice cloud."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from store.errors import Exit, Usage
from store.i18n import N_, _, counted
from store.times import json_time, parse_time
from tui.cells import plain_json
from tui.cli.completion_candidates import item_ids
from tui.cli.exits import ALWAYS
from tui.cli.help_page import Example, Pages
from tui.cli.options import (
    Amount,
    Duration,
    OneOf,
    Options,
    Whole,
    emit,
    json_option,
    pass_options,
)
from tui.cli.practice_shared import done, opened
from tui.cli.purchases import bind, buy_license, buy_plan, upgrade
from tui.text import labels

if TYPE_CHECKING:
    pass

CLOCK_SCHEMA = "renewal.clock/1"

OPERATIONS = ("renew", "auto-renew", "quote", "balance", "items", "orders")
WAYS = ("timeout", "reset", "5xx", "throttle", "refuse", "denied")


class Time(click.ParamType[datetime]):
    """ISO 8601 to the second, with an offset."""

    name = "time"

    def convert(self, value: Any, _param: Any, _ctx: Any) -> datetime:
        try:
            return parse_time(value)
        except ValueError as error:
            raise Usage(
                _(
                    "{value!r} is no time: {reason}; expected for instance "
                    "2026-11-22T09:00:00+08:00"
                ).format(value=value, reason=error)
            ) from error


@click.group(
    "practice",
    cls=Pages,
    says=(
        N_("The practice cloud: its clock, its money, its failures."),
        N_(
            "A small cloud of its own in the home folder. It follows the documents to the "
            "second, its clock stands still unless moved, and its money is not real."
        ),
    ),
    exits=ALWAYS,
    examples=(
        Example("renewal practice topup 5000", N_("Money arrives.")),
        Example(
            "renewal practice clock --advance 1d",
            N_("A day goes by, with all that is due in it."),
        ),
        Example(
            "renewal practice reset --scenario calm",
            N_("Begin anew, with nothing that presses."),
        ),
    ),
)
def command() -> None:
    """The practice cloud: its clock, its money, its failures."""


@command.command(
    "reset",
    says=(
        N_("A fresh practice cloud with a new identity."),
        N_(
            "At the next sync what was known of the old one is dropped; the journal of "
            "payments stays."
        ),
    ),
    exits=ALWAYS,
    examples=(
        Example("renewal practice reset", N_("The tour, in which each rule can be seen.")),
        Example(
            "renewal practice reset --instances 1000 --seed 7",
            N_("A thousand made-up instances."),
        ),
    ),
)
@click.option("--scenario", help=N_("tour, calm, crisis, or a file."))
@click.option("--instances", type=Whole(1, 1_000_000), help=N_("That many made-up ones."))
@click.option("--seed", type=Whole(), default=0, help=N_("The same seed makes the same instances."))
@json_option
@pass_options
def reset(
    options: Options, scenario: str | None, instances: int | None, seed: int, *, as_json: bool
) -> None:
    """A fresh practice cloud with a new identity."""
    from store.clouds.practice.scenario import SHIPPED, read_scenario
    from store.home import user_path

    if instances is not None and scenario is not None:
        raise Usage(_("say either --scenario or --instances"))
    name = scenario or SHIPPED[0]
    wanted = name if name in SHIPPED else read_scenario(user_path(name))
    with opened(options) as cloud:
        if instances is not None:
            cloud.reset_generated(instances, seed)
            name = counted("{n} instance", "{n} instances", instances)
        else:
            cloud.reset(wanted)
    done(_("a fresh practice cloud: {name}").format(name=name), as_json=as_json)


@command.command(
    "clock",
    says=(
        N_("The practice clock: it stands still unless moved."),
        N_("What is due on the way happens in its order. Without an option it tells the time."),
    ),
    exits=ALWAYS,
    examples=(
        Example("renewal practice clock", N_("What time it is there.")),
        Example("renewal practice clock --advance 3d12h", N_("Three and a half days go by.")),
    ),
)
@click.option("--advance", type=Duration(), help=N_("By how much, as 3d12h."))
@click.option("--set", "to", type=Time(), help=N_("To which time; never back."))
@json_option
@pass_options
def clock(
    options: Options, advance: timedelta | None, to: datetime | None, *, as_json: bool
) -> None:
    """The practice clock: it stands still unless moved."""
    if advance is not None and to is not None:
        raise Usage(_("say either --advance or --set"))
    with opened(options) as cloud:
        if advance is not None:
            cloud.advance(advance)
        if to is not None:
            cloud.set_clock(to)
        now = json_time(cloud.now()) or ""
    emit({"schema": CLOCK_SCHEMA, "now": now}, [now], as_json=as_json)


@command.command(
    "topup",
    says=(N_("Money arrives: the oldest bill is settled first."),),
    values={"AMOUNT": N_("Digits with at most two decimals, more than 0.")},
    exits=(*ALWAYS, Exit.STOPPED_HERE),
    examples=(
        Example("renewal practice topup 1240.50", N_("So much, in the currency of the account.")),
    ),
)
@click.argument("amount", type=Amount())
@json_option
@pass_options
def topup(options: Options, amount: Decimal, *, as_json: bool) -> None:
    """Money arrives: the oldest bill is settled first."""
    with opened(options, changes=True) as cloud:
        cloud.top_up(amount)
        currency = cloud.balance().currency
    arrived = labels.amount(amount, currency)
    done(_("{amount} arrived").format(amount=arrived), as_json=as_json)


@command.command(
    "refund",
    says=(
        N_("The money of a renewal is given back."),
        N_("Its end date goes back to the one before it; the order is listed as refunded."),
    ),
    values={"ORDER_ID": N_("Of the latest renewal of an Instance ID, as `show` lists it.")},
    exits=ALWAYS,
    examples=(
        Example(
            "renewal practice refund 20261122090000000001",
            N_("What was paid for it is available again."),
        ),
    ),
)
@click.argument("order_id", metavar="ORDER_ID")
@json_option
@pass_options
def refund(options: Options, order_id: str, *, as_json: bool) -> None:
    """The money of a renewal is given back."""
    with opened(options) as cloud:
        cloud.refund(order_id)
    done(_("{id} is refunded").format(id=order_id), as_json=as_json)


@command.command(
    "show",
    says=(
        N_("The practice cloud's own truth."),
        N_("Everything that it knows, hidden items, orders, charges and failed tries included."),
    ),
    exits=ALWAYS,
    examples=(Example("renewal practice show --json", N_("As one document.")),),
)
@json_option
@pass_options
def show(options: Options, *, as_json: bool) -> None:
    """The practice cloud's own truth."""
    with opened(options) as cloud:
        document = cloud.show()
    emit(document, plain_json(document, indent=2).split("\n"), as_json=as_json)


@command.command(
    "fail",
    says=(N_("The next calls of an operation fail, before or after they took effect."),),
    values={"OPERATION": N_("One of renew, auto-renew, quote, balance, items, orders.")},
    exits=ALWAYS,
    examples=(
        Example(
            "renewal practice fail renew --when after --how timeout",
            N_("The next renewal is paid, but its answer is lost."),
        ),
        Example("renewal practice fail --off", N_("Nothing fails any more.")),
    ),
)
@click.argument("operation", type=OneOf(OPERATIONS), required=False)
@click.option(
    "--when",
    type=OneOf(("before", "after")),
    default="before",
    help=N_("Before or after it took effect."),
)
@click.option("--how", type=OneOf(WAYS), default="timeout", help=N_("How the call fails."))
@click.option("--times", type=Whole(1, 1_000_000), default=1, help=N_("How many calls fail."))
@click.option("--off", is_flag=True, help=N_("Nothing fails any more."))
@json_option
@pass_options
def fail(  # noqa: PLR0913 - each is an option that the contract names
    options: Options,
    operation: str | None,
    when: str,
    how: str,
    times: int,
    *,
    off: bool,
    as_json: bool,
) -> None:
    """The next calls of an operation fail, before or after they took effect."""
    if off == (operation is not None):
        raise Usage(_("say either an operation or --off"))
    with opened(options) as cloud:
        if operation is None:
            cloud.fail_off()
            done(_("nothing fails any more"), as_json=as_json)
            return
        cloud.fail(operation, when, how, times)
    told = _("the next {n} calls of {operation} fail: {how}, {when}")
    values = {"n": times, "operation": operation, "how": how, "when": when}
    done(told.format(**values), as_json=as_json)


@command.command(
    "hide",
    says=(N_("The cloud no longer lists it."),),
    values={"ID": N_("The item; an Instance ID hides all licenses of its order.")},
    exits=ALWAYS,
    examples=(
        Example("renewal practice hide iot-060a0bcd", N_("The next sync finds it missing.")),
    ),
)
@click.argument("item_id", metavar="ID", shell_complete=item_ids)
@json_option
@pass_options
def hide(options: Options, item_id: str, *, as_json: bool) -> None:
    """The cloud no longer lists it."""
    with opened(options) as cloud:
        cloud.hide(item_id)
    done(_("{id} is no longer listed").format(id=item_id), as_json=as_json)


@command.command(
    "unhide",
    says=(N_("The cloud lists it again."),),
    values={"ID": N_("What was hidden.")},
    exits=ALWAYS,
    examples=(Example("renewal practice unhide iot-060a0bcd", N_("It is listed again.")),),
)
@click.argument("item_id", metavar="ID", shell_complete=item_ids)
@json_option
@pass_options
def unhide(options: Options, item_id: str, *, as_json: bool) -> None:
    """The cloud lists it again."""
    with opened(options) as cloud:
        cloud.unhide(item_id)
    done(_("{id} is listed again").format(id=item_id), as_json=as_json)


for bought in (buy_plan, buy_license, bind, upgrade):
    command.add_command(bought)
