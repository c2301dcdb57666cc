"""The line of tabs: the panes' names, keys and counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec import Struct
from textual import events
from textual.content import Content
from textual.message import Message

from tui.text.cells import cells
from tui.widgets.fitted_text import FittedText

BETWEEN = " · "


class Tab(Struct, frozen=True):
    """The tab of a pane."""

    id: str
    key: str
    title: str
    count: int
    short: str = ""
    """The title for narrow screens; "": the same."""
    is_filtered: bool = False
    """Whether the pane has a filter."""

    @property
    def counted(self) -> str:
        """The count, marked if the pane is filtered."""
        return f"{self.count} /" if self.is_filtered else str(self.count)

    @property
    def forms(self) -> tuple[str, str, str, str]:
        """Its texts, from the longest to the shortest."""
        return (
            f"{self.key} {self.title} {self.counted}",
            f"{self.key} {self.short or self.title} {self.counted}",
            f"{self.key}:{self.counted}",
            self.key,
        )


def tab_texts(tabs: Sequence[Tab], current: str, width: int) -> list[str]:
    """The text of each tab: the longest ones that fit together into `width` cells."""
    forms = [0] * len(tabs)
    others = [index for index, tab in enumerate(tabs) if tab.id != current]
    for form in (1, 2, 3):
        for index in reversed(others):
            texts = [tab.forms[n] for tab, n in zip(tabs, forms, strict=True)]
            if sum(map(cells, texts)) + cells(BETWEEN) * (len(texts) - 1) <= width:
                return texts
            forms[index] = form
    return [tab.forms[n] for tab, n in zip(tabs, forms, strict=True)]


class TabLine(FittedText):
    """Shows the tabs, the current one reversed. If space is short, the others shrink one by one
    from the right: to the short title, to key and count, to the key."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TabLine { height: 1; padding: 0 1; text-wrap: nowrap; }
    """

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, tab_id: str) -> None:
            super().__init__()
            self.tab_id = tab_id

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._tabs: tuple[Tab, ...] = ()
        self._current = ""

    def show(self, tabs: Sequence[Tab], current: str) -> None:
        """Show these tabs; `current`: the ID of the selected one."""
        if (tuple(tabs), current) != (self._tabs, self._current):
            self._tabs, self._current = tuple(tabs), current
            self.fit(partial(tab_line, self._tabs, current))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        end = 0
        texts = tab_texts(self._tabs, self._current, self.size.width)
        for tab, text in zip(self._tabs, texts, strict=True):
            start, end = end, end + cells(text)
            if start <= offset.x < end:
                event.stop()
                self.post_message(self.Chosen(tab.id))
            end += cells(BETWEEN)


def tab_line(tabs: Sequence[Tab], current: str, width: int) -> Content:
    """The tabs in that width, the current one reversed."""
    texts = zip(tabs, tab_texts(tabs, current, width), strict=True)
    return Content(BETWEEN).join(
        Content.styled(text, "bold reverse" if tab.id == current else "") for tab, text in texts
    )
