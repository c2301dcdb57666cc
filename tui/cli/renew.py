"""`renewal renew`: renews items through the cloud's API and the payment journal."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from store.errors import Exit
from store.i18n import N_, _
from tui.cli.completion_candidates import instance_ids
from tui.cli.confirm import confirm_offer, require_terminal
from tui.cli.errors import ERROR_SCHEMA
from tui.cli.exits import CLOUD, meanings
from tui.cli.help_page import Example, PageCommand
from tui.cli.options import (
    Amount,
    Duration,
    Options,
    Whole,
    json_option,
    pass_options,
    print_message,
    print_result,
)
from tui.cli.summaries import SUMMARIES
from tui.text import payment_text

if TYPE_CHECKING:
    from store.payments.results import Result

SCHEMA = "renewal.renew/1"


@click.command(
    "renew",
    cls=PageCommand,
    summary=SUMMARIES["renew"],
    details=(
        N_(
            "Each Instance ID is one payment, recorded in the payment journal. For "
            "a license, use the Instance ID of its order; the whole order is "
            "renewed. The command asks for confirmation unless you add --yes; "
            "without a terminal nothing is sent."
        ),
        N_("With several IDs, the exit code is the worst of 11, 10, 64, 12 and 0, in this order."),
    ),
    argument_help={"INSTANCE_ID": N_("Instance IDs as the console shows them; one or more.")},
    exits=CLOUD | meanings(Exit.REFUSED, Exit.OUTCOME_UNKNOWN, Exit.STOPPED_HERE),
    examples=(
        Example(
            "renewal renew iot-060a0bcd --months 12 --dry-run",
            N_("Show what it would cost; nothing is sent."),
        ),
        Example(
            "renewal renew iot-060a0bcd --months 1 --yes --max-amount 400",
            N_("Renew without confirmation, for at most 400."),
        ),
        Example(
            "renewal renew iot-060a0bcd --months 1 --yes --if-ends-within 7d",
            N_("For a scheduled job: skip items that end later."),
        ),
    ),
)
@click.argument(
    "instance_ids", nargs=-1, required=True, metavar="INSTANCE_ID...", shell_complete=instance_ids
)
@click.option(
    "--months", type=Whole(), required=True, help=N_("Months to renew: 1 to 9, 12, 24 or 36.")
)
@click.option("--yes", is_flag=True, help=N_("Skip the confirmation."))
@click.option("--max-amount", type=Amount(), help=N_("The highest amount for one payment."))
@click.option(
    "--if-ends-within", type=Duration(), help=N_("Skip items that end later than this, such as 7d.")
)
@click.option("--dry-run", is_flag=True, help=N_("Check and quote only; change nothing."))
@json_option
@pass_options
def command(  # noqa: PLR0913 - each is an option that the contract names
    options: Options,
    instance_ids: tuple[str, ...],
    months: int,
    max_amount: Decimal | None,
    if_ends_within: timedelta | None,
    *,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> Exit:
    """Exit with the worst exit code of the payments."""
    from store.payments.batch import renew_all
    from store.payments.offer import UNSYNCED_LOOKBACK, RenewalRequest, check_months
    from store.payments.process import process_started_at
    from store.payments.results import worst_exit

    check_months(months)
    if not dry_run:
        require_terminal(yes=yes)
    results = []
    with options.session() as session:
        asked_at = process_started_at()
        if session.needs_first_sync():
            session.sync()
            asked_at -= UNSYNCED_LOOKBACK.total_seconds()
        request = RenewalRequest(months, max_amount, if_ends_within, dry_run, asked_at)
        confirm = (lambda _: True) if yes else confirm_offer
        for result in renew_all(session.payer, instance_ids, request, confirm):
            print_message(f"{result.instance_id}: {result.message}")
            results.append(result)
    worst = worst_exit(results)
    print_result(_document(results, worst), map(_line, results), as_json=as_json)
    return worst


def _document(results: list[Result], worst: Exit) -> dict[str, object]:
    """The document of the results; for exit codes above 63, an error document with them."""
    document: dict[str, object] = {"results": [result.document() for result in results]}
    if worst < Exit.USAGE:
        return {"schema": SCHEMA, **document}
    message = next(result.message for result in results if result.exit == worst)
    return {"schema": ERROR_SCHEMA, "exit": int(worst), "message": message, **document}


def _line(result: Result) -> str:
    return f"{result.instance_id} {_(payment_text.OUTCOMES[result.outcome])}"
