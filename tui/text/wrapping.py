"""Wraps text at a width in cells, without breaking words or what Chinese keeps together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.text.cells import cells


def hang_text(head: str, text: str, width: int) -> list[str]:
    """The text after the head, wrapped at `width` cells, with a hanging indent."""
    indent = " " * cells(head)
    lines = wrap_text(text, max(20, width - len(indent)))
    return [f"{head}{lines[0]}".rstrip(), *(indent + line for line in lines[1:])]


_WIDE = "\u2e80-\uffef"
_OPENING = "（“《【"
_CLOSING = "，。；：、）”》】！？"
_PIECE = (
    rf"[{_OPENING}(\[]*"
    rf"(?:(?:\d+[年月日])+|\d+ ?[{_WIDE}]|[{_WIDE}]|[^\s{_WIDE}{_OPENING}{_CLOSING}]+)"
    rf"[{_CLOSING})\],.;:!?%]*\s*|\S\s*|\s+"
)
"""Matches an unbreakable piece with the spaces after it: a word, a date, a number with its unit, or
a wide character, each with its punctuation. It is compiled when a text is first wrapped: its wide
ranges take 5 ms."""


def wrap_text(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, a word that is longer in a line of its own; a
    line may break between wide characters."""
    text = text.lstrip()
    breaks = line_breaks(text, width, fold=False)
    starts, ends = [0, *breaks], [*breaks, len(text)]
    return [text[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]


def line_breaks(text: str, width: int, *, fold: bool = True) -> list[int]:
    """The indexes before which a line of at most `width` cells breaks; `fold`: also within a word
    that is longer than a line."""
    breaks, start, used = [], 0, 0
    for piece in _pieces(text, width if fold else None):
        if used and used + cells(piece.rstrip()) > width:
            breaks.append(start)
            used = 0
        start += len(piece)
        used += cells(piece)
    return breaks


def _pieces(text: str, longest: int | None) -> Iterator[str]:
    """The unbreakable pieces of the text; a word of more than `longest` cells is split into parts
    of that width."""
    for piece in re.findall(_PIECE, text):
        rest = piece
        while longest is not None and cells(rest.rstrip()) > longest:
            size = max(1, _most_that_fits(rest, longest))
            yield rest[:size]
            rest = rest[size:]
        yield rest


def _most_that_fits(text: str, width: int) -> int:
    """How many characters have at most `width` cells."""
    used = 0
    for index, character in enumerate(text):
        used += cells(character)
        if used > width:
            return index
    return len(text)
