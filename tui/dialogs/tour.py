"""A short tour of the program: a few pages, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button

from store.i18n import _
from tui.cells import content
from tui.dialogs.frame import Dialog, buttons


class TourPage(Struct, frozen=True):
    """One page: its title, and what it says in paragraphs."""

    title: str
    says: tuple[str, ...]


class Tour(Dialog[None]):
    """Enter goes on to the next page and closes the last one; esc leaves at any page."""

    SPEAKS_ANEW = True

    def __init__(self, pages: Callable[[], Sequence[TourPage]]) -> None:
        """`pages` gives them in the language in use."""
        self._ask_pages, self._pages, self._at = pages, tuple(pages()), 0
        super().__init__(self._pages[0].title)

    def controls(self) -> ComposeResult:
        yield buttons(("back", _("Page back")), ("next", _("Next page")))

    def first_focus(self) -> Widget:
        self._turn(0)
        return self.query_one("#next")

    def speak(self) -> None:
        self._pages = tuple(self._ask_pages())
        self.query_one("#back", Button).label = Content(_("Page back"))
        self._turn(self._at)

    def body(self, width: int) -> Content:
        says = self._pages[self._at].says
        paragraphs = [Content("\n").join(content(each).wrap(max(10, width))) for each in says]
        return Content("\n\n").join(paragraphs)

    @on(Button.Pressed, "#next")
    def _next(self) -> None:
        if self._at == len(self._pages) - 1:
            self.dismiss(None)
        else:
            self._turn(self._at + 1)

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self._turn(max(0, self._at - 1))

    def _turn(self, at: int) -> None:
        self._at = at
        place = f"{at + 1}/{len(self._pages)}"
        frame = self.query_one(".dialog-frame", Vertical)
        frame.border_title = content(f"{self._pages[at].title} · {place}")
        last = at == len(self._pages) - 1
        self.query_one("#next", Button).label = Content(_("Close") if last else _("Next page"))
        self.on_resize()
