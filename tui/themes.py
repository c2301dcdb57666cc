"""The dark, light and high-contrast themes, whose contrast a test measures, and the terminal's
own colors."""

from __future__ import annotations

from textual.theme import Theme

# Each theme has a color for muted text: styled text would draw Textual's default, a blend of black
# or white, at full strength.
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
    variables={
        **_CURSOR,
        "border": "#6cb6ff",
        "border-blurred": "#5d6a79",
        "text-muted": "#9aa5b1",
    },
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
    variables={
        **_CURSOR,
        "border": "#0b57a4",
        "border-blurred": "#8a929b",
        "text-muted": "#5a626b",
    },
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
    variables={
        **_CURSOR,
        "border": "#ffff00",
        "border-blurred": "#ffffff",
        "text-muted": "#d8d8d8",
    },
)

TERMINAL = Theme(
    name="renewal-terminal",
    ansi=True,
    primary="ansi_default",
    secondary="ansi_cyan",
    accent="ansi_default",
    warning="ansi_magenta",  # legible on black and on white; yellow is not
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    # Textual reverses text by swapping two colors, which has no effect if both are the default.
    variables={
        **_CURSOR,
        "block-cursor-text-style": "bold underline",
        "button-focus-text-style": "bold underline",
        "border": "ansi_default",
        "border-blurred": "ansi_default",
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "block-cursor-foreground": "ansi_white",
        "block-cursor-background": "ansi_blue",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_white",
        "screen-selection-background": "ansi_blue",
        "screen-selection-foreground": "ansi_white",
    },
)

THEMES = (DARK, LIGHT, HIGH_CONTRAST, TERMINAL)
"""All themes, in the order of the menu."""

_PREFIX = "renewal-"


def theme_name(choice: str | None, *, few_colors: bool) -> str:
    """Textual's name of the theme that config.toml calls `choice`. None: the terminal's own colors
    if it has only 16, whose shades the person chose; else the dark theme."""
    if choice is None:
        return (TERMINAL if few_colors else DARK).name
    return _PREFIX + choice


def theme_choice(theme: str) -> str:
    """The theme's name in config.toml."""
    return theme.removeprefix(_PREFIX)
