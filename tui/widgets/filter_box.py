"""The box for the words of a filter: it tells each letter, esc clears it, enter keeps it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from tui.text import _
from tui.widgets.text_box import TextBox


class FilterBox(TextBox):
    """One line to type in. What it posts bubbles up to the pane that filters."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "clear_and_close", ""),
        ("down", "keep", ""),
    ]
    DEFAULT_CSS = """
    FilterBox, FilterBox:focus { height: 1; border: none; padding: 0 1; background: $surface; }
    """

    class Typed(Message):
        """The words are others now."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Closed(Message):
        """The person is done: the words stay, or have been cleared."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, words: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(words, id=id, placeholder=_("filter"))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value.strip()))

    def on_input_submitted(self, event: events.Event) -> None:
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        self.post_message(self.Closed(self.value.strip()))

    def action_clear_and_close(self) -> None:
        self.value = ""
        self.post_message(self.Closed(""))
