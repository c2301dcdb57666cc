"""A bordered panel of text lines, which scrolls if they do not fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from tui.text.cells import content
from tui.widgets.fitted_text import FittedText


class Panel(VerticalScroll):
    """Shows lines under a title."""

    DEFAULT_CSS = """
    Panel {
        border: round $border-blurred; padding: 0 1; scrollbar-size-vertical: 1;
        &:focus { border: round $border; }
        &.-cut Static { text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(
        self,
        title: str = "",
        *,
        wrap: bool = True,
        focusable: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id, classes="" if wrap else "-cut", can_focus=focusable)
        self._text = FittedText()
        if title:
            self.border_title = content(title)

    def compose(self) -> ComposeResult:
        yield self._text

    def show(self, lines: Sequence[Content | str], title: str | None = None) -> None:
        """Show these lines, whatever the width."""
        made = [line if isinstance(line, Content) else content(line) for line in lines]
        self.fit(lambda _width: made, title)

    def fit(self, made: Callable[[int], Sequence[Content]], title: str | None = None) -> None:
        """Show the lines that `lines_for` returns for the panel's width in cells, also after a
        resize."""
        if title is not None and (wanted := content(title)).markup != self.border_title:
            self.border_title = wanted
        # Lines are joined, so that a long one is wrapped or cut on its own.
        self._text.fit(lambda width: Content("\n").join(made(width)))
