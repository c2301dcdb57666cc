"""The input box for a filter: it posts each change; Esc clears the text, Enter keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input

from store.i18n import _
from store.sanitize import plain
from tui.commands.registry import bindings
from tui.text.cells import cells, fit
from tui.widgets.text_box import TextBox

Complete = Callable[[str], str | None]
"""Returns the text with its last word completed; None: there is no completion."""


class _Completions(Suggester):
    """Shows the completion behind the cursor; the right arrow accepts it."""

    def __init__(self, complete: Complete) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        return self._complete(value)


class FilterBox(TextBox):
    """One line of input, hidden until it is opened.

    It takes and returns the focus at once, so that a key that follows immediately, as in a paste or
    over a slow line, goes to the right widget.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("filter", "{id}")
    DEFAULT_CSS = """
    FilterBox { display: none; }
    FilterBox, FilterBox:focus { height: 1; border: none; padding: 0 1; background: $surface; }
    """

    class Typed(Message):
        """The text changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Closed(Message):
        """The box was closed, with its text; "": it was cleared."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._back_to: Widget | None = None

    def open(self, text: str, back_to: Widget, complete: Complete | None = None) -> None:
        """Show this text and take the focus; `back_to` gets it when the box is closed."""
        self.suggester = None if complete is None else _Completions(complete)
        with self.prevent(Input.Changed):
            self.value = plain(text)
        self.cursor_position = len(self.value)
        self._back_to, self.display = back_to, True
        self.screen.set_focus(self)

    def retranslate(self) -> None:
        """Show the placeholder in the language in use, cut with a sign where it has no room."""
        text, width = _("filter: words, or state:stopped, ends<30d, cost>1000"), self.size.width
        self.placeholder = fit(text, width) if width and cells(text) > width else text

    def on_resize(self) -> None:
        self.retranslate()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value.strip()))

    def action_keep_filter(self) -> None:
        self.screen.set_focus(self._back_to)
        self.display = False
        self.post_message(self.Closed(self.value.strip()))

    def action_clear_filter(self) -> None:
        with self.prevent(Input.Changed):
            self.value = ""
        self.action_keep_filter()
