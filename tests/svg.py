"""A picture of the screen that is the same bytes whenever the screen is the same."""

from __future__ import annotations

import re
from html import escape, unescape

from tui.text.cells import cells

_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_RANDOM_ID = re.compile(r"\bterminal-\d+-")
_NOTE = re.compile(r"\s*<!-- Generated with .*? -->")
_TEXT = re.compile(
    r'<text class="(?P<kind>[^"]*)" x="(?P<x>[^"]*)" y="(?P<y>[^"]*)" textLength="[^"]*"'
    r"(?P<rest>[^>]*)>(?P<words>[^<]*)</text>"
)
_WIDE = re.compile("([\u1100-\u115f\u2e80-\uffdc]+)")
CELL = 12.2
"""The width of a cell in Rich's pictures."""


def steady(svg: str) -> str:
    """The SVG without random ids, and without fonts from foreign hosts."""
    for pattern, plain in ((_FONT, ""), (_RANDOM_ID, "terminal-"), (_NOTE, "")):
        svg = pattern.sub(plain, svg)
    svg = _TEXT.sub(_in_its_cells, svg)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def _in_its_cells(text: re.Match[str]) -> str:
    """The text with its wide characters set apart, so that what follows them stays in column,
    and without blanks before it: some viewers leave them out, and put it too far left."""
    words = unescape(text["words"])
    if cells(words) == len(words) and not words.startswith("\xa0"):
        return text[0]
    parts, x = [], float(text["x"])
    for whole in _WIDE.split(words):
        part = whole.lstrip("\xa0")
        x += (len(whole) - len(part)) * CELL
        width = cells(part) * CELL
        if part:
            shown = escape(part).replace("\xa0", "&#160;")
            head = f'<text class="{text["kind"]}" x="{x:g}" y="{text["y"]}" textLength="{width:g}"'
            parts.append(f'{head} lengthAdjust="spacingAndGlyphs"{text["rest"]}>{shown}</text>')
        x += width
    return "".join(parts)
