"""Modules and functions are small, documented where public, and used by the product."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "store").rglob("*.py")) + sorted((ROOT / "tui").rglob("*.py"))
FOR_OTHERS = {"__all__", "CatalogueHook", "PRIVATE_ATTRIBUTES", "PRIVATE_PARTS"}
"""For imports, for the build, and for the test of Textual's private parts."""
BANNED = {"manager", "helper", "helpers", "utils", "util", "misc", "common"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_small_and_says_what_is_in_it(path: Path) -> None:
    text = path.read_text()
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    assert len(text.splitlines()) <= 300
    assert path.stem not in BANNED
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            assert node.end_lineno - node.lineno < 60, node.name
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            assert node.name.startswith("_") or ast.get_docstring(node), node.name


def test_no_public_name_is_for_tests_only() -> None:
    trees = {path: ast.parse(path.read_text()) for path in MODULES}
    used = {name for tree in trees.values() for name in used_in(tree)}
    unused = {
        f"{path.relative_to(ROOT)}: {name}"
        for path, tree in trees.items()
        for name in defined_in(tree)
        if name not in used | FOR_OTHERS
    }
    assert not unused


def defined_in(tree: ast.Module) -> Iterator[str]:
    """Names of functions, classes and constants; what is decorated registers itself."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if not node.decorator_list:
                yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def used_in(tree: ast.Module) -> Iterator[str]:
    """Names that are read, also as attributes of a module and in strings of late imports."""
    exports = [
        node for node in tree.body if list(defined_in(ast.Module([node], []))) == ["__all__"]
    ]
    nodes = (each for node in tree.body if node not in exports for each in ast.walk(node))
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name):
                yield name
            case ast.Constant(value=str(text)) if text.isidentifier():
                yield text
