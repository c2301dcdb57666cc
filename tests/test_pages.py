"""The procedures' pages are what the walk-throughs are driven by."""

from __future__ import annotations

from tests.pages import FOLDER, pages


def test_the_pages_are_fresh_and_none_is_left_over() -> None:
    stored = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert stored == pages(), "stale; run `python -m tests.pages`"


def test_no_place_for_a_value_is_left_open() -> None:
    for name, text in pages().items():
        assert "{" not in text, name
