"""Foreign text on the screen: sanitized, never markup, fitted to cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from store.sanitize import plain

if TYPE_CHECKING:
    from textual.content import Content

_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(/[A-Za-z0-9/._~?#&=%+-]*)?")


def plain_content(value: str, style: str = "") -> Content:
    """The value as Textual content: sanitized, in one style, without markup."""
    from textual.content import Content

    return Content.styled(plain(value), style) if style else Content(plain(value))


def address(value: str, shown: str = "", style: str = "") -> Content:
    """An https address as a link (OSC 8); anything else as text. `shown`: the text of the link."""
    from textual.style import Style

    text = plain_content(shown or value, style)
    return text.stylize(Style(link=value)) if _ADDRESS.fullmatch(value) else text


def hang_content(head: Content, text: Content, indent: int, width: int) -> list[Content]:
    """The text after the head, wrapped at `width` cells, its further lines indented by `indent`."""
    first, *rest = text.wrap(max(1, width - indent)) or [plain_content("")]
    return [head + first, *(" " * indent + line for line in rest)]


def cells(text: str) -> int:
    """The width of the text in cells of a terminal; wide characters take two."""
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
    used = cells(text)
    if used > width:
        text, used = _cut(text, width)
    gap = " " * (width - used)
    return gap + text if align == "right" else text + gap


def padded(text: str, width: int) -> str:
    """The text padded to `width` cells, with at least one space after it."""
    return text + " " * max(1, width - cells(text))


def _cut(text: str, width: int) -> tuple[str, int]:
    """The text cut to at most `width` cells with `…` at its end, and its cells."""
    if text.isascii():
        return text[: width - 1] + "…", width
    used = 0
    end = 0
    for end, character in enumerate(text):  # noqa: B007
        used += cells(character)
        if used > width - 1:
            break
    cut = text[:end] + "…"
    while cells(cut) > width:
        cut = cut[:-2] + "…"
    return cut, cells(cut)
