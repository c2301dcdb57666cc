"""Show the coming days as a picture."""

from __future__ import annotations

from store.i18n import counted
from store.items.outlook import DAYS, Day, days_ahead
from store.session import Session
from tui.dialogs.picture import PictureDialog
from tui.panes.outlook import picture
from tui.screens.base import BaseScreen


async def show_outlook(screen: BaseScreen) -> None:
    """What ends on which day, and how far the balance goes."""
    days, currency = await screen.app.in_store(_read)
    title = counted("The next {n} day", "The next {n} days", DAYS)
    await screen.app.ask(PictureDialog(title, lambda width: picture(days, currency, width)))


def _read(session: Session) -> tuple[list[Day], str]:
    overview = session.overview()
    return days_ahead(overview), overview.balance.currency if overview.balance else ""
