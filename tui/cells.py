"""Foreign text on the screen: made plain, never markup, fitted to cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from store.sanitize import LONGEST, plain, plain_json, plain_line, plain_lines

if TYPE_CHECKING:
    from textual.content import Content

_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(/[A-Za-z0-9/._~?#&=%+-]*)?")

__all__ = [
    "LONGEST",
    "address",
    "cells",
    "content",
    "fit",
    "padded",
    "plain",
    "plain_json",
    "plain_line",
    "plain_lines",
]


def content(value: str, style: str = "") -> Content:
    """The value as Textual content: `plain`, in one style, square brackets being brackets."""
    from textual.content import Content

    return Content.styled(plain(value), style) if style else Content(plain(value))


def address(value: str, shown: str = "", style: str = "") -> Content:
    """An address of our own data, as a link where the terminal has links (OSC 8).

    `shown` stands for it where it is not to be read itself. What is not a plain https
    address is text, as everything else.
    """
    from textual.style import Style

    text = content(shown or value, style)
    return text.stylize(Style(link=value)) if _ADDRESS.fullmatch(value) else text


def cells(text: str) -> int:
    """How many cells of a terminal the text takes; wide characters take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fit(text: str, width: int, align: str = "left") -> str:
    """The text in exactly `width` cells: padded, or cut with `…` at its end.

    `align` is `left` or `right`. The text is expected to be `plain` already.
    """
    if width <= 0:
        return ""
    taken = cells(text)
    if taken > width:
        text, taken = _cut(text, width)
    gap = " " * (width - taken)
    return gap + text if align == "right" else text + gap


def padded(text: str, width: int) -> str:
    """The text with spaces up to `width` cells, and at least one: a label before its value."""
    return text + " " * max(1, width - cells(text))


def _cut(text: str, width: int) -> tuple[str, int]:
    """The beginning of the text and `…`, and its cells: at most `width`."""
    if text.isascii():
        return text[: width - 1] + "…", width
    taken = 0
    end = 0
    for end, character in enumerate(text):  # noqa: B007
        taken += cells(character)
        if taken > width - 1:
            break
    cut = text[:end] + "…"
    while cells(cut) > width:
        cut = cut[:-2] + "…"
    return cut, cells(cut)
