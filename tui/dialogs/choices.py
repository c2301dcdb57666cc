"""A list to choose from, with the same keys as the tables."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import OptionList


class Choices(OptionList):
    """Textual's list with vim's keys beside the arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("j", "cursor_down", ""),
        ("k", "cursor_up", ""),
        ("g", "first", ""),
        ("G", "last", ""),
    ]
