"""The fewest bytes that turn one frame into another. It writes nothing by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tui.pens import PLAIN, Pen, change
from tui.screen_model import Frame, Row, cleared, ground_of, is_doubtful

SMALL_GAP = 4
"""So many unchanged cells cost no more bytes than the move over them."""
WORTH_AN_ERASE = 4
WORTH_A_SCROLL = 40
"""So many cells must be spared before a scroll region is worth its own bytes."""


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
        if text and is_doubtful(text, after)
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
