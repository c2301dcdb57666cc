"""Colors, characters and the mouse: by the terminal, or by choice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.config import read_config, store_setting
from store.errors import BadFile
from tests.stories.driver import at_the_desk
from tests.terminal.pty import Terminal
from tui.streams.encodings import in_encoding
from tui.themes import theme_choice, theme_name


@given(st.text())
def test_ascii_is_as_wide(text: str) -> None:
    drawn = in_encoding(text, "ascii")
    assert drawn.isascii()
    assert cell_len(drawn) == cell_len(text)


def test_a_terminal_of_16_colors_keeps_its_colors() -> None:
    assert theme_choice(theme_name(None, few_colors=True)) == "terminal"
    assert theme_choice(theme_name(None, few_colors=False)) == "dark"
    assert theme_choice(theme_name("light", few_colors=True)) == "light"


async def test_the_theme_is_kept(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.find("theme")
        await desk.choose("Light")
        assert desk.app.theme == "renewal-light"
    async with at_the_desk(tmp_path) as desk:
        assert desk.app.theme == "renewal-light"


async def test_the_mouse_is_left_to_the_terminal_and_stays_there(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.find("mouse")
        assert "select text as in any terminal" in desk.text
        assert not read_config(desk.app.session.home.config).mouse


def test_what_the_person_wrote_stays(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('# mine\ndefault = "a"  # why\n\n[accounts.a]\ncloud = "practice"\n')
    store_setting(path, "theme", "light")
    store_setting(path, "theme", "contrast")
    assert path.read_text() == (
        '# mine\ndefault = "a"  # why\ntheme = "contrast"\n\n[accounts.a]\ncloud = "practice"\n'
    )
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob("config.toml.*")) == []


def test_a_file_that_does_not_fit_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("colour = 1\n")
    with pytest.raises(BadFile):
        store_setting(path, "theme", "light")
    assert path.read_text() == "colour = 1\n"


def test_in_the_c_locale_only_ascii_is_written(tmp_path: Path) -> None:
    with Terminal(tmp_path / "home", more={"LC_ALL": "C", "TERM": "linux"}) as terminal:
        terminal.see("Balance", "Factory floor")
        assert terminal.text.isascii()
        assert "+------" in terminal.text
        terminal.press("q")
        assert terminal.end() == 0


def test_without_color_nothing_is_colored(tmp_path: Path) -> None:
    with Terminal(tmp_path / "home", more={"NO_COLOR": "1"}) as terminal:
        terminal.see("Balance", "Factory floor")
        cells = [cell for row in terminal.screen.buffer.values() for cell in row.values()]
        assert {cell.fg for cell in cells} == {cell.bg for cell in cells} == {"default"}
        terminal.press("r")
        terminal.see("12 months")
        terminal.press("q")


def test_an_empty_word_against_color_is_none(tmp_path: Path) -> None:
    with Terminal(tmp_path / "home", more={"NO_COLOR": ""}) as terminal:
        terminal.see("Balance", "Factory floor")
        cells = [cell for row in terminal.screen.buffer.values() for cell in row.values()]
        assert len({cell.fg for cell in cells}) > 3
