"""The sequences that lead from cell to cell, and what each of them leaves behind."""

from __future__ import annotations

from typing import NamedTuple

from tui.display.frame import Row
from tui.display.style import PLAIN, Pen, change

ONE_BY_ONE = 2
"""Up to so many lines are scrolled each by itself: it leaves the cursor where they come in."""


class Tip(NamedTuple):
    """What the terminal writes with and where: what one frame leaves to the next."""

    pen: Pen = PLAIN
    at: tuple[int, int] | None = None
    """Column and line; None: not known. After the last cell of a line the column is one too
    many: terminals differ in what they make of it, the line they agree on."""
    region: tuple[int, int] | None = None
    """First and last line of what scrolls; None: all of them."""


class Piece(NamedTuple):
    """Neighbouring cells that one pen can write."""

    pen: Pen
    columns: range
    lettered: bool
    """False: blanks only; any pen does that leaves them the same."""


class Wire:
    """Collects the bytes, and knows where they leave cursor, pen and region."""

    def __init__(self, tip: Tip) -> None:
        self.parts: list[str] = []
        self.pen, self.at, self.region = tip

    @property
    def tip(self) -> Tip:
        """What it leaves to the next one."""
        return Tip(self.pen, self.at, self.region)

    @property
    def length(self) -> int:
        """Characters so far."""
        return sum(map(len, self.parts))

    def branch(self) -> Wire:
        """Another one that goes on from here."""
        return Wire(self.tip)

    def join(self, branch: Wire) -> None:
        """Take over what the branch has collected."""
        self.parts += branch.parts
        self.pen, self.at, self.region = branch.tip

    def move(self, x: int, y: int) -> None:
        """Bring the cursor there."""
        if self.at != (x, y):
            self.parts.append(_move(self.at, x, y))
            self.at = (x, y)

    def scroll(self, by: int, top: int, bottom: int, height: int) -> None:
        """Move the lines from top to bottom up, or down where `by` is negative. The region
        stays: the next one is most often the same."""
        region = None if (top, bottom) == (0, height - 1) else (top, bottom)
        if region != self.region:
            self.parts.append("\x1b[r" if region is None else f"\x1b[{top + 1};{bottom + 1}r")
            self.region, self.at = region, (0, 0)
        if abs(by) > ONE_BY_ONE:
            self.move(0, top)
            self.parts.append(f"\x1b[{abs(by)}{'M' if by > 0 else 'L'}")
            return
        line = bottom if by > 0 else top
        if self.at is None or self.at[1] != line:
            self.move(0, line)
        self.parts.append(("\x1bD" if by > 0 else "\x1bM") * abs(by))

    def take(self, pen: Pen) -> None:
        """Write with that pen from here on."""
        if pen is not self.pen:
            self.parts.append(change(self.pen, pen))
            self.pen = pen

    def take_to_erase(self, blank: Pen) -> None:
        """Make what is erased look like that blank."""
        if self.pen.blank is not blank or not self.pen.erases:
            inked = self.pen.unmarked(blank.ground)
            shorter = len(change(self.pen, inked)) < len(change(self.pen, blank))
            self.take(inked if shorter else blank)

    def write(self, row: Row, y: int, piece: Piece) -> None:
        """Write these cells of the row."""
        self.move(piece.columns.start, y)
        if piece.lettered or self.pen.blank is not piece.pen:
            self.take(piece.pen)
        texts, end = row.texts, piece.columns.stop
        self.parts.append("".join(texts[piece.columns.start : end]))
        while end < len(texts) and not texts[end]:
            end += 1
        self.at = (end, y)


def _move(at: tuple[int, int] | None, x: int, y: int) -> str:
    """The shortest way; within a line, none that a terminal could take for a scroll."""
    if at is None or at[1] != y:
        return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1 if y else ''}H"
    step = x - at[0]
    if x == 0:
        return "\r"
    if step < 0 or len(str(step)) > len(str(x + 1)):
        return f"\x1b[{x + 1}G"
    return f"\x1b[{step}C" if step > 1 else "\x1b[C"
