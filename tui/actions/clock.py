"""Advance the practice clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from store import formats
from store.errors import Usage
from store.i18n import _
from store.session import Session
from store.times import parse_duration
from tui.actions.prompter import Prompter
from tui.prompts import Choice, Menu, Question

CUSTOM = timedelta(0)
"""The choice of typing a duration."""


async def move_clock(prompter: Prompter) -> None:
    """Ask how far, and advance the clock. Raises `Usage` on a real account."""
    if not prompter.session.is_practice:
        raise Usage(_("only the practice account has its own clock"))
    now, upcoming = await prompter.in_store(_clock_and_next_event)
    choices = [
        Choice(timedelta(hours=1), _("1 hour")),
        Choice(timedelta(days=1), _("1 day")),
        Choice(timedelta(days=7), _("1 week")),
        Choice(CUSTOM, _("Other duration")),
    ]
    if upcoming is not None:
        hint = formats.countdown(upcoming, now)
        choices.insert(0, Choice(upcoming - now, _("To the next event"), hint=hint))
    title, final = _("Advance the practice clock"), _("The clock cannot go back.")
    length = await prompter.choose(Menu(title, choices, [formats.instant(now), final]))
    if length == CUSTOM:
        length = await prompter.ask(Question(title, _("Duration, such as 3d12h"), parse_duration))
    if length is None:
        return
    await _advance(prompter, length)
    prompter.undo_stack.push_final(
        _("The practice clock"),
        _("`renewal practice reset` starts over."),
    )
    prompter.data_changed()


def _clock_and_next_event(session: Session) -> tuple[datetime, datetime | None]:
    return session.practice.now(), session.practice.next_event()


async def _advance(prompter: Prompter, length: timedelta) -> None:
    def advance(session: Session) -> datetime:
        session.practice.advance(length)
        session.sync()
        return session.now()

    now = await prompter.in_store(advance)
    prompter.notify(formats.instant_with_zone(now), timeout=3)
