"""The balance line: what is available, what is owed and due, and what is missing."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from store import formats
from store.i18n import _, counted
from store.items.expired_licenses import expired_orders
from store.items.overview import Overview
from tui.commands.registry import bindings
from tui.text import labels
from tui.text.cells import cells
from tui.widgets.fitted_text import FittedText

SEPARATOR = " · "
GAP = 3
NOTHING = Content("")


class MoneyLine(FittedText, can_focus=True):
    """Shows the account's money. Enter and a click open the account page."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("money", "screen.command('{id}')")
    DEFAULT_CSS = """
    MoneyLine { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    MoneyLine:focus { text-style: reverse; }
    """

    def show(self, overview: Overview, hints: str) -> None:
        """Show the money of this account, and `hints` at the right end if there is room."""
        self.fit(partial(money_line, overview, hints))

    async def on_click(self) -> None:
        await self.run_action("screen.command('open_account')")


def money_line(overview: Overview, hints: str, width: int) -> Content:
    """The longest form that fits, the missing amount left out last; `hints` at the right end if
    there is room."""
    forms = _forms(overview)
    text = next((form for form in forms if cells(form.plain) <= width), forms[-1])
    room = width - cells(text.plain) - cells(hints)
    if not hints or room < GAP:
        return text
    return Content.assemble(text, " " * room, Content.styled(hints, "$text-muted"))


def _forms(overview: Overview) -> list[Content]:
    """The forms of the line, from the longest to the shortest."""
    balance, forecast = overview.balance, overview.forecast
    if balance is None or forecast is None:
        return [Content(_("No balance yet"))]
    available = Content(formats.amount(balance.available, balance.currency))
    long = Content(_("Balance {amount}").format(amount=available.plain))
    owed = _error(labels.owed_short(balance))
    due_text = _("due in {n} days {amount}").format(
        n=forecast.horizon.days, amount=formats.amount(forecast.due)
    )
    due = due_and_unpriced = Content(due_text)
    if forecast.unpriced:
        unpriced = counted("+ {n} without a price", "+ {n} without a price", forecast.unpriced)
        due_and_unpriced = Content(f"{due_text} {unpriced}")
    short = shortest = NOTHING
    if forecast.shortfall:
        short = _error(labels.shortfall(overview))
        shortfall = formats.amount(forecast.shortfall)
        shortest = _error(_("{amount} short").format(amount=shortfall))
    orders = expired_orders(overview)
    expired = Content(labels.expired(orders))
    expired_short = Content(labels.expired_short(orders))
    forms = (
        (long, owed, due_and_unpriced, short, expired),
        (available, owed, due_and_unpriced, short, expired),
        (available, owed, due, short, expired_short),
        (available, owed, short, expired_short),
        (available, owed, shortest, expired_short),
        (available, owed, shortest),
        (available, shortest),
        (shortest if shortest else available,),
    )
    return [Content(SEPARATOR).join(filter(None, form)) for form in forms]


def _error(text: str) -> Content:
    return Content.styled(text, "bold $error")
