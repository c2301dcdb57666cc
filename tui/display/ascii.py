"""The screen in ASCII, for a terminal whose encoding has nothing else.

Each character becomes one of the same width, so that columns stay straight.
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_LIKENESS = {
    "-": "─━╌╴╶▔▁—–−⣀",
    "|": "│┃╎╵╷║▏▎▕",
    "+": "╭╮╰╯┌┐└┘├┤┬┴┼",
    "#": "█▓▒▌▐▊▆▇▀⣿",
    "=": "═▂▃▄▅",
    ":": "░",
    ".": "·",
    "*": "•●◆★✓",
    "o": "○◌◇",
    "x": "×✗",
    ">": "→›⟩▶",
    "<": "←‹⟨◀",
    "^": "↑▲△",
    "v": "↓▼▽",
    "~": "…",
    '"': "“”",
    "'": "‘’",
    " ": "\N{NO-BREAK SPACE}",
}
_ALIKE = str.maketrans({c: ascii_ for ascii_, alike in _LIKENESS.items() for c in alike})


class AsciiOnly(LineFilter):
    """Turns every line that is drawn into ASCII; what has no likeness becomes `?`."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background
        return [
            segment if segment.control else Segment(in_ascii(segment.text), segment.style)
            for segment in segments
        ]


@lru_cache(4096)
def in_ascii(text: str) -> str:
    """The text in ASCII, as many cells wide."""
    if text.isascii():
        return text
    alike = text.translate(_ALIKE)
    return "".join(c if c.isascii() else "?" * cell_len(c) for c in alike)


def lacks_unicode() -> bool:
    """Whether the terminal's encoding is not UTF-8, or the person asks for the C locale."""
    encoding = getattr(sys.__stderr__, "encoding", None) or "ascii"
    asked = os.environ.get("LC_ALL", "")
    return asked in {"C", "POSIX"} or encoding.lower().replace("-", "") != "utf8"
