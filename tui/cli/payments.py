"""`renewal payments`: prints the journal, and settles payments with an unknown outcome."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from store.errors import Exit
from store.i18n import N_, _
from tui.cli.exits import ALWAYS, CLOUD, meanings
from tui.cli.help_page import Example, PageGroup
from tui.cli.options import Options, json_option, pass_options, print_message, print_result
from tui.cli.summaries import SUMMARIES
from tui.text.payment_text import payment_line

if TYPE_CHECKING:
    from store.payments.payment import Payment


@click.group(
    "payments",
    invoke_without_command=True,
    cls=PageGroup,
    summary=SUMMARIES["payments"],
    details=(
        N_(
            "It lists each payment with its time, state and order, oldest first. "
            "Nothing is ever deleted."
        ),
    ),
    exits=ALWAYS,
    examples=(
        Example("renewal payments", N_("Show the whole journal.")),
        Example("renewal payments reconcile", N_("Settle open payments by checking the cloud.")),
    ),
)
@json_option
@pass_options
@click.pass_context
def command(ctx: click.Context, options: Options, *, as_json: bool) -> None:
    """Print the journal, unless there is a subcommand."""
    if ctx.invoked_subcommand is not None:
        return
    from store.payments.journal import all_payments

    with options.session() as session:
        rows = all_payments(session.db)
    _show(rows, as_json=as_json)


@command.command(
    "reconcile",
    summary=N_(
        "Settle payments that are in progress or unknown by checking the cloud. "
        "Checking never pays."
    ),
    details=(
        N_(
            "It looks for the order, its details and the end date. A payment that "
            "is not found stays unknown; --resend then asks the cloud again with "
            "the same client token, which never pays twice."
        ),
    ),
    exits=CLOUD | meanings(Exit.OUTCOME_UNKNOWN, Exit.STOPPED_HERE),
    examples=(
        Example("renewal payments reconcile", N_("Check only.")),
        Example(
            "renewal payments reconcile --resend --json",
            N_("Send what is still unknown again; output as JSON."),
        ),
    ),
)
@click.option(
    "--resend", is_flag=True, help=N_("Send unknown payments again with the same client token.")
)
@json_option
@pass_options
def reconcile_command(options: Options, *, resend: bool, as_json: bool) -> Exit:
    """Exit 11 while a payment is not settled."""
    from store.errors import Stopped
    from store.payments.journal import all_payments
    from store.payments.payment import PaymentState
    from store.payments.reconcile import can_resend, reconcile, resend_payment

    with options.session() as session:
        rows = reconcile(session.payer)
        stopped = None
        for number, row in enumerate(rows):
            if resend and row.state is PaymentState.UNKNOWN:
                try:
                    rows[number] = resend_payment(session.payer, row)
                except Stopped as error:
                    stopped = error
                    print_message(error.message)
        for row in rows:
            print_message(payment_line(row))
        now = session.now()
        is_resendable = any(
            can_resend(row, now) for row in rows if row.state is PaymentState.UNKNOWN
        )
        journal = all_payments(session.db)
    _show(journal, as_json=as_json)
    if any(row.state is PaymentState.UNKNOWN for row in rows):
        if not resend:
            print_message(_not_settled(is_resendable=is_resendable))
        return Exit.OUTCOME_UNKNOWN
    return Exit.DONE if stopped is None else Exit.STOPPED_HERE


def _not_settled(*, is_resendable: bool) -> str:
    if is_resendable:
        return _("not settled yet; --resend asks the cloud again with the same client token.")
    return _("not settled, and too old to be sent again. Look in the console, under Orders.")


def _show(rows: list[Payment], *, as_json: bool) -> None:
    from store.payments.results import payments_document

    document: dict[str, Any] = payments_document(rows)
    print_result(document, _lines(rows), as_json=as_json)


def _lines(rows: list[Payment]) -> Iterator[str]:
    if not rows:
        yield _("No payments yet.")
    yield from map(payment_line, rows)
