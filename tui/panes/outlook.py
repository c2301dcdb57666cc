"""The coming days as strips of cells, and the same in words below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from textual.content import Content

from store.i18n import _, counted
from store.items.outlook import Day, short_from
from tui.cells import cells, content, fit, padded, plain
from tui.text import formats, labels

CELL = 2
"""Cells of a day: its sign, and room."""
NOTHING = "·"
MANY = "+"
LEVELS = "▁▂▃▄▅▆▇█"
OVERDRAWN = "×"


def picture(days: Sequence[Day], currency: str, width: int) -> list[Content]:
    """Strips of as many days as fit into the width, and then the days in words."""
    labels = (_("ends"), _("data deleted"), _("balance"))
    label = max(cells(each) for each in labels) + 2
    per_strip = max(1, (width - label) // CELL)
    most = max((day.left for day in days if day.left is not None), default=Decimal(0))
    lines: list[Content] = []
    for start in range(0, len(days), per_strip):
        strip = days[start : start + per_strip]
        lines += [
            _dates(strip, label),
            _strip(labels[0], label, ((_count(day.ends), "bold $warning") for day in strip)),
            _strip(labels[1], label, ((_count(day.lost), "bold $error") for day in strip)),
            _strip(labels[2], label, (_level(day.left, most) for day in strip)),
            Content(""),
        ]
    for line in in_words(days, currency):
        lines += content(line).wrap(max(10, width))
    return lines


def _dates(strip: Sequence[Day], label: int) -> Content:
    first, last = formats.short_day(strip[0].date), formats.short_day(strip[-1].date)
    gap = len(strip) * CELL - cells(first) - cells(last)
    ends = f"{first}{' ' * gap}{last}" if gap > 1 else first
    return Content.styled(" " * label + ends, "$text-muted")


def _strip(name: str, label: int, signs: Iterator[tuple[str, str]]) -> Content:
    """Signs of one style are one span: a strip has few of them."""
    parts: list[tuple[str, str]] = [(padded(name, label), "bold")]
    for sign, style in signs:
        seen_as = "$text-muted" if sign == NOTHING else style
        if parts[-1][1] == seen_as:
            parts[-1] = (parts[-1][0] + fit(sign, CELL), seen_as)
        else:
            parts.append((fit(sign, CELL), seen_as))
    return Content.assemble(*parts)


def _count(number: int) -> str:
    return NOTHING if not number else str(number) if number < 10 else MANY


def _level(left: Decimal | None, most: Decimal) -> tuple[str, str]:
    if left is None:
        return "?", "$secondary"
    if left < 0:
        return OVERDRAWN, "bold $error"
    place = int(left / most * (len(LEVELS) - 1)) if most else 0
    return LEVELS[place], "$success"


def in_words(days: Sequence[Day], currency: str) -> Iterator[str]:
    """The same without a picture: the money, and then each day on which something happens."""
    yield from _money_in_words(days, currency)
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
            label=formats.short_day(day.date), text=_("; ").join(parts)
        )


def _names(names: Sequence[str], number: int) -> str:
    told, more = _(", ").join(plain(name) for name in names), number - len(names)
    return _("{names} and {n} more").format(names=told, n=more) if more > 0 else told


def _money_in_words(days: Sequence[Day], currency: str) -> Iterator[str]:
    due = sum((day.due for day in days), Decimal(0))
    yield _("Renewing everything costs {amount}.").format(amount=labels.amount(due, currency))
    unpriced = sum(day.unpriced for day in days)
    if unpriced:
        yield counted("+ {n} item without a price", "+ {n} items without a price", unpriced)
    if not days or days[0].left is None:
        yield _("The balance is unknown.")
    elif (short := short_from(list(days))) is not None and short.left is not None:
        yield _("{amount} short from {day}.").format(
            day=formats.day(short.date), amount=labels.amount(-short.left, currency)
        )
    else:
        left = days[-1].left or Decimal(0)
        yield _("The balance covers it; {amount} is left.").format(
            amount=labels.amount(left, currency)
        )
