"""A dark, a light and a high-contrast theme; a test measures the contrast of each."""

from __future__ import annotations

from textual.theme import Theme

_CURSOR = {
    "block-cursor-text-style": "reverse",
    "block-cursor-blurred-text-style": "underline",
    "input-cursor-text-style": "reverse",
    "button-focus-text-style": "bold reverse",
}

DARK = Theme(
    name="renewal-dark",
    primary="#6cb6ff",
    secondary="#c9a7f5",
    accent="#6cb6ff",
    warning="#e8b84b",
    error="#ff8a80",
    success="#7fd18c",
    foreground="#dde3ea",
    background="#14181d",
    surface="#1b2027",
    panel="#252c35",
    dark=True,
    variables={**_CURSOR, "border": "#6cb6ff", "border-blurred": "#5d6a79"},
)

LIGHT = Theme(
    name="renewal-light",
    primary="#0b57a4",
    secondary="#6a2fa8",
    accent="#0b57a4",
    warning="#7a4f00",
    error="#a81419",
    success="#1c6b2a",
    foreground="#1d2329",
    background="#fbfbf9",
    surface="#f2f2ee",
    panel="#e3e4de",
    dark=False,
    variables={**_CURSOR, "border": "#0b57a4", "border-blurred": "#8a929b"},
)

HIGH_CONTRAST = Theme(
    name="renewal-contrast",
    primary="#ffff00",
    secondary="#ff9cff",
    accent="#00ffff",
    warning="#ffd700",
    error="#ff9c9c",
    success="#7dff7d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    dark=True,
    text_alpha=1.0,
    variables={**_CURSOR, "border": "#ffff00", "border-blurred": "#ffffff"},
)

THEMES = (DARK, LIGHT, HIGH_CONTRAST)
"""All themes, in the order in which they are offered."""

DEFAULT_THEME = DARK.name
