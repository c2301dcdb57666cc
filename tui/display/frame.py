"""The contents of a terminal, cell by cell. Rows are immutable, so that frames can share them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rich.cells import split_graphemes

from tui.display.style import PLAIN, Pen

_CJK = range(0x2E80, 0xFF61)

Frame = tuple["FrameRow", ...]


@lru_cache(maxsize=8192)
def cells_of(text: str) -> tuple[str, tuple[str, ...], bool]:
    """Split a text into cells: the characters that combine with the cell before it, the text of
    each cell, and whether the width of any is uncertain.

    A wide character has an empty second cell. Control characters are dropped.
    """
    if text.isascii() and text.isprintable():
        return "", tuple(text), False
    text = "".join(char for char in text if char >= " " and not "\x7f" <= char <= "\x9f")
    joins, cells = "", list[str]()
    for start, end, width in split_graphemes(text)[0]:
        if width:
            cells += [text[start:end], *[""] * (width - 1)]
        else:
            joins += text[start:end]
    return (
        joins,
        tuple(cells),
        bool(joins) or any(map(has_uncertain_width, cells, [*cells[1:], "x"])),
    )


def has_uncertain_width(cell: str, after: str) -> bool:
    """Whether terminals disagree on the cell's width: combined characters and emoji."""
    return len(cell) > 1 or (not after and bool(cell) and ord(cell) not in _CJK)


class FrameRow:
    """One line of cells."""

    __slots__ = ("_key", "pens", "texts", "uncertain")

    def __init__(self, texts: list[str], pens: list[Pen], *, uncertain: bool = False) -> None:
        self.texts = texts
        self.pens = pens
        self.uncertain = uncertain
        """Whether terminals disagree on the width of some characters: such a row is written
        whole."""
        self._key: tuple[tuple[str, ...], tuple[Pen, ...]] | None = None

    @property
    def key(self) -> tuple[tuple[str, ...], tuple[Pen, ...]]:
        """Cells and pens; equal for rows that look the same."""
        if self._key is None:
            self._key = tuple(self.texts), tuple(self.pens)
        return self._key

    def looks_like(self, other: FrameRow) -> bool:
        """Whether both look the same."""
        return self is other or (self.texts == other.texts and self.pens == other.pens)

    def changed_columns(self, newer: FrameRow) -> list[int]:
        """The columns in which the newer row looks different."""
        if self is newer:
            return []
        pairs = zip(self.texts, newer.texts, self.pens, newer.pens, strict=True)
        return [x for x, (a, b, p, q) in enumerate(pairs) if p is not q or a != b]

    def painted(self, x: int, spans: Iterable[tuple[str, Pen]]) -> FrameRow:
        """This row with styled texts written over it from column x on, cut at the row's end."""
        texts, pens, uncertain = self.texts.copy(), self.pens.copy(), self.uncertain
        width = len(texts)
        if 0 < x < width and not texts[x]:
            texts[x - 1], pens[x - 1] = " ", pens[x - 1].blank
        for text, pen in spans:
            joins, cells, odd = cells_of(text)
            if joins and 0 < x <= width:
                texts[x - 1 if texts[x - 1] else x - 2] += joins
            room = max(width - x, 0)
            if len(cells) > room:
                cells = (*cells[: room - 1], " ")[:room] if not cells[room] else cells[:room]
            end = x + len(cells)
            texts[x:end] = cells
            blank = pen.blank
            pens[x:end] = (
                [pen] * len(cells)
                if blank is pen or " " not in cells
                else [blank if cell == " " else pen for cell in cells]
            )
            uncertain = uncertain or odd
            x = end
        if x < width and not texts[x]:
            texts[x], pens[x] = " ", pens[x].blank
        if uncertain:
            uncertain = any(map(has_uncertain_width, texts, [*texts[1:], "x"]))
        return FrameRow(texts, pens, uncertain=uncertain)


@lru_cache(maxsize=4)
def blank_frame(width: int, height: int, pen: Pen = PLAIN) -> Frame:
    """A frame cleared with that pen, which has to be one that erases."""
    return (FrameRow([" "] * width, [pen.blank] * width),) * height


def background_of(rows: Iterable[FrameRow], *, erases_in_color: bool) -> Pen:
    """The erasing pen that most blanks of the rows have."""
    if not erases_in_color:
        return PLAIN
    blanks = (
        pen
        for row in rows
        for text, pen in zip(row.texts, row.pens, strict=True)
        if text == " " and pen.blank is pen and pen.erases
    )
    return next((pen for pen, _ in Counter(blanks).most_common(1)), PLAIN)
