"""Writes cells, moves and scrolls as escape sequences, and tracks the terminal's state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.display.frame import FrameRow
from tui.display.style import PLAIN, Pen, change

SINGLE_SCROLLS = 2
"""The number of lines up to which lines scroll one by one, leaving the cursor at the new one."""


class TerminalState(NamedTuple):
    """Terminal state carried from frame to frame: pen, cursor, scroll region."""

    pen: Pen = PLAIN
    at: tuple[int, int] | None = None
    """Column and line; None: unknown. After the last cell of a line the column is one too many:
    terminals differ on the column then, and agree on the line."""
    region: tuple[int, int] | None = None
    """First and last line of the scroll region; None: all lines."""


class Run(NamedTuple):
    """Neighbouring cells of one row that one pen can write."""

    pen: Pen
    columns: range
    lettered: bool
    """False: blanks only; any pen with the same blank will do."""


class FrameWriter:
    """Collects the escape sequences of one frame."""

    def __init__(self, state: TerminalState) -> None:
        self.parts: list[str] = []
        self.pen, self.at, self.region = state

    @property
    def state(self) -> TerminalState:
        """The terminal's state after what was collected."""
        return TerminalState(self.pen, self.at, self.region)

    def move(self, x: int, y: int) -> None:
        """Move the cursor to that column and line."""
        if self.at != (x, y):
            self.parts.append(_move(self.at, x, y))
            self.at = (x, y)

    def scroll(self, by: int, top: int, bottom: int, height: int) -> None:
        """Scroll the lines from top to bottom up by `by`, or down if it is negative. The scroll
        region stays set, since the next scroll mostly uses it again."""
        region = None if (top, bottom) == (0, height - 1) else (top, bottom)
        if region != self.region:
            self.parts.append("\x1b[r" if region is None else f"\x1b[{top + 1};{bottom + 1}r")
            self.region, self.at = region, (0, 0)
        if abs(by) > SINGLE_SCROLLS:
            self.move(0, top)
            self.parts.append(f"\x1b[{abs(by)}{'M' if by > 0 else 'L'}")
            return
        line = bottom if by > 0 else top
        if self.at is None or self.at[1] != line:
            self.move(0, line)
        self.parts.append(("\x1bD" if by > 0 else "\x1bM") * abs(by))

    def use_pen(self, pen: Pen) -> None:
        """Use this pen from now on."""
        if pen is not self.pen:
            self.parts.append(change(self.pen, pen))
            self.pen = pen

    def use_erasing_pen(self, blank: Pen) -> None:
        """Use a pen with which erased cells look like this blank."""
        if self.pen.blank is not blank or not self.pen.erases:
            near = self.pen.erasing_to(blank.background)
            shorter = len(change(self.pen, near)) < len(change(self.pen, blank))
            self.use_pen(near if shorter else blank)

    def write_runs(self, row: FrameRow, y: int, runs: Sequence[Run]) -> None:
        """Write these runs of the row, pen by pen: a move takes fewer bytes than a color."""
        left = list(runs)
        while left:
            pen = min(left, key=lambda run: len(change(self.pen, run.pen))).pen
            for run in left:
                if run.pen is pen:
                    self.write(row, y, run)
            left = [run for run in left if run.pen is not pen]

    def write(self, row: FrameRow, y: int, run: Run) -> None:
        """Write these cells of the row."""
        self.move(run.columns.start, y)
        if run.lettered or self.pen.blank is not run.pen:
            self.use_pen(run.pen)
        texts, end = row.texts, run.columns.stop
        self.parts.append("".join(texts[run.columns.start : end]))
        while end < len(texts) and not texts[end]:
            end += 1
        self.at = (end, y)


def _move(at: tuple[int, int] | None, x: int, y: int) -> str:
    """The shortest cursor movement that no terminal turns into a scroll."""
    if at is None or at[1] != y:
        return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1 if y else ''}H"
    step = x - at[0]
    if x == 0:
        return "\r"
    if step < 0 or len(str(step)) > len(str(x + 1)):
        return f"\x1b[{x + 1}G"
    return f"\x1b[{step}C" if step > 1 else "\x1b[C"
