"""The fewest bytes that turn one frame into another. It writes nothing by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tui.display.frame import Frame, Row, cleared, ground_of, is_doubtful
from tui.display.style import PLAIN, change
from tui.display.writer import Piece, Tip, Wire

SMALL_GAP = 4
"""Unchanged cells of so many bytes cost no more than the move over them."""
WORTH_AN_ERASE = 4
WORTH_A_SCROLL = 40
"""So many cells must be spared before a scroll region is worth its own bytes."""


def difference(shown: Frame, wanted: Frame, *, tip: Tip, colored: bool) -> tuple[str, Tip]:
    """What turns the one frame into the other, and what it leaves to the next.

    `colored`: the terminal erases with the background in use. No link is left open.
    """
    wire = Wire(tip)
    shown = _scrolled(wire, shown, wanted, colored=colored)
    for y, (old, new) in enumerate(zip(shown, wanted, strict=True)):
        if columns := old.changes(new):
            if old.doubtful or new.doubtful:
                _write_whole(wire, new, y)
            else:
                _write_changes(wire, new, y, columns, colored=colored)
    if wire.pen.link:
        wire.take(PLAIN)
    return "".join(wire.parts), wire.tip


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
    orders = [pieces, *_orders(wire, list(_trimmed(pieces, set(columns))))]
    wire.join(min((_written(wire, row, y, each) for each in orders), key=lambda w: w.length))
    if erased:
        wire.move(tail, y)
        wire.take_to_erase(row.pens[tail])
        wire.parts.append("\x1b[K")


def _orders(wire: Wire, pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Pen by pen, not from left to right: moves can cost less than changes of the colour."""
    pens = list(dict.fromkeys(piece.pen for piece in pieces))
    if 1 < len(pens) < len(pieces):
        at_hand = min(pens, key=lambda pen: len(change(wire.pen, pen)))
        for first in {pens[0], at_hand}:
            order = [first, *(pen for pen in pens if pen is not first)]
            yield [piece for pen in order for piece in pieces if piece.pen is pen]


def _trimmed(pieces: list[Piece], changed: set[int]) -> Iterator[Piece]:
    """The pieces without what did not change at their ends: it led over to their neighbours."""
    for piece in pieces:
        if columns := [x for x in piece.columns if x in changed]:
            yield piece._replace(columns=range(columns[0], columns[-1] + 1))


def _written(wire: Wire, row: Row, y: int, pieces: list[Piece]) -> Wire:
    branch = wire.branch()
    for piece in pieces:
        branch.write(row, y, piece)
    return branch


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
    """Neighbouring changes, with the gaps between them that cost no more than to move over."""
    if not columns:
        return
    start = last = columns[0]
    for x in columns[1:]:
        if x > last + 1 and not _is_spanned(row, last, x):
            yield range(start, last + 1)
            start = x
        last = x
    yield range(start, last + 1)


def _is_spanned(row: Row, last: int, x: int) -> bool:
    """Whether what stands unchanged between these two is written with the pen at hand."""
    if x - last - 1 > SMALL_GAP:
        return False
    pen, gap = row.pens[last], range(last + 1, x)
    same = all(row.pens[n] is pen or row.pens[n] is pen.blank for n in gap)
    return same and sum(len(row.texts[n].encode()) for n in gap) <= SMALL_GAP


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
    wire.scroll(shift, top, bottom, len(shown))
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
