"""A line input that holds whatever is typed or pasted as plain text."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input

from store.sanitize import plain


class TextBox(Input):
    """Textual's own input shows pasted text raw, so that escape sequences would be run."""

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(plain(value), compact=True, select_on_focus=False, **options)
        self.cursor_blink = False

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace that range with the text, harmful characters as visible marks."""
        before = self.value[: min(start, end)]
        whole = plain(before + text, limit=len(before) + len(text))
        joined = whole.startswith(before)
        super().replace(whole[len(before) :] if joined else plain(text), start, end)
