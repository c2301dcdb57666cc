"""Asks on a terminal before anything is paid. Enter alone never confirms."""

from __future__ import annotations

import sys
from decimal import Decimal

from store import formats
from store.errors import Usage
from store.i18n import _
from store.payments.offer import Offer
from tui.actions.renewal_form import covered_facts
from tui.cli.options import print_message
from tui.line_mode.confirmation import ask_proof
from tui.prompts import Fact, last_characters, plain_line
from tui.text import labels, payment_text


def require_terminal(*, yes: bool) -> None:
    """Raises `Usage` if a confirmation is needed and there is no terminal to ask on."""
    if not yes and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Usage(_("no terminal for the confirmation; nothing was sent. Add --yes to skip it."))


def confirm_offer(offer: Offer) -> bool:
    """Show what will be paid, and ask for the last characters of the Instance ID."""
    for fact in _facts(offer):
        print_message(plain_line(fact))
    print_message(_("A payment cannot be undone."))
    return ask_proof(last_characters(offer.instance_id), err=True)


def _facts(offer: Offer) -> list[Fact]:
    """What is renewed, the term, the new end, the price, and what pays."""
    ends = f"{formats.day(offer.ends_before)} → {formats.day(offer.quote.ends_at)}"
    paid_from = payment_text.paid_from(offer, offer.quote.amount or Decimal(0))
    return [
        *covered_facts(offer.covers),
        Fact(_("Term"), labels.months(offer.months)),
        Fact(_("Ends"), ends),
        Fact(_("Price"), payment_text.price(offer.quote)),
        Fact(_("Paid from"), paid_from),
    ]
