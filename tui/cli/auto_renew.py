"""`renewal auto-renew`: turn auto-renewal on for a term, or off."""

from __future__ import annotations

from typing import Any

import click

from store.errors import Exit, Usage
from store.i18n import N_, _
from tui.cli.completion_candidates import instance_ids
from tui.cli.confirm import require_terminal
from tui.cli.errors import ERROR_SCHEMA
from tui.cli.exits import CLOUD, meanings
from tui.cli.help_page import Example, PageCommand
from tui.cli.options import Options, Whole, json_option, pass_options, print_message, print_result
from tui.cli.summaries import SUMMARIES
from tui.line_mode.confirmation import ask_proof
from tui.prompts import TypedProof
from tui.text import labels

SCHEMA = "renewal.auto-renew/1"


@click.command(
    "auto-renew",
    cls=PageCommand,
    summary=SUMMARIES["auto-renew"],
    details=(
        N_(
            "With auto-renewal on, the cloud tries to pay 9 days before the end and "
            "then daily until the end, if the balance covers the price."
        ),
    ),
    argument_help={"INSTANCE_ID": N_("Instance IDs as the console shows them; one or more.")},
    exits=CLOUD | meanings(Exit.REFUSED, Exit.STOPPED_HERE),
    examples=(
        Example(
            "renewal auto-renew iot-060a0bcd --months 12 --yes",
            N_("Turn it on for a year each time, without confirmation."),
        ),
        Example("renewal auto-renew iot-060a0bcd --off --yes", N_("Turn it off.")),
    ),
)
@click.argument(
    "instance_ids", nargs=-1, required=True, metavar="INSTANCE_ID...", shell_complete=instance_ids
)
@click.option("--months", type=Whole(), help=N_("Months to renew each time: 1, 2, 3, 6 or 12."))
@click.option("--off", is_flag=True, help=N_("Turn it off."))
@click.option("--yes", is_flag=True, help=N_("Skip the confirmation."))
@json_option
@pass_options
def command(  # noqa: PLR0913 - each is an option that the contract names
    options: Options,
    instance_ids: tuple[str, ...],
    months: int | None,
    *,
    off: bool,
    yes: bool,
    as_json: bool,
) -> Exit:
    """Exit with the worst exit code of the changes, one for each Instance ID."""
    from store.payments.batch import auto_renew_all
    from store.payments.results import worst_exit

    if off == (months is not None):
        raise Usage(_("use either --months N or --off"))
    require_terminal(yes=yes)
    if not yes:
        term = _("off") if months is None else labels.months(months)
        title = _("Auto-renewal")
        print_message(f"{title} ({term}): {', '.join(instance_ids)}")
        if not ask_proof(TypedProof(("yes",), "yes"), err=True):
            raise Usage(_("not confirmed; nothing was changed"))
    with options.session() as session:
        if session.needs_first_sync():
            session.sync()
        results = list(auto_renew_all(session.payer, instance_ids, months))
    for result in results:
        print_message(f"{result.instance_id}: {result.message}")
    worst = worst_exit(results)
    rows: list[dict[str, Any]] = [
        {
            "instance_id": result.instance_id,
            "exit": int(result.exit),
            "months": months if result.exit is Exit.DONE else None,
            "message": result.message,
        }
        for result in results
    ]
    document: dict[str, Any] = {"schema": SCHEMA, "results": rows}
    if worst >= Exit.USAGE:
        message = next(result.message for result in results if result.exit == worst)
        document |= {"schema": ERROR_SCHEMA, "exit": int(worst), "message": message}
    print_result(document, [], as_json=as_json)
    return worst
