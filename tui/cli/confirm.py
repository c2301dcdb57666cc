"""Asking on a terminal before money moves. Enter alone never says yes."""

from __future__ import annotations

import sys

from store.errors import Usage
from store.i18n import _
from store.payments.offer import Offer
from tui.actions.renew import confirmation
from tui.cli.options import say
from tui.line_mode.confirmation import typed_back
from tui.prompts import plain_line


def need_terminal(*, yes: bool) -> None:
    """Raises `Usage` where somebody would have to be asked and nobody can be."""
    if not yes and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Usage(_("no terminal for the confirmation; nothing was sent. Add --yes to skip it."))


def confirm_offer(offer: Offer) -> bool:
    """Show what is paid, and have the last four characters of the Instance ID typed."""
    question = confirmation([offer])
    for line in (question.title, *question.lines):
        say(plain_line(line))
    return typed_back(question.proof, err=True)
