"""Each value that a text names is given to it, so that no message ends as a KeyError."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import TypeGuard

import pytest

ROOT = Path(__file__).parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def constants(node: ast.expr) -> Iterator[str]:
    """The texts that the expression may be: constant, marked, or one of two."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Call(func=ast.Name(id="_" | "N_"), args=[text]):
            yield from constants(text)
        case ast.IfExp(body=first, orelse=second):
            yield from (*constants(first), *constants(second))


def assigned(function: Function) -> dict[str, list[str]]:
    """The texts of each variable of the function."""
    texts: dict[str, list[str]] = {}
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                texts.setdefault(name, []).extend(constants(value))
    return texts


def missing(function: Function) -> Iterator[str]:
    """The placeholders that no `format` of their text fills, whichever of a variable's texts it
    is."""
    variables = assigned(function)
    given: Counter[tuple[str, str | None]] = Counter()
    calls = [node for node in ast.walk(function) if is_format(node)]
    texts = {call: texts_of(call, variables) for call in calls}
    for call in calls:
        given.update((text, keyword.arg) for text in texts[call] for keyword in call.keywords)
    for call in calls:
        for text in texts[call]:
            for name in placeholders(text):
                if not given[text, name] and not given[text, None]:
                    yield f"line {call.lineno}: {{{name}}} of {text!r}"


def is_format(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "format"
    )


def texts_of(call: ast.Call, variables: dict[str, list[str]]) -> list[str]:
    match call.func:
        case ast.Attribute(value=ast.Name(id=name)):
            return variables.get(name, [])
        case ast.Attribute(value=value):
            return list(constants(value))
    return []


def placeholders(text: str) -> set[str]:
    return {name for _before, name, _spec, _conversion in Formatter().parse(text) if name}


def functions(source: str) -> Iterator[Function]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("package", ["store", "tui"])
def test_every_placeholder_is_filled(package: str) -> None:
    lacking = [
        f"{path.relative_to(ROOT)} {place}"
        for path in (ROOT / package).rglob("*.py")
        for function in functions(path.read_text())
        for place in missing(function)
    ]
    assert lacking == []


@pytest.mark.parametrize(
    "body",
    [
        '_("to {asked}").format(target=1)',
        'words = N_("{a}")\n    words.format()',
        '(_("{a}") if x else _("{b}")).format(a=1)',
    ],
)
def test_a_missing_value_is_found(body: str) -> None:
    [function] = functions(f"def f(x):\n    {body}")
    assert list(missing(function))
