"""Fetch everything anew."""

from __future__ import annotations

from threading import Event

from store.errors import CloudError
from store.session import Session
from tui.screens.desk import DeskScreen
from tui.text import _, counted


async def sync_now(screen: DeskScreen, *, asked_for: bool = True) -> None:
    """Sync in a thread; what is on the screen stays until the new data are there."""
    app = screen.desk
    if app.sync_under_way is not None:
        app.sync_under_way.set()
        screen.notify(_("The sync is being cancelled."), markup=False, timeout=4)
        return
    stop = app.sync_under_way = Event()
    try:
        count, hints = await app.in_store(lambda session: _sync(session, stop))
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
    reload_all(screen)
    for hint in hints:
        screen.notify(hint, severity="warning", markup=False, timeout=10)
    if asked_for:
        told = counted("{n} item synced", "{n} items synced", count)
        screen.notify(told, markup=False, timeout=3)


def _sync(session: Session, stop: Event) -> tuple[int, tuple[str, ...]]:
    session.stop = stop
    return session.sync(), session.hints


def reload_all(screen: DeskScreen) -> None:
    """Every screen that is open reads the store anew, the one on top at once."""
    for each in screen.app.screen_stack:
        if isinstance(each, DeskScreen):
            each.reload()
