"""The corpus itself, and what becomes of it as plain text."""

from __future__ import annotations

import json
import sys
from unicodedata import category

import pytest

from store.sanitize import plain, plain_json, plain_line, plain_lines
from tests.hostile.corpus import CORPUS, FAMILIES
from tests.hostile.looks import cells_of, harmful_in
from tui.text.cells import cells, fit

EVERY_SO = 7
"""Of all code points, which are looked at; another remainder each day would not be repeatable."""


def test_the_corpus_is_large_and_of_every_family() -> None:
    assert len(CORPUS) >= 400
    assert len(set(CORPUS)) == len(CORPUS)
    assert len(FAMILIES) >= 20
    assert min(map(len, FAMILIES.values())) >= 6
    assert sum(len(text) == 1_000_000 for text in CORPUS) >= 5


def test_nothing_harmful_is_left_and_every_terminal_counts_the_same_cells() -> None:
    for text in CORPUS:
        shown = plain(text)
        assert harmful_in(shown) == [], ascii(text[:80])
        assert cells_of(shown) == cells(shown), ascii(text[:80])
        assert plain(shown, limit=len(shown)) == shown
        for width in (1, 2, 7, 20, 40):
            assert cells_of(fit(shown, width)) == width, (width, ascii(text[:80]))
        for line in plain_lines(text):
            assert harmful_in(line) == []


def test_every_character_takes_the_cells_that_it_is_counted_for() -> None:
    for code in range(0x20, sys.maxunicode, EVERY_SO):
        if category(chr(code)) in {"Cn", "Co", "Cs"}:
            continue
        shown = plain(f"a{chr(code)}b")
        assert cells_of(shown) == cells(shown), hex(code)


def test_json_is_true_to_the_letter_and_harms_no_terminal() -> None:
    texts = [text[:2000] for text in CORPUS]
    written = plain_json({"texts": texts, **dict.fromkeys(texts, 1)}, 2)
    assert harmful_in(written) == []
    assert json.loads(written.encode())["texts"] == texts


def test_a_line_of_many_is_the_same_to_the_letter() -> None:
    for text in (each[:2000] for each in CORPUS):
        if "Cs" in map(category, text):  # no database takes it
            continue
        document = {text: [text, {"n": 1, "none": None, "true": True, "empty": []}]}
        assert plain_line(document) == plain_json(document)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("🇨🇳 line", "⟨CN⟩ line"),
        ("ก" + "\u0e47" * 9, "ก" + "\u0e47" * 4 + "⟨+5⟩"),
        ("\u0301a", "◌\u0301a"),
        ("👍🏽", "👍⟨U+1F3FD⟩"),
        ("☎\ufe0f", "☎"),
        ("a\ud800", "a⟨U+D800⟩"),
        ("厂房，（三）", "厂房，（三）"),
        ("한국", "한국"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_how_it_is_shown(text: str, shown: str) -> None:
    assert plain(text) == shown
