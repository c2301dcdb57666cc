"""A one-line input box that keeps pasted text plain."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input

from store.sanitize import plain


class TextBox(Input):
    """Shows control characters of a pasted text as marks; Textual's own input would send them to
    the terminal."""

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(plain(value), compact=True, select_on_focus=False, **options)
        self.cursor_blink = False

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace that range with the text, with visible marks for harmful characters."""
        before = self.value[: min(start, end)]
        whole = plain(before + text, limit=len(before) + len(text))
        joined = whole.startswith(before)
        super().replace(whole[len(before) :] if joined else plain(text), start, end)
