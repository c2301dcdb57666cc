"""The frame that the app has drawn, the frame that the terminal shows, and the bytes in between."""

from __future__ import annotations

from collections.abc import Iterator

from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

from tui.display.diff import difference
from tui.display.frame import Frame, background_of, blank_frame
from tui.display.style import PLAIN, change, pen_of
from tui.display.writer import TerminalState

_CLEAR = "\x1b[H\x1b[J"
_RESET = "\x1b[r\x1b[m"


class FrameBuffer:
    """Holds the drawn frame and the shown frame; None: what the terminal shows is unknown."""

    def __init__(self, *, erases_in_color: bool) -> None:
        self.drawn: Frame = ()
        self.shown: Frame | None = None
        self._erases_in_color = erases_in_color
        self._cursor: tuple[int, int] | None = None
        self._state = TerminalState()
        self._invalidations = 0

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines of the drawn frame."""
        return (len(self.drawn[0].texts) if self.drawn else 0), len(self.drawn)

    def invalidate(self) -> None:
        """Record that what the terminal shows is unknown. Safe in a signal handler."""
        self._invalidations += 1
        self.shown = None

    def draw(self, update: LayoutUpdate | ChopsUpdate, colors: ColorSystem) -> bool:
        """Apply Textual's update to the drawn frame. False: the update does not fit."""
        if isinstance(update, LayoutUpdate):
            size = update.region.width, update.region.height
            if not all(size):
                return True
            if size != self.size:
                self.drawn = blank_frame(*size)
                self.invalidate()
            pieces = _whole_lines(update)
        else:
            if max((y for y, _, _ in update.spans), default=0) >= len(self.drawn):
                return False
            pieces = _parts_of_lines(update)
        lines = list(self.drawn)
        for x, y, strips in pieces:
            spans = ((text, pen_of(style, colors)) for strip in strips for text, style, _ in strip)
            lines[y] = lines[y].painted(x, spans)
        self.drawn = tuple(lines)
        return True

    def flush(self, cursor: tuple[int, int] | None) -> str:
        """The bytes that make the terminal show the drawn frame, which then counts as shown.

        `cursor`: column and line of the text cursor; None: there is none.
        """
        invalidations, shown, start = self._invalidations, self.shown, ""
        if shown is None:
            background = background_of(self.drawn, erases_in_color=self._erases_in_color)
            self._state = TerminalState(background, (0, 0))
            shown, self._cursor = blank_frame(*self.size, background), None
            start = f"{_RESET}{change(PLAIN, background)}{_CLEAR}"
        step, state = difference(
            shown, self.drawn, state=self._state, erases_in_color=self._erases_in_color
        )
        if cursor is not None and state.at != cursor and (start or step or cursor != self._cursor):
            step += f"\x1b[{cursor[1] + 1};{cursor[0] + 1}H" if any(cursor) else "\x1b[H"
            state = state._replace(at=cursor)
        self._cursor, self._state = cursor, state
        if self._invalidations == invalidations:
            self.shown = self.drawn
        return start + step


def _whole_lines(update: LayoutUpdate) -> Iterator[tuple[int, int, list[Strip]]]:
    for y, strips in enumerate(update.strips):
        yield 0, y, list(strips)


def _parts_of_lines(update: ChopsUpdate) -> Iterator[tuple[int, int, list[Strip]]]:
    """Cuts strips as `ChopsUpdate.render_segments` does."""
    for y, x1, x2 in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > x2 or end <= x1:
                continue
            is_whole = x2 > x >= x1 and end <= x2
            yield x, y, [strip if is_whole else strip.crop(0, min(end, x2) - x)]
