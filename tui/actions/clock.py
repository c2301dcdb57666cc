"""Move the practice clock, and see everything follow."""

from __future__ import annotations

from datetime import datetime, timedelta

from store.i18n import _
from store.session import Session
from store.times import parse_duration
from tui.actions.sync import reload_all
from tui.actions.undo import remember_final
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.screens.base import DeskScreen
from tui.text import labels

CUSTOM = timedelta(0)


async def move_clock(screen: DeskScreen) -> None:
    """By an hour, a day, a week, a length that is typed, or to the next event."""
    app = screen.desk
    now, upcoming = await app.in_store(_clock_and_next)
    choices = [
        Choice(timedelta(hours=1), _("an hour")),
        Choice(timedelta(days=1), _("a day")),
        Choice(timedelta(days=7), _("a week")),
        Choice(CUSTOM, _("another length")),
    ]
    if upcoming is not None:
        ahead = upcoming - now
        choices.insert(0, Choice(ahead, _("to the next event"), hint=labels.instant(upcoming, now)))
    title, final = _("Move the practice clock on by"), _("It is never set back.")
    length = await app.ask(Choose(title, choices, lines=[labels.instant(now), final]))
    if length == CUSTOM:
        length = await app.ask(Ask(title, _("How long, as 3d12h"), parse_duration))
    if length:
        wanted = length
        await app.in_store(lambda session: _advance(session, wanted))
        remember_final(
            screen,
            _("the practice clock"),
            _("It is never set back; `renewal practice reset` starts afresh."),
        )
        reload_all(screen)


def _clock_and_next(session: Session) -> tuple[datetime, datetime | None]:
    return session.practice.now(), session.practice.next_event()


def _advance(session: Session, length: timedelta) -> None:
    session.practice.advance(length)
    session.sync()
