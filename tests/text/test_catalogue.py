"""The Chinese catalogue is complete, holds nothing else, and fills in the same values."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

from store.rules.clauses import CLAUSES
from tui.text.zh import WORDS, cloud, commands, line, own, rules, screens, store, tour

ROOT = Path(__file__).parents[2]
MARKS = {"_": 1, "later": 1, "counted": 2}

SAME = {"OK", "SDKs"}
"""Words that may stay as they are, but for those that are names or codes alone."""


def marked() -> dict[str, str]:
    """Every marked word of the program, with a place where it stands."""
    found: dict[str, str] = {}
    for path in sorted([*(ROOT / "tui").rglob("*.py"), *(ROOT / "store").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text())):
            for words in _words_of(node):
                found.setdefault(words, f"{path.relative_to(ROOT)}:{node.lineno}")  # type: ignore[attr-defined]
    for clause in CLAUSES.values():
        found.update({words: clause.id for words in (clause.says, clause.newer) if words})
    return found


def _words_of(node: ast.AST) -> Iterator[str]:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return
    for argument in node.args[: MARKS.get(node.func.id, 0)]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value
        elif node.func.id in {"counted", "later"}:
            raise AssertionError(f"{ast.unparse(node)} marks what is no constant")
        elif isinstance(argument, ast.JoinedStr):
            raise AssertionError(f"{ast.unparse(node)} is filled in before it is looked up")


def names(words: str) -> set[str]:
    """The names of the values that are filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def test_every_word_is_translated() -> None:
    missing = {words: place for words, place in marked().items() if words not in WORDS}
    assert not missing


def test_nothing_is_translated_that_nobody_says() -> None:
    assert not set(WORDS) - set(marked())


def test_the_same_values_are_filled_in() -> None:
    assert not [words for words, told in WORDS.items() if names(told) != names(words)]


def test_a_translation_is_chinese() -> None:
    plain = [
        words
        for words, told in WORDS.items()
        if words == told and words not in SAME and any(c.islower() for c in words)
    ]
    assert not plain


def test_no_word_stands_in_two_parts_of_the_catalogue() -> None:
    """Of two the last would count, and be said in the other's place, too."""
    parts = [part.WORDS for part in (cloud, commands, line, own, rules, screens, store, tour)]
    words = [word for part in parts for word in part]
    assert len(words) == len(set(words)) == len(WORDS)
