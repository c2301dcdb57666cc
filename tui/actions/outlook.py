"""Show the coming days as a picture."""

from __future__ import annotations

from store.i18n import counted
from store.items.outlook import DAYS, Day, days_ahead
from store.session import Session
from tui.dialogs.picture import Picture
from tui.panes.outlook import picture
from tui.screens.base import DeskScreen


async def look_ahead(screen: DeskScreen) -> None:
    """What ends on which day, and how far the balance goes."""
    days, currency = await screen.desk.in_store(_read)
    title = counted("The coming {n} day", "The coming {n} days", DAYS)
    await screen.desk.ask(Picture(title, lambda width: picture(days, currency, width)))


def _read(session: Session) -> tuple[list[Day], str]:
    seen = session.overview()
    return days_ahead(seen), seen.balance.currency if seen.balance else ""
