"""Lays out the account page: sections under headings, with aligned tables."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from store.sanitize import plain
from tui.panes.account_facts import Section
from tui.panes.account_table import table_lines
from tui.prompts import Emphasis, Fact, Line
from tui.text.cells import cells, fit, plain_content
from tui.text.wrapping import wrap_text

MAX_TABLE_WIDTH = 110
"""The widest table in cells: on a wider screen, amounts would be too far from their
descriptions."""
GAP = 2
"""Cells between the longest label of a section and its values."""


def account_lines(sections: Sequence[Section], width: int) -> list[Content]:
    """All sections, one below another, in lines of at most `width` cells."""
    lines: list[Content] = []
    for section in sections:
        if lines:
            lines.append(Content(""))
        lines.append(plain_content(section.title, "bold $accent"))
        labels = [cells(plain(line.label)) for line in section.lines if isinstance(line, Fact)]
        for line in section.lines:
            lines += _line(line, max(labels, default=0) + GAP, width)
        for text, amounts, is_bad in table_lines(section.entries, min(width, MAX_TABLE_WIDTH)):
            lines.append(plain_content(text) + plain_content(amounts, "$error" if is_bad else ""))
    return lines


def _line(line: Line, column: int, width: int) -> list[Content]:
    match line:
        case Fact(label, text):
            return _fact(line, fit(plain(label), column), plain(text), width)
        case Emphasis(text):
            return [plain_content(part, "bold") for part in wrap_text(plain(text), width)]
        case _:
            return [plain_content(part, "$text-muted") for part in wrap_text(plain(line), width)]


def _fact(fact: Fact, head: str, text: str, width: int) -> list[Content]:
    style = "bold $error" if fact.is_warning else ""
    room = max(1, width - cells(head))
    first, *more = wrap_text(text, room)
    return [
        Content.assemble((head, "bold"), plain_content(first, style)),
        *(Content.assemble(" " * cells(head), plain_content(part, style)) for part in more),
    ]
