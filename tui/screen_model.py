"""What the terminal shows, cell by cell, and the fewest bytes from there to a newer frame.

It knows nothing of widgets and writes nothing by itself. A row is never changed once it is
part of a frame, so that two frames can share it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

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
            doubtful = doubtful or odd
            x = end
        if x < width and not texts[x]:
            texts[x], pens[x] = " ", pens[x].blank
        if doubtful:
            doubtful = any(map(_is_doubtful, texts, [*texts[1:], "x"]))
        return Row(texts, pens, doubtful=doubtful)


@lru_cache(maxsize=4)
def cleared(width: int, height: int, pen: Pen = PLAIN) -> Frame:
    """What a terminal shows after it was cleared with that pen, which must be one that erases."""
    return (Row([" "] * width, [pen.blank] * width),) * height


def ground_of(rows: Iterable[Row], *, colored: bool) -> Pen:
    """The pen to erase with that leaves the most blanks of the rows as they are wanted."""
    if not colored:
        return PLAIN
    blanks = (
        pen
        for row in rows
        for text, pen in zip(row.texts, row.pens, strict=True)
        if text == " " and pen.blank is pen and pen.erases
    )
    return next((pen for pen, _ in Counter(blanks).most_common(1)), PLAIN)


class Piece(NamedTuple):
    """Neighbouring cells that one pen can write."""

    pen: Pen
    columns: range
    lettered: bool
    """False: blanks only; any pen does that leaves them the same."""


class Wire:
    """Collects the bytes, and knows where they leave the cursor and the pen."""

    def __init__(self, pen: Pen) -> None:
        self.parts: list[str] = []
        self.at: tuple[int, int] | None = None
        """Column and line; None: not known, as after the last column of a line."""
        self.pen = pen

    def branch(self) -> Wire:
        """Another one that goes on from here."""
        other = Wire(self.pen)
        other.at = self.at
        return other

    def join(self, branch: Wire) -> None:
        """Take over what the branch has collected."""
        self.parts += branch.parts
        self.at, self.pen = branch.at, branch.pen

    def move(self, x: int, y: int) -> None:
        """Bring the cursor there."""
        if self.at == (x, y):
            return
        if self.at is not None and self.at[1] == y and self.at[0] < x:
            step = x - self.at[0]
            self.parts.append(f"\x1b[{step}C" if step > 1 else "\x1b[C")
        else:
            self.parts.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1 if y else ''}H")
        self.at = (x, y)

    def take(self, pen: Pen) -> None:
        """Write with that pen from here on."""
        if pen is not self.pen:
            self.parts.append(change(self.pen, pen))
            self.pen = pen

    def take_to_erase(self, blank: Pen) -> None:
        """Make what is erased look like that blank."""
        if self.pen.blank is not blank or not self.pen.erases:
            self.take(blank)

    def write(self, row: Row, y: int, piece: Piece) -> None:
        """Write these cells of the row."""
        self.move(piece.columns.start, y)
        if piece.lettered or self.pen.blank is not piece.pen:
            self.take(piece.pen)
        texts, end = row.texts, piece.columns.stop
        self.parts.append("".join(texts[piece.columns.start : end]))
        while end < len(texts) and not texts[end]:
            end += 1
        self.at = (end, y) if end < len(texts) else None


def difference(
    shown: Frame, wanted: Frame, *, pen: Pen, colored: bool
) -> tuple[str, Pen, tuple[int, int] | None]:
    """What turns the one frame into the other, and the pen and the place of the cursor after it.

    `pen`: the one that the terminal writes with. `colored`: it erases with the background in
    use. No link is left open.
    """
    wire = Wire(pen)
    shown = _scrolled(wire, shown, wanted, colored=colored)
    for y, (old, new) in enumerate(zip(shown, wanted, strict=True)):
        if columns := old.changes(new):
            if old.doubtful or new.doubtful:
                _write_whole(wire, new, y)
            else:
                _write_changes(wire, new, y, columns, colored=colored)
    if wire.pen.link:
        wire.take(PLAIN)
    return "".join(wire.parts), wire.pen, wire.at


def _write_whole(wire: Wire, row: Row, y: int) -> None:
    """Clear the line, and place anew after each cell that can be of another width."""
    wire.take_to_erase(PLAIN)
    wire.move(0, y)
    wire.parts.append("\x1b[2K")
    texts, start = row.texts, 0
    ends = [
        x + (1 if after else 2)
        for x, (text, after) in enumerate(zip(texts, [*texts[1:], "x"], strict=True))
        if text and _is_doubtful(text, after)
    ]
    for end in (*ends, len(texts)):
        if start < end:
            for piece in _pieces(row, range(start, end)):
                wire.write(row, y, piece)
        wire.at = None
        start = end


def _write_changes(wire: Wire, row: Row, y: int, columns: list[int], *, colored: bool) -> None:
    tail = _erasable(row, colored=colored)
    erased = sum(1 for x in columns if x >= tail) >= WORTH_AN_ERASE
    if erased:
        columns = [x for x in columns if x < tail]
    pieces = [piece for run in _runs(row, columns) for piece in _pieces(row, run)]
    wire.join(min((_written(wire, row, y, each) for each in _orders(wire, pieces)), key=_length))
    if erased:
        wire.move(tail, y)
        wire.take_to_erase(row.pens[tail])
        wire.parts.append("\x1b[K")


def _orders(wire: Wire, pieces: list[Piece]) -> Iterator[list[Piece]]:
    """From left to right, and pen by pen: moves can cost less than changes of the colour."""
    yield pieces
    pens = list(dict.fromkeys(piece.pen for piece in pieces))
    if 1 < len(pens) < len(pieces):
        at_hand = min(pens, key=lambda pen: len(change(wire.pen, pen)))
        for first in {pens[0], at_hand}:
            order = [first, *(pen for pen in pens if pen is not first)]
            yield [piece for pen in order for piece in pieces if piece.pen is pen]


def _written(wire: Wire, row: Row, y: int, pieces: list[Piece]) -> Wire:
    branch = wire.branch()
    for piece in pieces:
        branch.write(row, y, piece)
    return branch


def _length(wire: Wire) -> int:
    return sum(map(len, wire.parts))


def _pieces(row: Row, run: range) -> Iterator[Piece]:
    """The run, cut where another pen is needed; blanks go with a neighbour where they can."""
    start, pen, lettered = run.start, row.pens[run.start], row.texts[run.start] != " "
    for x in run[1:]:
        text, own = row.texts[x], row.pens[x]
        if not text or own is pen or (text == " " and pen.blank is own):
            lettered = lettered or text not in {"", " "}
        elif text != " " and not lettered and own.blank is pen:
            pen, lettered = own, True
        else:
            yield Piece(pen, range(start, x), lettered)
            start, pen, lettered = x, own, text != " "
    yield Piece(pen, range(start, run.stop), lettered)


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


def _scrolled(wire: Wire, shown: Frame, wanted: Frame, *, colored: bool) -> Frame:
    """Move a block of lines where that spares most; what the terminal shows after it."""
    changed = [y for y, (a, b) in enumerate(zip(shown, wanted, strict=True)) if not a.same(b)]
    found = _shift(shown, wanted, changed) if len(changed) > 2 else None
    if found is None:
        return shown
    shift, top, bottom = found
    opened = wanted[bottom + 1 - shift : bottom + 1] if shift > 0 else wanted[top : top - shift]
    ground = ground_of(opened, colored=colored)
    block, empty = shown[top : bottom + 1], cleared(len(shown[0].texts), abs(shift), ground)
    moved = block[shift:] + empty if shift > 0 else empty + block[:shift]
    after = (*shown[:top], *moved, *shown[bottom + 1 :])
    if _cost(shown, wanted) - _cost(after, wanted) < WORTH_A_SCROLL:
        return shown
    wire.take_to_erase(ground)
    count = str(abs(shift)) if abs(shift) > 1 else ""
    wire.parts.append(
        f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H\x1b[{count}{'M' if shift > 0 else 'L'}\x1b[r"
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
    ours = [y for y, by in came.items() if by == shift]
    first, last = min(ours), max(ours)
    while _comes_closer(shown, wanted, first - 1, shift):
        first -= 1
    while _comes_closer(shown, wanted, last + 1, shift):
        last += 1
    return shift, min(first, first + shift), max(last, last + shift)


def _comes_closer(shown: Frame, wanted: Frame, y: int, shift: int) -> bool:
    """Whether the line is nearer to the one that would come there than to what is there."""
    if not (0 <= y < len(shown) and 0 <= y + shift < len(shown)):
        return False
    return len(shown[y + shift].changes(wanted[y])) < len(shown[y].changes(wanted[y]))


def _cost(shown: Frame, wanted: Frame) -> int:
    return sum(len(a.changes(b)) for a, b in zip(shown, wanted, strict=True))
