"""A bordered panel of text lines, which scrolls if they do not fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from tui.text.cells import plain_content
from tui.widgets.fitted_text import FittedText


class Panel(VerticalScroll):
    """Shows lines under a title."""

    DEFAULT_CSS = """
    Panel {
        border: round $border-blurred; padding: 0 1; scrollbar-size-vertical: 1;
        &:focus { border: round $border; }
    }
    """

    def __init__(self, *, focusable: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, can_focus=focusable)
        self._text = FittedText()

    def compose(self) -> ComposeResult:
        yield self._text

    def show(self, text: str, title: str) -> None:
        """Show a text, whatever the width."""
        self.fit(lambda _width: [plain_content(text)], title)

    def fit(self, lines_for: Callable[[int], Sequence[Content]], title: str) -> None:
        """Show the lines that `lines_for` returns for the panel's width in cells, also after a
        resize."""
        if (border_title := plain_content(title)).markup != self.border_title:
            self.border_title = border_title
        self._text.fit(lambda width: Content("\n").join(lines_for(width)))
