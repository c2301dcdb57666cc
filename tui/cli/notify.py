"""`renewal notify`: send news about items that need attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from store.errors import Exit, Usage
from store.i18n import N_, _
from tui.cli.exits import ALWAYS, meanings
from tui.cli.help_page import Example, PageCommand
from tui.cli.options import Options, json_option, pass_options, print_message, print_result
from tui.cli.summaries import SUMMARIES

if TYPE_CHECKING:
    from store.export.notify import Delivery
    from store.session import Session

SCHEMA = "renewal.notify/1"


@click.command(
    "notify",
    cls=PageCommand,
    summary=SUMMARIES["notify"],
    details=(
        N_(
            "Each address under [notify] in config.toml gets one message for each "
            "threshold of each item, for what was deleted or renewed, for a debt of a "
            "real account, and for the first day on which the balance is too low. An "
            "address that fails gets it next time. Run it from cron or a timer."
        ),
    ),
    exits=ALWAYS | meanings(Exit.UNREACHABLE),
    examples=(
        Example("renewal notify", N_("Sync if the data is older than an hour, then send.")),
        Example("renewal notify --dry-run", N_("Show what would be sent.")),
        Example("renewal notify --test", N_("Send a test message to each address.")),
    ),
)
@click.option("--test", is_flag=True, help=N_("Send a test message to each address."))
@click.option("--dry-run", is_flag=True, help=N_("Print the messages without sending them."))
@json_option
@pass_options
def command(options: Options, *, test: bool, dry_run: bool, as_json: bool) -> Exit:
    """Exit 69 if an address did not accept the message."""
    if test and dry_run:
        raise Usage(_("use either --test or --dry-run"))
    with options.session() as session:
        deliveries = _send(session, test=test, dry_run=dry_run)
    failed = [delivery for delivery in deliveries if delivery.error]
    document = {
        "schema": SCHEMA,
        "sent": [
            {"to": delivery.to, "items": delivery.items}
            for delivery in deliveries
            if not delivery.error
        ],
        "failed": [{"to": delivery.to, "message": delivery.error} for delivery in failed],
    }
    print_result(document, _lines(deliveries, dry_run=dry_run), as_json=as_json)
    return Exit.UNREACHABLE if failed else Exit.DONE


def _send(session: Session, *, test: bool, dry_run: bool) -> list[Delivery]:
    from store.export.addresses import parse_addresses
    from store.export.notify import notify, send_test
    from tui.text.notice_text import compose, test_message

    urls = session.config.notify.to
    if not urls:
        raise Usage(_('config.toml has no addresses; add them with to = ["…"] under [notify]'))
    addresses = parse_addresses(urls)
    if test:
        message = test_message(session.account.name)
        return [send_test(address, message) for address in addresses]
    return list(notify(session, addresses, compose, dry_run=dry_run))


def _lines(deliveries: list[Delivery], *, dry_run: bool) -> list[str]:
    if not deliveries:
        return [_("Nothing new; nothing was sent.")]
    lines = []
    for delivery in deliveries:
        if delivery.error:
            print_message(_("{to}: {error}").format(to=delivery.to, error=delivery.error))
        elif dry_run:
            lines += [delivery.to, delivery.message.title, *delivery.message.body.splitlines(), ""]
        else:
            lines.append(_("Sent to {to}").format(to=delivery.to))
    return lines
