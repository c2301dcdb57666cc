"""Text in lines of so many cells: words are not broken, nor what Chinese keeps together."""

from __future__ import annotations

import re

from tui.text.cells import cells


def hung(head: str, text: str, width: int) -> list[str]:
    """The text after the head, wrapped at `width` cells, with a hanging indent."""
    indent = " " * cells(head)
    lines = wrapped(text, max(20, width - len(indent)))
    return [f"{head}{lines[0]}".rstrip(), *(indent + line for line in lines[1:])]


_WIDE = "\u2e80-\uffef"
_PIECE = rf"\s+|[（“《]*[{_WIDE}][，。；：、）”》！？]*|[^\s{_WIDE}（“《]+[，。；：、）”》！？]*|."
"""What is never broken: a word, or a wide character with its punctuation."""


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells; a line may break between wide characters."""
    lines, line, used = [], "", 0
    for piece in re.findall(_PIECE, text):
        size = cells(piece)
        if line and used + size > width and not piece.isspace():
            lines.append(line.rstrip())
            line, used = "", 0
        if not line and piece.isspace():
            continue
        line += piece
        used += size
    return [*lines, line.rstrip()]
