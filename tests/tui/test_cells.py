"""Foreign text becomes one visible line of exactly the cells it is given."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.sanitize import LONGEST, plain, plain_lines
from tui.text.cells import cells, fit, plain_content

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("Factory floor", "Factory floor"),
        ("生产环境", "生产环境"),
        ("[/prod] [b", "[/prod] [b"),
        ("\x1b[31mred", "␛[31mred"),
        ("a\tb\r\nc", "a␉b␍␊c"),
        ("\x00\x7f\x9b", "␀␡⟨U+009B⟩"),
        ("txt\u202egnp", "txt⟨U+202E⟩gnp"),
        ("pay\u200bpal", "pay⟨U+200B⟩pal"),
        ("\ud800", "⟨U+D800⟩"),
        ("a\u2028b", "a⟨U+2028⟩b"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("☁\ufe0f prod", "☁ prod"),
        ("a\ufe0fb", "a⟨U+FE0F⟩b"),
        ("\u0301x", "◌\u0301x"),
        ("e\u0301", "e\u0301"),
        ("z" + "\u0335" * 300, "z" + "\u0335" * 4 + "⟨+296⟩"),
    ],
)
def test_harmful_characters_become_marks(foreign: str, shown: str) -> None:
    assert plain(foreign) == shown


def test_a_name_of_a_megabyte_is_cut_and_says_so() -> None:
    shown = plain("x" * 1_000_000)
    assert shown == "x" * LONGEST + f"…(+{1_000_000 - LONGEST})"


@given(ANY_TEXT)
@example("\x1b]52;c;aGk=\x07")
def test_nothing_invisible_is_left(foreign: str) -> None:
    shown = plain(foreign)
    assert not {unicodedata.category(each) for each in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    shown.encode()
    assert plain(shown) == shown


@given(ANY_TEXT)
def test_content_shows_brackets_as_brackets(foreign: str) -> None:
    assert plain_content(foreign).plain == plain(foreign)
    assert plain_content(foreign, "bold").plain == plain(foreign)


@given(ANY_TEXT, st.integers(0, 40), st.sampled_from(["left", "right"]))
@example("中文名称很长很长", 5, "left")
@example("e\u0301" * 9, 4, "left")
def test_fit_takes_exactly_its_cells(foreign: str, width: int, align: str) -> None:
    shown = plain(foreign)
    fitted = fit(shown, width, align)
    assert cell_len(fitted) == width
    if width and cell_len(shown) > width:
        assert "…" in fitted
    elif width:
        assert fitted.strip(" ") == shown.strip(" ")


def test_fit_never_cuts_a_wide_character_in_two() -> None:
    assert fit("中文名", 4) == "中… "
    assert fit("ab", 4, "right") == "  ab"
    assert cells("中a") == 3


def test_lines_are_split_and_counted() -> None:
    assert plain_lines("one\r\ntwo\x07\nthree") == ["one", "two␇", "three"]
    assert plain_lines("\n" * 300)[199:] == ["", "…(+101)"]
