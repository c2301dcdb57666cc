"""Every theme can be read: the contrast of its words is measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

import tui
from tests.stories.driver import at_the_desk
from tests.tui.stage import Stage, strips_of, text_of
from tui.text.tones import SIGNS, TONE_STYLES
from tui.themes import DARK, HIGH_CONTRAST, LIGHT, THEMES


def contrast(first: str, other: str) -> float:
    """WCAG 2: (lighter + 0.05) / (darker + 0.05) of the relative luminances."""
    lights = sorted((_luminance(first), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(color: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = Color.parse(color).rgb
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


@pytest.mark.parametrize("theme", [DARK, LIGHT, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_words_stand_out_from_their_ground(theme: Theme) -> None:
    least = 7.0 if theme is HIGH_CONTRAST else 4.5
    for ground in (theme.background, theme.surface, theme.panel):
        for word in ("foreground", "error", "warning", "secondary", "accent", "success"):
            color = getattr(theme, word)
            assert ground is not None
            assert contrast(color, ground) >= least, (word, color, ground)


@pytest.mark.parametrize("theme", [DARK, LIGHT, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_muted_words_stand_back_and_can_be_read(theme: Theme) -> None:
    muted = theme.variables["text-muted"]
    for ground in (theme.background, theme.surface, theme.panel):
        assert ground is not None
        assert theme.foreground is not None
        assert 4.5 <= contrast(muted, ground) < contrast(theme.foreground, ground)


def test_every_severity_has_a_different_mark() -> None:
    assert SIGNS.keys() == TONE_STYLES.keys()
    signs = [SIGNS[tone] for tone in SIGNS if tone != "gone"]  # no severity: its state says so
    assert len(set(signs)) == len(signs)


class Themed(Stage):
    CSS_PATH = Path(tui.__file__).parent / "app.tcss"

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_the_style_sheet_fits_every_theme(theme: Theme) -> None:
    from tui.widgets.panel import Panel

    panel = Panel()
    stage = Themed(panel)
    async with stage.run_test(size=(40, 8)) as pilot:
        stage.theme = theme.name
        panel.show("12.40", title="Balance")
        await pilot.pause()
        assert "12.40" in text_of(stage)
        assert stage.screen.styles.background == Color.parse(theme.background or "")


@pytest.mark.parametrize("theme", [DARK, LIGHT, HIGH_CONTRAST], ids=lambda theme: theme.name)
async def test_all_that_is_drawn_stands_out(tmp_path: Path, theme: Theme) -> None:
    async with at_the_desk(tmp_path, "tour") as desk:
        desk.app.theme = theme.name
        await desk.settle()
        for keys in ((), ("1",), ("K",)):
            await desk.press(*keys)
            for strip in strips_of(desk.app):
                for text, style, _control in strip:
                    if text.strip() and style and style.color and style.bgcolor:
                        pair = (style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex)
                        muted = theme.variables["border-blurred"].upper()
                        least = 3.0 if pair[0].upper() == muted else 4.5
                        assert contrast(*pair) >= least, (keys, text, pair)
