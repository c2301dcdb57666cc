"""Draws the next days as strips of symbols, with the same as text below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from textual.content import Content

from store import formats
from store.i18n import _
from store.items.outlook import Day
from tui.text.cells import cells, fit, padded, plain_content
from tui.text.outlook_text import outlook_lines

DAY_WIDTH = 2
"""Cells for each day: its symbol, and a blank."""
NOTHING = "·"
MANY = "+"
LEVELS = "▁▂▃▄▅▆▇█"
OVERDRAWN = "×"


def outlook_picture(
    days: Sequence[Day], currency: str, width: int, expired: str = ""
) -> list[Content]:
    """Strips with as many days as fit into the width, then the days as text."""
    labels = (_("ends"), _("data deleted"), _("balance"))
    label = max(cells(label) for label in labels) + 2
    days_per_strip = max(1, (width - label) // DAY_WIDTH)
    most = max((day.left for day in days if day.left is not None), default=Decimal(0))
    lines: list[Content] = []
    for start in range(0, len(days), days_per_strip):
        strip = days[start : start + days_per_strip]
        lines += [
            _dates(strip, label, days[0].date),
            _strip(labels[0], label, ((_count_symbol(day.ends), "bold $warning") for day in strip)),
            _strip(labels[1], label, ((_count_symbol(day.lost), "bold $error") for day in strip)),
            _strip(labels[2], label, (_level_symbol(day.left, most) for day in strip)),
            Content(""),
        ]
    for line in outlook_lines(days, currency, expired):
        lines += plain_content(line).wrap(max(10, width))
    return lines


def _dates(strip: Sequence[Day], label: int, today: date) -> Content:
    first, last = formats.day(strip[0].date, today), formats.day(strip[-1].date, today)
    gap = len(strip) * DAY_WIDTH - cells(first) - cells(last)
    ends = f"{first}{' ' * gap}{last}" if gap > 1 else first
    return Content.styled(" " * label + ends, "$text-muted")


def _strip(name: str, label: int, symbols: Iterator[tuple[str, str]]) -> Content:
    """Consecutive symbols of one style form one span: a strip has few of them."""
    parts: list[tuple[str, str]] = [(padded(name, label), "bold")]
    for symbol, style in symbols:
        shown_style = "$text-muted" if symbol == NOTHING else style
        if parts[-1][1] == shown_style:
            parts[-1] = (parts[-1][0] + fit(symbol, DAY_WIDTH), shown_style)
        else:
            parts.append((fit(symbol, DAY_WIDTH), shown_style))
    return Content.assemble(*parts)


def _count_symbol(number: int) -> str:
    return NOTHING if not number else str(number) if number < 10 else MANY


def _level_symbol(left: Decimal | None, most: Decimal) -> tuple[str, str]:
    if left is None:
        return "?", "$secondary"
    if left < 0:
        return OVERDRAWN, "bold $error"
    index = int(left / most * (len(LEVELS) - 1)) if most else 0
    return LEVELS[index], "$success"
