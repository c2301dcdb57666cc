"""The account's page as it is drawn: sections under headings, with aligned tables."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from tui.panes.account_facts import Section, table_lines
from tui.prompts import Emphasis, Fact, Line
from tui.text.cells import cells, content, fit, plain
from tui.text.wrapping import wrapped

LABEL = 18
"""Cells of a label and the gap after it."""


def account_lines(sections: Sequence[Section], width: int) -> list[Content]:
    """All sections, one below another, in lines of at most `width` cells."""
    lines: list[Content] = []
    for section in sections:
        if lines:
            lines.append(Content(""))
        lines.append(content(section.title, "bold $accent"))
        for line in section.lines:
            lines += _line(line, width)
        for text, is_bad in table_lines(section.entries, width):
            lines.append(content(text, "$error" if is_bad else ""))
    return lines


def _line(line: Line, width: int) -> list[Content]:
    match line:
        case Fact(label, text):
            return _fact(line, plain(label), plain(text), width)
        case Emphasis(text):
            return [content(part, "bold") for part in wrapped(plain(text), width)]
        case _:
            return [content(part, "$text-muted") for part in wrapped(plain(line), width)]


def _fact(fact: Fact, label: str, text: str, width: int) -> list[Content]:
    style = "bold $error" if fact.is_warning else ""
    head = fit(label, max(LABEL, cells(label) + 1)) if label else " " * LABEL
    room = max(1, width - cells(head))
    first, *more = wrapped(text, room)
    return [
        Content.assemble((head, "bold"), content(first, style)),
        *(Content.assemble(" " * cells(head), content(part, style)) for part in more),
    ]
