"""What the thin display takes for granted of a terminal, by its name.

Every one that is named here obeys scroll regions, inserted and deleted lines, scrolling by a
line at the ends of a region, moves within a line, and erasing to its end: terminfo's `csr`,
`il1`, `dl1`, `ind`, `ri`, `hpa`, `el`. They differ in `bce`.
"""

from __future__ import annotations

from collections.abc import Mapping

_COLORED = (
    "xterm", "tmux", "linux", "alacritty", "foot", "rxvt", "konsole", "putty", "st-", "vte",
    "gnome", "mintty", "wezterm", "contour", "kitty",
)  # fmt: skip
_SCREEN = "screen"
"""GNU screen, and what tmux calls itself unless it is told otherwise."""


def erases_colored(environ: Mapping[str, str]) -> bool | None:
    """Whether erasing leaves the background in use; None: nothing is known of the terminal."""
    term = environ.get("TERM", "")
    if not term.startswith((*_COLORED, _SCREEN)):
        return None
    if "STY" in environ:  # what GNU screen was told to be called does not change what it does
        return False
    return term.startswith(_COLORED) or "TMUX" in environ
