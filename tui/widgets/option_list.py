"""A list of options with the same keys as the tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import OptionList


class VimOptionList(OptionList):
    """Textual's list with vim keys in addition to the arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("j", "cursor_down", ""),
        ("k", "cursor_up", ""),
        ("g", "first", ""),
        ("G", "last", ""),
    ]

    def action_page_up(self) -> None:
        self._turn_page(super().action_page_up)

    def action_page_down(self) -> None:
        self._turn_page(super().action_page_down)

    def _turn_page(self, turn: Callable[[], object]) -> None:
        """Do nothing in a window without room for a row: Textual's own would end the app."""
        if self.scrollable_content_region:
            turn()
