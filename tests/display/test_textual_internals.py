"""The private parts of Textual that the display relies on are there, and nowhere else used."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.style import Style
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.display.textual_internals import PRIVATE_ATTRIBUTES, PRIVATE_PARTS, PrivatePart

ROOT = Path(__file__).parents[2]
DISPLAY = ROOT / "tui" / "display"
OUTSIDE = [path for path in (ROOT / "tui").rglob("*.py") if path.parent != DISPLAY]


def owner_of(part: PrivatePart) -> Any:
    module, _, name = part.owner.partition(":")
    owner = importlib.import_module(module)
    return getattr(owner, name) if name else owner


def signature_of(function: Any) -> str:
    parameters = inspect.signature(function).parameters.values()
    names = (p.name if p.default is p.empty else f"{p.name}={p.default!r}" for p in parameters)
    return f"({', '.join(names)})"


@pytest.mark.parametrize("part", PRIVATE_PARTS, ids=lambda part: part.name)
def test_textual_still_has_it_with_its_signature(part: PrivatePart) -> None:
    assert signature_of(getattr(owner_of(part), part.name)) == part.signature


async def test_instances_still_have_the_attributes() -> None:
    app: App[None] = App()
    async with app.run_test():
        driver = LinuxDriver(app)
        objects = {
            "app": app, "screen": app.screen, "driver": driver, "console": Console(),
            "style": Style(),
        }  # fmt: skip
        for owner, names in PRIVATE_ATTRIBUTES.items():
            for name in names:
                assert hasattr(objects[owner], name), (owner, name)


def test_every_private_name_that_the_display_overrides_is_listed() -> None:
    listed = {part.name for part in PRIVATE_PARTS}
    mouse = {"_disable_mouse_support", "_enable_mouse_pixels"}  # with `_enable_mouse_support`
    for path in DISPLAY.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                for name, owner in overridden(path, node):
                    if owner.__module__.startswith("textual"):
                        assert name in listed | mouse, (path.name, name)


def overridden(path: Path, node: ast.ClassDef) -> Iterator[tuple[str, type]]:
    """Private methods of a class that a base of it has, with that base."""
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    bases = getattr(module, node.name).__mro__[1:]
    for method in node.body:
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
            name = method.name
            if re.fullmatch(r"_[a-z]\w*", name):
                yield from ((name, base) for base in bases if name in vars(base))


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_outside_the_display_touches_private_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "SLF001" not in text
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("textual", "rich")):
            assert "._" not in node.module  # type: ignore[operator]
            assert not any(alias.name.startswith("_") for alias in node.names)
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            private = [(n, b) for n, b in overridden(path, node) if is_textual(b)]
            assert not private


def is_textual(owner: type) -> bool:
    return owner.__module__.startswith(("textual", "rich"))
