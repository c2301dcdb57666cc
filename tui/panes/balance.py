"""The account's money: what there is, what is owed, what comes, and when it falls short."""

from __future__ import annotations

from textual.content import Content

from store.overview import Overview
from tui.panes import words
from tui.text import _, when


def balance_lines(overview: Overview, width: int) -> list[Content]:
    """The lines of the balance pane; amounts stand under each other."""
    balance, forecast = overview.balance, overview.forecast
    if balance is None or forecast is None:
        return [Content(_("Not known yet. Press s to sync."))]
    rows = [(_("Available"), words.amount(balance.available, balance.currency), "")]
    if balance.credit:
        rows.append((_("of it lent"), words.amount(balance.credit, balance.currency), ""))
    rows.append((_("Owed"), words.amount(balance.owed, balance.currency), _tone(balance.owed > 0)))
    due = _("Due in {n} days").format(n=forecast.horizon.days)
    rows.append((due, words.amount(forecast.due, balance.currency), ""))
    lines = [_line(label, text, tone, width) for label, text, tone in rows]
    if forecast.shortfall:
        lines.append(Content.styled(shortfall(overview), "bold $error"))
    if forecast.unpriced:
        text = _("{n} more without a known price").format(n=forecast.unpriced)
        lines.append(Content.styled(text, "$secondary"))
    return lines


def _tone(bad: bool) -> str:  # noqa: FBT001 - one fact, one answer
    return "bold $error" if bad else ""


def _line(label: str, text: str, tone: str, width: int) -> Content:
    gap = max(1, width - len(label) - len(text))
    return Content.assemble(label, " " * gap, Content.styled(text, tone) if tone else text)


def shortfall(overview: Overview) -> str:
    """`Short by CNY 2,396.50 from 24 Nov`"""
    if overview.forecast is None or overview.balance is None:
        return ""
    amount = words.amount(overview.forecast.shortfall, overview.balance.currency)
    moment = overview.forecast.short_from
    if moment is None:
        return _("Short by {amount}").format(amount=amount)
    return _("Short by {amount} from {day}").format(
        amount=amount, day=when.short_day(words.local(moment))
    )


def balance_in_one_line(overview: Overview) -> Content:
    """The same for a screen that has no room for the pane."""
    balance, forecast = overview.balance, overview.forecast
    if balance is None or forecast is None:
        return Content(_("Balance not known yet. Press s to sync."))
    text = Content(words.amount(balance.available, balance.currency))
    if balance.owed:
        owed = _("owed {amount}").format(amount=words.amount(balance.owed))
        text = Content.assemble(text, " · ", (owed, "bold $error"))
    if forecast.shortfall:
        short = _("short {amount}").format(amount=words.amount(forecast.shortfall))
        text = Content.assemble(text, " · ", (short, "bold $error"))
    return text
