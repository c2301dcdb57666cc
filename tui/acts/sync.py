"""Fetch everything anew."""

from __future__ import annotations

from store.errors import CloudError
from tui.screens.desk import DeskScreen
from tui.text import _, counted


async def sync_now(screen: DeskScreen, *, asked_for: bool = True) -> None:
    """Sync in a thread; what is on the screen stays until the new data are there."""
    app = screen.desk
    try:
        count = await app.in_store(lambda session: session.sync())
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
    reload_all(screen)
    if asked_for:
        told = counted("{n} item synced", "{n} items synced", count)
        screen.notify(told, markup=False, timeout=3)


def reload_all(screen: DeskScreen) -> None:
    """Every screen that is open reads the store anew, the one on top at once."""
    for each in screen.app.screen_stack:
        if isinstance(each, DeskScreen):
            each.reload()
