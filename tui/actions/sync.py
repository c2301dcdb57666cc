"""Fetch everything anew."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from threading import Event
from time import monotonic

from store.clouds import Progress
from store.errors import CloudError
from store.i18n import _, counted
from store.payments.journal import any_open
from store.session import Session
from tui.screens.base import DeskScreen
from tui.widgets.header import HeaderLine

PATIENCE, PAUSE = 1.0, 0.5
"""Seconds until a sync is told at all, and from one telling to the next."""

OLD_AFTER = timedelta(minutes=15)


async def begin(screen: DeskScreen) -> None:
    """At the start, what is stored is shown at once. Meanwhile payments that were left open
    are looked for, and everything is fetched anew when it is old."""
    app = screen.desk
    left_open, is_old = await app.in_store(_what_is_due)
    if left_open:
        from tui.actions.payments import settle_what_was_left

        app.act(settle_what_was_left(screen), "settle")
    if is_old:
        await sync_now(screen, asked_for=False)


def _what_is_due(session: Session) -> tuple[bool, bool]:
    """Whether payments were left open, and whether the data are old."""
    return any_open(session.db, session.account.name), session.needs_sync(OLD_AFTER)


async def sync_now(screen: DeskScreen, *, asked_for: bool = True) -> None:
    """Sync in a thread; what is on the screen stays until the new data are there."""
    app = screen.desk
    if app.sync_under_way is not None:
        app.sync_under_way.set()
        screen.notify(_("The sync is being cancelled."), markup=False, timeout=4)
        return
    stop = app.sync_under_way = Event()
    progress = _teller(screen)
    try:
        count, hints = await app.in_store(lambda session: _sync(session, stop, progress))
    except CloudError as error:
        screen.notify(
            _("The sync failed; what you see is what was stored. {reason}").format(
                reason=error.message
            ),
            severity="error",
            markup=False,
            timeout=10,
        )
        return
    finally:
        app.sync_under_way = None
        _show_work(screen, None)
    reload_all(screen)
    for hint in hints:
        screen.notify(hint, severity="warning", markup=False, timeout=10)
    if asked_for:
        told = counted("{n} item synced", "{n} items synced", count)
        screen.notify(told, markup=False, timeout=3)


def _sync(session: Session, stop: Event, progress: Progress) -> tuple[int, tuple[str, ...]]:
    session.stop = stop
    return session.sync(progress), session.hints


def _teller(screen: DeskScreen) -> Progress:
    """Tells from the sync's thread how far it is, once it takes long, and twice a second then."""
    loop, told_at = asyncio.get_running_loop(), monotonic() + PATIENCE

    def tell(what: str, done: int, total: int) -> None:
        nonlocal told_at
        if monotonic() < told_at or what != "items":
            return
        told_at = monotonic() + PAUSE
        told = _("syncing: {done} of {total} · s cancels").format(
            done=f"{done:,}", total=f"{total:,}"
        )
        loop.call_soon_threadsafe(_show_work, screen, told)

    return tell


def _show_work(screen: DeskScreen, told: str | None) -> None:
    for each in screen.app.screen_stack:
        if isinstance(each, DeskScreen) and each.is_attached:
            each.query_one(HeaderLine).show_work(told)


def reload_all(screen: DeskScreen) -> None:
    """Every screen that is open reads the store anew, the one on top at once."""
    for each in screen.app.screen_stack:
        if isinstance(each, DeskScreen):
            each.reload()
