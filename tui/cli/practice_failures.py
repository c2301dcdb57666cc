"""`renewal practice fail`, `hide` and `unhide`: simulates failures of the practice cloud."""

from __future__ import annotations

import click

from store.errors import Usage
from store.i18n import N_, _, counted
from tui.cli.completion_candidates import item_ids
from tui.cli.exits import ALWAYS
from tui.cli.help_page import Example, PageCommand
from tui.cli.options import Options, Whole, json_option, pass_options
from tui.cli.practice_shared import open_practice, print_done

OPERATIONS = ("renew", "auto-renew", "quote", "balance", "items", "orders")
FAILURES = ("timeout", "reset", "5xx", "throttle", "refuse", "denied")


@click.command(
    "fail",
    cls=PageCommand,
    summary=N_("Make the next calls of an operation fail, before or after they take effect."),
    argument_help={
        "OPERATION": N_("The operation: renew, auto-renew, quote, balance, items or orders.")
    },
    exits=ALWAYS,
    examples=(
        Example(
            "renewal practice fail renew --when after --how timeout",
            N_("The next renewal is paid, but its answer is lost."),
        ),
        Example("renewal practice fail --off", N_("Stop all failures.")),
    ),
)
@click.argument("operation", type=click.Choice(OPERATIONS), required=False)
@click.option(
    "--when",
    type=click.Choice(("before", "after")),
    default="before",
    help=N_("Fail before or after the call takes effect."),
)
@click.option(
    "--how", type=click.Choice(FAILURES), default="timeout", help=N_("How the call fails.")
)
@click.option("--times", type=Whole(1, 1_000_000), default=1, help=N_("How many calls fail."))
@click.option("--off", is_flag=True, help=N_("Stop all failures."))
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
    """Store the failures in the practice database, for later processes, too."""
    if off == (operation is not None):
        raise Usage(_("use either an operation or --off"))
    with open_practice(options) as cloud:
        if operation is None:
            cloud.fail_off()
            print_done(_("calls no longer fail"), as_json=as_json)
            return
        cloud.fail(operation, when, how, times)
    message = _("{operation} will fail {times}: {how}, {when}")
    count = counted("{n} time", "{n} times", times)
    values = {"times": count, "operation": operation, "how": how, "when": when}
    print_done(message.format(**values), as_json=as_json)


@click.command(
    "hide",
    cls=PageCommand,
    summary=N_("Make the cloud stop listing an item."),
    argument_help={"ID": N_("The ID of the item; an Instance ID hides all licenses of its order.")},
    exits=ALWAYS,
    examples=(
        Example(
            "renewal practice hide iot-060a0bcd",
            N_("Hide an item; the next sync finds it missing."),
        ),
    ),
)
@click.argument("item_id", metavar="ID", shell_complete=item_ids)
@json_option
@pass_options
def hide(options: Options, item_id: str, *, as_json: bool) -> None:
    """Raises `Usage` for an ID that is not there."""
    with open_practice(options) as cloud:
        cloud.hide(item_id)
    print_done(_("{id} is no longer listed").format(id=item_id), as_json=as_json)


@click.command(
    "unhide",
    cls=PageCommand,
    summary=N_("Make the cloud list a hidden item again."),
    argument_help={"ID": N_("The ID of the hidden item.")},
    exits=ALWAYS,
    examples=(Example("renewal practice unhide iot-060a0bcd", N_("List the item again.")),),
)
@click.argument("item_id", metavar="ID", shell_complete=item_ids)
@json_option
@pass_options
def unhide(options: Options, item_id: str, *, as_json: bool) -> None:
    """Raises `Usage` for an ID that is not there."""
    with open_practice(options) as cloud:
        cloud.unhide(item_id)
    print_done(_("{id} is listed again").format(id=item_id), as_json=as_json)
