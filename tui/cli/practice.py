"""`renewal practice …`: what a person, and time, do to the practice cloud."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from store.errors import Stopped, Usage
from store.moments import parse_time, wire_time
from tui.cli.options import Amount, Duration, Options, emit, json_option, pass_options

if TYPE_CHECKING:
    from store.clouds.practice import PracticeCloud

CLOCK_SCHEMA = "renewal.clock/1"
ID_SCHEMA = "renewal.id/1"
DONE_SCHEMA = "renewal.done/1"

OPERATIONS = ("renew", "auto-renew", "quote", "balance", "items", "orders")
WAYS = ("timeout", "reset", "5xx", "throttle", "refuse", "denied")


@contextmanager
def _opened(options: Options, *, changes: bool = False) -> Iterator[PracticeCloud]:
    """The practice cloud; `changes`: what is done would be done in the console."""
    from store.clouds.practice import PracticeCloud

    if changes and options.read_only:
        raise Stopped("read-only: nothing is paid or changed. Start without --read-only.")
    cloud = PracticeCloud.open(options.home().practice)
    try:
        yield cloud
    finally:
        cloud.close()


def _done(words: str, *, as_json: bool) -> None:
    emit({"schema": DONE_SCHEMA, "message": words}, [words], as_json=as_json)


def _new_id(new_id: str, *, as_json: bool) -> None:
    emit({"schema": ID_SCHEMA, "id": new_id}, [new_id], as_json=as_json)


class Time(click.ParamType[datetime]):
    """ISO 8601 to the second, with an offset."""

    name = "time"

    def convert(self, value: Any, _param: Any, _ctx: Any) -> datetime:
        try:
            return parse_time(value)
        except ValueError as error:
            raise Usage(
                f"{value!r} is no time: {error}; expected for instance 2026-11-22T09:00:00+08:00"
            ) from error


@click.group("practice")
def command() -> None:
    """The practice cloud: its clock, its money, its failures."""


@command.command("reset")
@click.option("--scenario", help="tour, calm, crisis, or a file.")
@click.option("--instances", type=click.IntRange(1, 1_000_000), help="That many made-up ones.")
@click.option("--seed", type=int, default=0, help="The same seed makes the same instances.")
@json_option
@pass_options
def reset(
    options: Options, scenario: str | None, instances: int | None, seed: int, *, as_json: bool
) -> None:
    """A fresh practice cloud with a new identity."""
    from store.clouds.practice.scenario import SHIPPED, read_scenario

    if instances is not None and scenario is not None:
        raise Usage("say either --scenario or --instances")
    name = scenario or SHIPPED[0]
    wanted = name if name in SHIPPED else read_scenario(Path(name))
    with _opened(options) as cloud:
        if instances is not None:
            cloud.reset_generated(instances, seed)
            name = f"{instances} instances"
        else:
            cloud.reset(wanted)
    _done(f"a fresh practice cloud: {name}", as_json=as_json)


@command.command("clock")
@click.option("--advance", type=Duration(), help="By how much, as 3d12h.")
@click.option("--set", "to", type=Time(), help="To which time; never back.")
@json_option
@pass_options
def clock(
    options: Options, advance: timedelta | None, to: datetime | None, *, as_json: bool
) -> None:
    """The practice clock: it stands still unless moved."""
    if advance is not None and to is not None:
        raise Usage("say either --advance or --set")
    with _opened(options) as cloud:
        if advance is not None:
            cloud.advance(advance)
        if to is not None:
            cloud.set_clock(to)
        now = wire_time(cloud.now()) or ""
    emit({"schema": CLOCK_SCHEMA, "now": now}, [now], as_json=as_json)


@command.command("topup")
@click.argument("amount", type=Amount())
@json_option
@pass_options
def topup(options: Options, amount: Decimal, *, as_json: bool) -> None:
    """Money arrives: the oldest bill is settled first."""
    with _opened(options, changes=True) as cloud:
        cloud.top_up(amount)
    _done(f"{amount:,.2f} arrived", as_json=as_json)


@command.command("show")
@json_option
@pass_options
def show(options: Options, *, as_json: bool) -> None:
    """The practice cloud's own truth."""
    import json

    with _opened(options) as cloud:
        document = cloud.show()
    emit(document, json.dumps(document, ensure_ascii=False, indent=2).split("\n"), as_json=as_json)


@command.command("fail")
@click.argument("operation", type=click.Choice(OPERATIONS), required=False)
@click.option("--when", type=click.Choice(["before", "after"]), default="before")
@click.option("--how", type=click.Choice(WAYS), default="timeout")
@click.option("--times", type=click.IntRange(1, 1_000_000), default=1)
@click.option("--off", is_flag=True, help="Nothing fails any more.")
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
        raise Usage("say either an operation or --off")
    with _opened(options) as cloud:
        if operation is None:
            cloud.fail_off()
            _done("nothing fails any more", as_json=as_json)
            return
        cloud.fail(operation, when, how, times)
    _done(f"the next {times} calls of {operation} fail: {how}, {when}", as_json=as_json)


@command.command("hide")
@click.argument("item_id", metavar="ID")
@json_option
@pass_options
def hide(options: Options, item_id: str, *, as_json: bool) -> None:
    """The cloud no longer lists it."""
    with _opened(options) as cloud:
        cloud.hide(item_id)
    _done(f"{item_id} is no longer listed", as_json=as_json)


@command.command("unhide")
@click.argument("item_id", metavar="ID")
@json_option
@pass_options
def unhide(options: Options, item_id: str, *, as_json: bool) -> None:
    """The cloud lists it again."""
    with _opened(options) as cloud:
        cloud.unhide(item_id)
    _done(f"{item_id} is listed again", as_json=as_json)


@command.command("buy-plan")
@click.argument("plan_id")
@json_option
@pass_options
def buy_plan(options: Options, plan_id: str, *, as_json: bool) -> None:
    """Buy a plan like this one, as a person would in the console."""
    with _opened(options, changes=True) as cloud:
        new_id = cloud.buy_plan(plan_id)
    _new_id(new_id, as_json=as_json)


@command.command("buy-license")
@click.argument("license_id")
@json_option
@pass_options
def buy_license(options: Options, license_id: str, *, as_json: bool) -> None:
    """Buy a license order like this one's, bound to nothing yet."""
    with _opened(options, changes=True) as cloud:
        new_id = cloud.buy_license(license_id)
    _new_id(new_id, as_json=as_json)


@command.command("bind")
@click.argument("license_id")
@click.argument("application")
@json_option
@pass_options
def bind(options: Options, license_id: str, application: str, *, as_json: bool) -> None:
    """Bind a license to an application."""
    with _opened(options, changes=True) as cloud:
        cloud.bind(license_id, application)
    _new_id(license_id, as_json=as_json)


@command.command("upgrade")
@click.argument("instance_id")
@click.option("--monthly-price", type=Amount(), required=True)
@json_option
@pass_options
def upgrade(options: Options, instance_id: str, monthly_price: Decimal, *, as_json: bool) -> None:
    """Make a new-version public instance an Enterprise one, for a month, paid at once."""
    with _opened(options, changes=True) as cloud:
        new_id = cloud.upgrade(instance_id, monthly_price)
    _new_id(new_id, as_json=as_json)
