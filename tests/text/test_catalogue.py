"""The Chinese catalogue is complete, holds nothing else, and fills in the same values.

After a change of texts: `python -m tests.catalogue`, then translate what it names in the .po.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

from babel.messages.catalog import Message

from tests.catalogue import (
    CLICK,
    PO,
    PROGRAM,
    ROOT,
    extracted,
    fields,
    forms,
    translated,
    untranslated,
    written,
)

MARKS = {"_": 1, "N_": 1, "counted": 2}

SAME = {"OK", "SDKs", "License ID"}
"""Texts that may stay as they are, but for those that are names or codes alone."""


def messages() -> list[Message]:
    """Each text with its translation."""
    return [message for message in translated() if message.id]


def test_every_text_is_translated() -> None:
    assert not extracted(*PROGRAM) - {message.id for message in messages()}
    assert not list(untranslated(translated()))


def test_no_translation_is_unused() -> None:
    used = extracted(*PROGRAM) | extracted(CLICK)
    assert not {message.id for message in messages()} - used


def test_no_translation_is_a_guess() -> None:
    catalog = translated()
    assert not [message.id for message in catalog if message.id and message.fuzzy]
    assert not catalog.obsolete


def test_the_same_values_are_filled_in() -> None:
    wrong = []
    for message in messages():
        ids, strings = forms(message)
        wanted = fields(ids[-1])  # the singular may leave its number out
        wrong += [text for text in strings if fields(text) != wanted]
    assert not wrong


def test_a_translation_is_chinese() -> None:
    plain = [
        text
        for message in messages()
        for text, translation in zip(*forms(message), strict=False)
        if text == translation and text not in SAME and any(c.islower() for c in text)
    ]
    assert not plain


def test_the_file_is_as_the_command_writes_it() -> None:
    assert PO.read_text("utf-8") == written(translated())


def test_what_is_marked_can_be_extracted() -> None:
    """Babel reads constants, and no f-string: neither one that is marked nor what is in it."""
    wrong = []
    for path in sorted(path for folder in PROGRAM for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            inside = ast.walk(node) if isinstance(node, ast.JoinedStr) else ()
            lost = [call for call in inside if any(map(_is_text, _marked(call)))]
            lost += [each for each in _marked(node) if isinstance(each, ast.JoinedStr | ast.BinOp)]
            wrong += [f"{path.relative_to(ROOT)}:{each.lineno}" for each in lost]  # type: ignore[attr-defined]
    assert not wrong


def _marked(node: ast.AST) -> list[ast.expr]:
    """The arguments of the call that are marked by it."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return []
    return node.args[: MARKS.get(node.func.id, 0)]


def _is_text(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant)


def test_the_wheel_has_the_compiled_catalogue_alone(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = {Path(name).name for name in zipfile.ZipFile(wheel).namelist()}
    assert "renewal.mo" in names
    assert not names & {"renewal.po", "compile_catalogue.py"}
