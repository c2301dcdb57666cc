"""What a walk says: both languages, with the same values in them."""

from __future__ import annotations

import string
import tomllib
from importlib.resources import files

import pytest

SENTENCES: dict[str, dict[str, str]] = tomllib.loads(
    files("store.walkthroughs").joinpath("sentences.toml").read_text("utf-8")
)


@pytest.mark.parametrize("key", SENTENCES)
def test_each_sentence_says_the_same_values_in_both_languages(key: str) -> None:
    pair = SENTENCES[key]
    assert set(pair) == {"en", "zh"}
    names = [sorted(name or "" for _, name, _, _ in string.Formatter().parse(pair[lang]) if name)
             for lang in ("en", "zh")]  # fmt: skip
    assert names[0] == names[1]
    assert all(text.strip() and "\n" not in text for text in pair.values())
