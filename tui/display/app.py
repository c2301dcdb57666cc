"""The thin display layer: it knows what the terminal shows, and writes only the difference.

It stands between Textual 8.2.8, whose private `App._display` it overrides, and the terminal.
Whenever there is a doubt about what the terminal shows (it was resized, suspended, or lost
its contents) the model is forgotten, and the next frame is a whole one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from rich.color import ColorSystem
from rich.console import RenderableType
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ReturnType
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.strip import Strip

from tui.display.diff import difference
from tui.display.driver import LineDriver
from tui.display.frame import Frame, cleared, ground_of
from tui.display.style import PLAIN, change, pen_of
from tui.display.terminals import erases_colored
from tui.display.writer import Tip

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.screen import Screen

_CLEAR = "\x1b[H\x1b[J"
_AFRESH = "\x1b[r\x1b[m"
_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"


class Model:
    """The frame that is wanted, and the one that the terminal shows; None: not known."""

    def __init__(self, *, colored: bool) -> None:
        self.wanted: Frame = ()
        self.shown: Frame | None = None
        self._colored = colored
        self._cursor: tuple[int, int] | None = None
        self._tip = Tip()
        self._doubts = 0

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines of the wanted frame."""
        return (len(self.wanted[0].texts) if self.wanted else 0), len(self.wanted)

    def forget(self) -> None:
        """Whatever the terminal shows now, it is not known. Safe from a signal handler."""
        self._doubts += 1
        self.shown = None

    def take(self, update: LayoutUpdate | ChopsUpdate, colors: ColorSystem) -> bool:
        """Make the update a part of the wanted frame. False: it fits no frame that is known."""
        if isinstance(update, LayoutUpdate):
            size = update.region.width, update.region.height
            if not all(size):
                return True
            if size != self.size:
                self.wanted = cleared(*size)
                self.forget()
            pieces = _whole_lines(update)
        else:
            if max((y for y, _, _ in update.spans), default=0) >= len(self.wanted):
                return False
            pieces = _parts_of_lines(update)
        lines = list(self.wanted)
        for x, y, strips in pieces:
            spans = ((text, pen_of(style, colors)) for strip in strips for text, style, _ in strip)
            lines[y] = lines[y].painted(x, spans)
        self.wanted = tuple(lines)
        return True

    def bytes_to_wanted(self, cursor: tuple[int, int] | None) -> str:
        """What brings the terminal from what it shows to the wanted frame, from then on shown.

        `cursor`: where it has to be then; None: nobody looks for it.
        """
        doubts, shown, start = self._doubts, self.shown, ""
        if shown is None:
            ground = ground_of(self.wanted, colored=self._colored)
            self._tip = Tip(ground, (0, 0))
            shown, self._cursor = cleared(*self.size, ground), None
            start = f"{_AFRESH}{change(PLAIN, ground)}{_CLEAR}"
        step, tip = difference(shown, self.wanted, tip=self._tip, colored=self._colored)
        if cursor is not None and tip.at != cursor and (start or step or cursor != self._cursor):
            step += f"\x1b[{cursor[1] + 1};{cursor[0] + 1}H" if any(cursor) else "\x1b[H"
            tip = tip._replace(at=cursor)
        self._cursor, self._tip = cursor, tip
        if self._doubts == doubts:
            self.shown = self.wanted
        return start + step


def _whole_lines(update: LayoutUpdate) -> Iterator[tuple[int, int, list[Strip]]]:
    for y, strips in enumerate(update.strips):
        yield 0, y, list(strips)


def _parts_of_lines(update: ChopsUpdate) -> Iterator[tuple[int, int, list[Strip]]]:
    """The same cuts as `ChopsUpdate.render_segments` makes."""
    for y, x1, x2 in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > x2 or end <= x1:
                continue
            whole = x2 > x >= x1 and end <= x2
            yield x, y, [strip if whole else strip.crop(0, min(end, x2) - x)]


@runtime_checkable
class Line(Protocol):
    """A driver that knows whether the terminal has taken what it was given."""

    when_free: Callable[[], None] | None

    @property
    def busy(self) -> bool:
        """Whether something is on its way, or the terminal belongs to another program."""

    @property
    def behind(self) -> bool:
        """Whether so much is on its way that more would be old when it is seen."""


class DisplayApp(App[ReturnType]):
    """An app that is shown by the thin layer, or as Textual shows it."""

    def __init__(self, *, display: str = "plain", **options: Any) -> None:
        """`display`: "thin" or "plain"; plain, too, where the terminal is not a known one."""
        colored = erases_colored(os.environ)
        thin = display == "thin" and colored is not None
        self._thin = Model(colored=bool(colored)) if thin else None
        self.has_mouse = True
        super().__init__(**options)

    def get_driver_class(self) -> type[Driver]:
        found = super().get_driver_class()
        return LineDriver if found is LinuxDriver else found

    def use_mouse(self, wanted: bool) -> None:  # noqa: FBT001  # it is the one thing said
        """Take the mouse, or leave it to the terminal; Textual has no public switch for it."""
        self.has_mouse = wanted
        driver = self._driver
        if isinstance(driver, LinuxDriver):
            driver._mouse = True  # noqa: SLF001  # without it neither of them does anything
            if wanted:
                driver._enable_mouse_support()  # noqa: SLF001
            else:
                driver._disable_mouse_support()  # noqa: SLF001
            driver._mouse = wanted  # noqa: SLF001

    def action_repaint(self) -> None:
        """Write the whole screen anew, for a terminal that lost its contents."""
        self.doubt()
        self.refresh(layout=True)

    def on_resize(self, event: Resize) -> None:
        if self._thin is not None:
            self._thin.forget()
            if tuple(event.size) == self._thin.size:
                self.doubt()

    def doubt(self) -> None:
        """Forget what the terminal shows, and write a whole frame soon. Safe from a signal."""
        if self._thin is not None:
            self._thin.forget()
            self._soon()

    def _soon(self) -> None:
        self._in_the_loop(self._catch_up)

    def _repaint_soon(self) -> None:
        """Frames were left out on a slow line: once it is free, the present one is written."""
        cast("Line", self._driver).when_free = None
        self._in_the_loop(self.action_repaint)

    def _in_the_loop(self, act: Callable[[], object]) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(act)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        thin, driver = self._thin, self._driver
        if not isinstance(driver, Line) or self.is_headless:
            super()._display(screen, renderable)
            return
        if thin is None:
            if driver.behind:
                driver.when_free = self._repaint_soon
                if not driver.busy:  # it has become free before it was asked to tell
                    self._repaint_soon()
            else:
                super()._display(screen, renderable)
            return
        try:
            if self._batch_count or not isinstance(renderable, LayoutUpdate | ChopsUpdate):
                return
            if not thin.take(renderable, self._colors):
                self.screen.refresh(layout=True)
                return
            self._catch_up()
        except Exception as error:
            self._handle_exception(error)
        finally:
            self.post_display_hook()

    @property
    def _colors(self) -> ColorSystem:
        kept = self.console._color_system  # noqa: SLF001  # its public form is only a word
        return kept or ColorSystem.TRUECOLOR

    def _catch_up(self) -> None:
        """Write the newest difference; while the line is busy, nothing but the wish to."""
        thin, driver = self._thin, self._driver
        if thin is None or not isinstance(driver, Line) or not self._may_write(thin):
            return
        driver.when_free = self._soon
        if driver.busy:
            return
        driver.when_free = None
        if frame := thin.bytes_to_wanted(self.text_cursor):
            framed = f"{_BEGIN}{frame}{_END}" if self._sync_available else frame
            cast("Driver", driver).write(framed)

    @property
    def text_cursor(self) -> tuple[int, int] | None:
        """Where an input method shows what is being typed; None: nothing is typed into."""
        if not hasattr(self.focused, "cursor_screen_offset"):
            return None
        at = self.screen.outer_size.clamp_offset(self.cursor_position)
        return at.x, at.y

    def _may_write(self, thin: Model) -> bool:
        return bool(thin.wanted and self._running and not self._closed and self._screen_stack)
