"""The table of what no public page proves: complete rows, each held by a test that exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import store.clouds.alibaba

PACKAGE = Path(store.clouds.alibaba.__file__).parent
TESTS = Path(__file__).parents[1]
README = (PACKAGE / "README.md").read_text()


def rows_of(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    below = README.split(f"{heading}\n")[1].split("\n#")[0]
    lines = [line for line in below.splitlines() if line.startswith("|")]
    return [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines][2:]


def test_each_assumption_says_what_happens_and_is_held_by_a_test() -> None:
    functions = {
        node.name
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    rows = rows_of("## Assumptions")
    assert len(rows) > 15
    for cells in rows:
        assumed, consequence, held_by = (cell.strip() for cell in cells)
        assert assumed
        assert consequence
        assert set(re.findall(r"`(\w+)`", held_by)) <= functions
        assert held_by.startswith("`test_"), held_by


def test_each_module_of_the_package_is_in_its_table() -> None:
    named = {
        name
        for cells in rows_of("# A real account, through Alibaba Cloud's billing API")
        for name in re.findall(r"`(\w+)`", cells[0])
    }
    assert named == {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
