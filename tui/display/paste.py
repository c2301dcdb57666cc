"""What is pasted, made safe before it is read as keys.

Textual 8.2.8 takes what follows an escape character in a paste for keys. Many terminals leave
such characters out of a paste; tmux and older ones do not.
"""

from __future__ import annotations

START, END = "\x1b[200~", "\x1b[201~"
ESCAPE, MARK = "\x1b", "␛"


class Pasting:
    """The terminal's input, piece by piece as it comes, with a mark for each escape character
    that is pasted."""

    def __init__(self) -> None:
        self._is_inside = False
        self._held = ""
        """The last of a paste, where its end may begin."""
        self._before = ""
        """The last of what was passed on, where a paste may begin."""

    def made_safe(self, text: str) -> str:
        """What can be passed on of all that has come."""
        text, self._held = self._held + text, ""
        passed = []
        while text:
            taken, text = self._inside(text) if self._is_inside else self._outside(text)
            passed.append(taken)
        return "".join(passed)

    def _outside(self, text: str) -> tuple[str, str]:
        """What is typed, up to where a paste begins; and the rest."""
        seen = self._before + text
        head, begins, rest = seen.partition(START)
        self._is_inside = bool(begins)
        self._before = "" if begins else seen[1 - len(START) :]
        return (head + begins)[len(seen) - len(text) :], rest

    def _inside(self, text: str) -> tuple[str, str]:
        """What is pasted, up to its end; and the rest."""
        head, ends, rest = text.partition(END)
        self._is_inside = not ends
        if not ends:
            lengths = range(min(len(END) - 1, len(text)), 0, -1)
            held = next((n for n in lengths if text.endswith(END[:n])), 0)
            head, self._held = text[: len(text) - held], text[len(text) - held :]
        return head.replace(ESCAPE, MARK) + ends, rest
