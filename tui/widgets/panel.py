"""A bordered panel of lines to read; it scrolls where they are too many."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.plain import content


class Panel(VerticalScroll):
    """Shows lines under a title. Strings are foreign text; Content keeps its styles."""

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
        self._lines: tuple[Content, ...] = ()
        if title:
            self.border_title = content(title)

    def compose(self) -> ComposeResult:
        yield Static(self._text())

    @property
    def lines(self) -> tuple[Content, ...]:
        """What is shown."""
        return self._lines

    def show(self, lines: Sequence[Content | str], title: str | None = None) -> None:
        """Shows these lines; what is the same already is not painted again."""
        if title is not None and (wanted := content(title)).markup != self.border_title:
            self.border_title = wanted
        made = tuple(line if isinstance(line, Content) else content(line) for line in lines)
        if len(made) == len(self._lines) and all(map(Content.is_same, made, self._lines)):
            return
        self._lines = made
        for text in self.query(Static):  # none yet before it is composed, which reads the lines
            text.update(self._text())

    def _text(self) -> Content:
        """Each line on its own, so that the end of one is cut and not of all."""
        return Content("\n").join(self._lines)
