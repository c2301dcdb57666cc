"""Asking on a terminal before money moves. Enter alone never says yes."""

from __future__ import annotations

import sys

import click

from store.errors import Usage
from store.moments import wire_time
from store.payments.renewing import Offer
from tui.cli.options import say


def need_terminal(*, yes: bool) -> None:
    """Raises `Usage` where somebody would have to be asked and nobody can be."""
    if not yes and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Usage("there is no terminal to ask on; nothing was sent. Add --yes to go on.")


def confirm_offer(found: Offer) -> bool:
    """Show what is paid, and have the last four characters of the Instance ID typed."""
    price = found.quote.amount
    names = ", ".join(dict.fromkeys(item.name for item in found.covers))
    say(f"Renew    {names} ({found.instance_id}) for {found.months} months")
    if found.sdks:
        say(f"Covers   the whole order: {', '.join(found.sdks)}")
    words = "not quoted" if price is None else f"{found.quote.currency} {price:,.2f}"
    say(f"Price    {words}, from {found.balance.currency} {found.balance.available:,.2f}")
    ends_after = wire_time(found.quote.ends_at) or "not known"
    say(f"Ends     {wire_time(found.ends_before)} → {ends_after}")
    return typed_back(found.instance_id[-4:], "the last four characters of the Instance ID")


def typed_back(expected: str, what: str) -> bool:
    """Whether the person types exactly that; anything else, Enter alone too, is a no."""
    answer = click.prompt(
        f"Type {what} to go on, Enter to leave it", default="", show_default=False, err=True
    )
    return bool(expected) and answer.strip() == expected
