"""The next 90 days as text: the balance, and each day on which something happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from store import formats
from store.i18n import _, counted
from store.items.outlook import Day, first_short_day
from store.sanitize import plain


def outlook_lines(days: Sequence[Day], currency: str, expired: str = "") -> Iterator[str]:
    """The balance first, then each day on which something happens."""
    yield from _money_lines(days, currency, expired)
    yield ""
    busy = [day for day in days if day.ends or day.lost]
    if not busy:
        yield _("Nothing ends.")
    for day in busy:
        parts = []
        if day.ends:
            parts.append(_("{names} ends").format(names=_names(day.names, day.ends)))
        if day.lost:
            lost = _names(day.names_of_lost, day.lost)
            parts.append(_("data of {names} deleted").format(names=lost))
        yield _("{label}: {text}").format(
            label=formats.day(day.date, days[0].date), text=_("; ").join(parts)
        )


def _names(names: Sequence[str], number: int) -> str:
    text, others = formats.joined(plain(name) for name in names), number - len(names)
    return _("{names} and {n} more").format(names=text, n=others) if others > 0 else text


def _money_lines(days: Sequence[Day], currency: str, expired: str) -> Iterator[str]:
    due = sum((day.due for day in days), Decimal(0))
    yield _("Renewing everything costs {amount}.").format(amount=formats.amount(due, currency))
    unpriced = sum(day.unpriced for day in days)
    if unpriced:
        yield counted("{n} item has no price.", "{n} items have no price.", unpriced)
    if expired:
        yield _("{expired}, not included").format(expired=expired) + _(".")
    if not days or days[0].left is None:
        yield _("The balance is unknown.")
    elif (short := first_short_day(days)) is not None and days[-1].left is not None:
        yield _("{amount} short from {day}.").format(
            day=formats.day(short.date, days[0].date),
            amount=formats.amount(-days[-1].left, currency),
        )
    else:
        balance_left = days[-1].left or Decimal(0)
        yield _("The balance covers it; {amount} is left.").format(
            amount=formats.amount(balance_left, currency)
        )
