"""Asking on a terminal before money moves. Enter alone never says yes."""

from __future__ import annotations

import sys

import click

from store.errors import Usage
from store.i18n import _
from store.payments.renewing import Offer
from tui.cli.options import say
from tui.line_mode.offers import last_four, offer_lines


def need_terminal(*, yes: bool) -> None:
    """Raises `Usage` where somebody would have to be asked and nobody can be."""
    if not yes and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Usage(_("there is no terminal to ask on; nothing was sent. Add --yes to go on."))


def confirm_offer(found: Offer) -> bool:
    """Show what is paid, and have the last four characters of the Instance ID typed."""
    for line in offer_lines(found):
        say(line)
    return typed_back(found.instance_id[-4:], last_four(found.instance_id))


def typed_back(expected: str, what: str) -> bool:
    """Whether the person types exactly that; anything else, Enter alone too, is a no."""
    answer = click.prompt(
        _("Type {what} to go on, Enter to leave it").format(what=what),
        default="",
        show_default=False,
        err=True,
    )
    return bool(expected) and answer.strip() == expected
