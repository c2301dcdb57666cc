"""A short tour of the program: its purpose, and its most important keys."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button

from store.i18n import _
from tui.commands.registry import command
from tui.dialogs.frame import Dialog, button_row
from tui.text.cells import plain_content
from tui.text.tour import PAGES, TourPage


class TourDialog(Dialog[None]):
    """Shows the pages of the tour. Enter goes to the next page and closes the last one; the left
    and right arrows turn pages; Esc closes at any page."""

    CAN_RETRANSLATE = True
    BINDINGS: ClassVar[list[BindingType]] = [("left", "turn(-1)", ""), ("right", "turn(1)", "")]

    def __init__(self) -> None:
        self._pages, self._at = tour_pages(), 0
        super().__init__(self._pages[0].title)

    def controls(self) -> ComposeResult:
        yield button_row(("back", _("Previous page")), ("next", _("Next page")))

    def first_focus(self) -> Widget:
        self._turn(0)
        return self.query_one("#next")

    def retranslate(self) -> None:
        self._pages = tour_pages()
        self.query_one("#back", Button).label = Content(_("Previous page"))
        self._turn(self._at)

    def body(self, width: int) -> Content:
        paragraphs = self._pages[self._at].paragraphs
        wrapped = [
            Content("\n").join(plain_content(paragraph).wrap(max(10, width)))
            for paragraph in paragraphs
        ]
        return Content("\n\n").join(wrapped)

    @on(Button.Pressed, "#next")
    def _next(self) -> None:
        if self._at == len(self._pages) - 1:
            self.dismiss(None)
        else:
            self._turn(self._at + 1)

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self.action_turn(-1)

    def action_turn(self, by: int) -> None:
        self._turn(min(max(0, self._at + by), len(self._pages) - 1))

    def _turn(self, at: int) -> None:
        self._at = at
        page = f"{at + 1}/{len(self._pages)}"
        frame = self.query_one(".dialog-frame", Vertical)
        frame.border_title = plain_content(f"{self._pages[at].title} · {page}")
        last = at == len(self._pages) - 1
        self.query_one("#next", Button).label = Content(_("Close") if last else _("Next page"))
        self.on_resize()


class _Keys(dict[str, str]):
    """The keys of commands by ID, looked up when a page uses them."""

    def __missing__(self, command_id: str) -> str:
        return command(command_id).key


def tour_pages() -> tuple[TourPage, ...]:
    """The pages in the language in use, with the present keys."""
    keys = _Keys()
    return tuple(
        TourPage(_(page.title), tuple(_(text).format_map(keys) for text in page.paragraphs))
        for page in PAGES
    )
