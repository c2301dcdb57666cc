"""What the terminal shows, cell by cell, and the fewest bytes from there to a newer frame.

It knows nothing of widgets and writes nothing by itself. A row is never changed once it is
part of a frame, so that two frames can share it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rich.cells import split_graphemes

from tui.pens import PLAIN, Pen, change

SMALL_GAP = 4
"""So many unchanged cells cost no more bytes than the move over them."""
WORTH_AN_ERASE = 4
WORTH_A_SCROLL = 40
"""So many cells must be spared before a scroll region is worth its own bytes."""
_CJK = range(0x2E80, 0xFF61)

Frame = tuple["Row", ...]


@lru_cache(maxsize=8192)
def cells_of(text: str) -> tuple[str, tuple[str, ...], bool]:
    """What joins the cell before the text, a text for each cell of it, and whether it is doubtful.

    A wide character has an empty second cell. Control characters are left out: a terminal
    would obey them.
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
    return joins, tuple(cells), bool(joins) or any(map(_is_doubtful, cells, [*cells[1:], "x"]))


def _is_doubtful(cell: str, after: str) -> bool:
    """Whether terminals disagree on its width: what is joined, and pictures."""
    return len(cell) > 1 or (not after and bool(cell) and ord(cell) not in _CJK)


class Row:
    """One line of cells."""

    __slots__ = ("_key", "doubtful", "pens", "texts")

    def __init__(self, texts: list[str], pens: list[Pen], *, doubtful: bool = False) -> None:
        self.texts = texts
        self.pens = pens
        self.doubtful = doubtful
        """It holds characters whose width terminals do not agree on: it is written whole."""
        self._key: tuple[tuple[str, ...], tuple[Pen, ...]] | None = None

    @property
    def key(self) -> tuple[tuple[str, ...], tuple[Pen, ...]]:
        """Equal for rows that look the same."""
        if self._key is None:
            self._key = tuple(self.texts), tuple(self.pens)
        return self._key

    def same(self, other: Row) -> bool:
        """Whether both look the same."""
        return self is other or (self.texts == other.texts and self.pens == other.pens)

    def changes(self, newer: Row) -> list[int]:
        """The columns in which the newer row looks different."""
        if self is newer:
            return []
        pairs = zip(self.texts, newer.texts, self.pens, newer.pens, strict=True)
        return [x for x, (a, b, p, q) in enumerate(pairs) if p is not q or a != b]

    def painted(self, x: int, spans: Iterable[tuple[str, Pen]]) -> Row:
        """This row with styled texts written over it from column x on, cut at its end."""
        texts, pens, doubtful = self.texts.copy(), self.pens.copy(), self.doubtful
        width = len(texts)
        if 0 < x < width and not texts[x]:
            texts[x - 1] = " "
        for text, pen in spans:
            joins, cells, odd = cells_of(text)
            if joins and 0 < x <= width:
                texts[x - 1 if texts[x - 1] else x - 2] += joins
            cells = cells[: max(width - x, 0)]
            end = x + len(cells)
            texts[x:end] = cells
            blank = pen.blank
            pens[x:end] = (
                [pen] * len(cells)
                if blank is pen or " " not in cells
                else [blank if cell == " " else pen for cell in cells]
            )
            doubtful = doubtful or odd
            x = end
        if x < width and not texts[x]:
            texts[x] = " "
        if doubtful:
            doubtful = any(map(_is_doubtful, texts, [*texts[1:], "x"]))
        return Row(texts, pens, doubtful=doubtful)


@lru_cache(maxsize=4)
def cleared(width: int, height: int) -> Frame:
    """What a terminal shows after it was cleared."""
    return (Row([" "] * width, [PLAIN] * width),) * height


class Wire:
    """Collects the bytes, and knows where they leave the cursor and the pen."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at: tuple[int, int] | None = None
        """Column and line; None: not known, as after the last column of a line."""
        self.pen = PLAIN

    def move(self, x: int, y: int) -> None:
        """Bring the cursor there."""
        if self.at == (x, y):
            return
        if self.at is not None and self.at[1] == y and self.at[0] < x:
            self.parts.append(f"\x1b[{x - self.at[0]}C")
        else:
            self.parts.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
        self.at = (x, y)

    def take(self, pen: Pen) -> None:
        """Write with that pen from here on."""
        if pen is not self.pen:
            self.parts.append(change(self.pen, pen))
            self.pen = pen

    def cells(self, row: Row, y: int, columns: Sequence[int]) -> None:
        """Write these neighbouring cells of the row."""
        self.move(columns[0], y)
        for x in columns:
            text = row.texts[x]
            if not text:
                continue
            if text == " ":
                self._take_for_blank(row, columns[-1], x)
            else:
                self.take(row.pens[x])
            self.parts.append(text)
        end = next((n for n in range(columns[-1] + 1, len(row.texts)) if row.texts[n]), None)
        self.at = None if end is None else (end, y)

    def _take_for_blank(self, row: Row, last: int, x: int) -> None:
        """Any pen does for a blank that leaves it the same; best the one of the next letter."""
        wanted = row.pens[x]
        if self.pen.blank is wanted:
            return
        after = next((n for n in range(x, last + 1) if row.texts[n] not in {" ", ""}), None)
        ahead = row.pens[after] if after is not None else wanted
        self.take(ahead if ahead.blank is wanted else wanted)


def difference(shown: Frame, wanted: Frame, cursor: tuple[int, int], *, colored: bool) -> str:
    """What turns the one frame into the other: nothing when they look the same.

    `colored`: the terminal erases with the background that is in use.
    """
    wire = Wire()
    shown = _scrolled(wire, shown, wanted)
    for y, (old, new) in enumerate(zip(shown, wanted, strict=True)):
        if old is new:
            continue
        if columns := old.changes(new):
            if old.doubtful or new.doubtful:
                _write_whole(wire, new, y)
            else:
                _write_changes(wire, new, y, columns, colored=colored)
    if not wire.parts:
        return ""
    wire.take(PLAIN)
    wire.move(*cursor)
    return "".join(wire.parts)


def _write_whole(wire: Wire, row: Row, y: int) -> None:
    """Clear the line, and place anew after each cell that can be of another width."""
    wire.take(PLAIN)
    wire.move(0, y)
    wire.parts.append("\x1b[2K")
    texts, start = row.texts, 0
    for x, (text, after) in enumerate(zip(texts, [*texts[1:], "x"], strict=True)):
        if text and _is_doubtful(text, after):
            end = x + (1 if after else 2)
            wire.cells(row, y, range(start, end))
            wire.at = None
            start = end
    if start < len(texts):
        wire.cells(row, y, range(start, len(texts)))


def _write_changes(wire: Wire, row: Row, y: int, columns: list[int], *, colored: bool) -> None:
    tail, end = _erasable(row, colored=colored), len(row.texts)
    erased = sum(1 for x in columns if x >= tail) >= WORTH_AN_ERASE
    if erased:
        columns, end = [x for x in columns if x < tail], tail
    for run in _runs(row, columns):
        wire.cells(row, y, run)
    if erased:
        wire.move(end, y)
        if wire.pen.blank is not row.pens[end] or not wire.pen.erases:
            wire.take(row.pens[end])
        wire.parts.append("\x1b[K")


def _erasable(row: Row, *, colored: bool) -> int:
    """Where the blanks begin that an erase to the end of the line would give."""
    last, tail = row.pens[-1], len(row.texts)
    if last.blank is not last or not last.erases or (last.ground and not colored):
        return tail
    while tail and row.texts[tail - 1] == " " and row.pens[tail - 1] is last:
        tail -= 1
    return tail


def _runs(row: Row, columns: list[int]) -> Iterator[range]:
    """Neighbouring changes, with the small gaps between them that need no other pen."""
    if not columns:
        return
    start = last = columns[0]
    for x in columns[1:]:
        pen, gap = row.pens[last], range(last + 1, x)
        if len(gap) > SMALL_GAP or any(row.pens[n] not in {pen, pen.blank} for n in gap):
            yield range(start, last + 1)
            start = x
        last = x
    yield range(start, last + 1)


def _scrolled(wire: Wire, shown: Frame, wanted: Frame) -> Frame:
    """Move a block of lines where that spares most; what the terminal shows after it."""
    changed = [y for y, (a, b) in enumerate(zip(shown, wanted, strict=True)) if not a.same(b)]
    if len(changed) < 3:
        return shown
    found = _shift(shown, wanted, changed)
    if found is None:
        return shown
    shift, top, bottom = found
    width = len(shown[0].texts)
    block = list(shown[top : bottom + 1])
    empty = list(cleared(width, min(abs(shift), len(block))))
    moved = block[shift:] + empty if shift > 0 else empty + block[:shift]
    after = (*shown[:top], *moved, *shown[bottom + 1 :])
    if _cost(shown, wanted) - _cost(after, wanted) < WORTH_A_SCROLL:
        return shown
    wire.parts.append(
        f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H"
        f"\x1b[{abs(shift)}{'M' if shift > 0 else 'L'}\x1b[r"
    )
    return after


def _shift(shown: Frame, wanted: Frame, changed: list[int]) -> tuple[int, int, int] | None:
    """By how many lines most of the changed ones have come up, and the block they are in."""
    seen = Counter(row.key for row in shown)
    places = {row.key: y for y, row in enumerate(shown) if seen[row.key] == 1}
    came = {y: places[wanted[y].key] - y for y in changed if wanted[y].key in places}
    if not came:
        return None
    shift, votes = Counter(came.values()).most_common(1)[0]
    if votes < 2:
        return None
    ends = [end for y, by in came.items() if by == shift for end in (y, y + by)]
    return shift, min(ends), max(ends)


def _cost(shown: Frame, wanted: Frame) -> int:
    return sum(len(a.changes(b)) for a, b in zip(shown, wanted, strict=True))
