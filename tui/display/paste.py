"""Replaces escape characters in pasted text, so that it cannot act as keys.

Textual 8.2.8 parses an escape character inside a bracketed paste as the start of a key. Many
terminals filter such characters; tmux and older terminals do not.
"""

from __future__ import annotations

START, END = "\x1b[200~", "\x1b[201~"
ESCAPE, MARK = "\x1b", "␛"


class PasteFilter:
    """Replaces escape characters within bracketed pastes; input can come in any pieces."""

    def __init__(self) -> None:
        self._in_paste = False
        self._held = ""
        """The end of the pasted text so far, if it may begin the end marker."""
        self._tail = ""
        """The end of the typed text so far, if it may begin a start marker."""

    def feed(self, text: str) -> str:
        """Returns the filtered text that can be passed on now."""
        text, self._held = self._held + text, ""
        passed = []
        while text:
            taken, text = self._pasted(text) if self._in_paste else self._typed(text)
            passed.append(taken)
        return "".join(passed)

    def _typed(self, text: str) -> tuple[str, str]:
        """Split into the text up to the next paste, start marker included, and the rest."""
        joined = self._tail + text
        head, start, rest = joined.partition(START)
        self._in_paste = bool(start)
        self._tail = "" if start else joined[1 - len(START) :]
        return (head + start)[len(joined) - len(text) :], rest

    def _pasted(self, text: str) -> tuple[str, str]:
        """Split into the filtered paste, end marker included, and the rest."""
        head, end, rest = text.partition(END)
        self._in_paste = not end
        if not end:
            lengths = range(min(len(END) - 1, len(text)), 0, -1)
            held = next((n for n in lengths if text.endswith(END[:n])), 0)
            head, self._held = text[: len(text) - held], text[len(text) - held :]
        return head.replace(ESCAPE, MARK) + end, rest
