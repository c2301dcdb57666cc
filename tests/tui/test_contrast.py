"""Everything that is drawn can be read, in each theme: the contrast of each piece of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import dim_color
from textual.geometry import Region
from textual.theme import Theme

from tests.stories.driver import Desk, at_the_desk
from tests.tui.stage import strips_of
from tests.tui.test_themes import contrast
from tui.dialogs.frame import Dialog
from tui.themes import DARK, HIGH_CONTRAST, LIGHT

LEAST, LEAST_OF_MUTED = 4.5, 3.0
FULL = (
    "foreground", "background", "primary", "secondary", "accent", "warning", "error", "success",
)  # fmt: skip
"""The colors of a theme; muted text is in a blend of one with its ground."""
PATHS: dict[str, list[tuple[str, ...]]] = {
    "panes": [(), ("1",), ("2",), ("3",), ("4",), ("5",)],
    "item": [("1", "v")],
    "walk": [("1", "w"), ("enter",), ("backspace",)],
    "form": [("1", "r"), ("down",), ("up", "up"), ("x", "enter")],
    "menu": [("n",)],
    "help": [("?",)],
    "palette": [(":",), ("t",)],
    "plan": [("K",)],
    "account": [("shift+tab",), ("enter",)],
}
"""What is pressed from the main screen on, step by step; each step is looked at."""
DRAWING = frozenset("╭╮╰╯│─├┤└▁▂▃▄▅▆▇█▌▔▕▏ ")
"""Frames and scrollbars."""


def drawn(desk: Desk) -> Iterator[tuple[str, Segment]]:
    """The pieces of text on the screen, or in the dialog on top of it."""
    screen = desk.app.screen
    region = Region(0, 0, *screen.size)
    if isinstance(screen, Dialog):
        region = screen.query_one(".dialog-frame").region
    for y, strip in enumerate(strips_of(desk.app)):
        x = 0
        for segment in strip:
            text = "".join(each for each in segment.text if each not in DRAWING)
            if text and region.contains(x, y):
                yield text, segment
            x += cell_len(segment.text)


def faint(desk: Desk) -> Iterator[str]:
    """The pieces of text that do not stand out from their ground."""
    theme = desk.app.current_theme
    full = {Color.parse(getattr(theme, name)).hex for name in FULL}
    for text, segment in drawn(desk):
        style = segment.style
        assert style is not None, text
        assert style.color is not None, text
        assert style.bgcolor is not None, text
        ink, ground = style.color, style.bgcolor
        if style.reverse:
            ink, ground = ground, ink
        if style.dim:
            ink = dim_color(ground, ink)
        foreground, background = Color.from_rich_color(ink).hex, Color.from_rich_color(ground).hex
        least = LEAST if foreground in full else LEAST_OF_MUTED
        if (ratio := contrast(foreground, background)) < least:
            yield f"{text!r}: {foreground} on {background} is {ratio:.1f}"


@pytest.mark.parametrize("theme", [DARK, LIGHT, HIGH_CONTRAST], ids=lambda theme: theme.name)
async def test_all_that_is_drawn_stands_out(tmp_path: Path, theme: Theme) -> None:
    problems: list[str] = []
    async with at_the_desk(tmp_path) as desk:
        await desk.top_up("20000")
        await desk.clear_notices()
        desk.app.theme = theme.name
        for name, steps in PATHS.items():
            for keys in steps:
                await desk.press(*keys)
                problems += [f"{name}: {each}" for each in faint(desk)]
            if isinstance(desk.app.screen, Dialog):
                await desk.press("escape")
            await desk.leave_all()
    assert list(dict.fromkeys(problems)) == []
