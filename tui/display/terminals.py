"""The terminals on which the differential display is used, by their name in `TERM`.

Each of them supports scroll regions, inserted and deleted lines, scrolling at the ends of a
region, moves within a line, and erasing to its end: terminfo's `csr`, `il1`, `dl1`, `ind`,
`ri`, `hpa`, `el`. They differ in `bce`, back colour erase.
"""

from __future__ import annotations

from collections.abc import Mapping

_ERASING_IN_COLOR = (
    "xterm", "tmux", "linux", "alacritty", "foot", "rxvt", "konsole", "putty", "st-", "vte",
    "gnome", "mintty", "wezterm", "contour", "kitty",
)  # fmt: skip
_SCREEN = "screen"
"""The name of GNU screen, and by default of tmux."""


def erases_in_color(environ: Mapping[str, str]) -> bool | None:
    """Whether erased cells take the current background (`bce`); None: an unknown terminal."""
    term = environ.get("TERM", "")
    if not term.startswith((*_ERASING_IN_COLOR, _SCREEN)):
        return None
    if "STY" in environ:  # inside GNU screen, whatever TERM says
        return False
    return term.startswith(_ERASING_IN_COLOR) or "TMUX" in environ
