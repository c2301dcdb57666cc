"""One line to type in: whatever is typed or pasted stands in it as plain text."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input

from tui.cells import plain


class TextBox(Input):
    """Textual's own box shows what is pasted raw: an escape sequence would be carried out."""

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(plain(value), compact=True, select_on_focus=False, **options)
        self.cursor_blink = False

    def replace(self, text: str, start: int, end: int) -> None:
        """Put the text in place of what stands there, harmful characters as their marks."""
        before = self.value[: min(start, end)]
        whole = plain(before + text, limit=len(before) + len(text))
        joined = whole.startswith(before)
        super().replace(whole[len(before) :] if joined else plain(text), start, end)
