"""The README says what the program does: keys, exits and commands agree with the code."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tui.cli.exits import readme_exits
from tui.cli.root import _COMMANDS
from tui.commands import readme_table

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def between(mark: str) -> str:
    return README.split(f"<!-- {mark} -->\n")[1].split(f"\n<!-- /{mark} -->")[0]


def test_the_keys_are_those_of_the_registry() -> None:
    assert between("keys") == readme_table()


def test_the_exit_codes_are_those_of_the_help() -> None:
    assert between("exits") == readme_exits()


def test_every_command_is_told() -> None:
    for name in _COMMANDS:
        assert f"`renewal {name}" in README


def test_ci_runs_the_command_of_the_readme() -> None:
    extract = next(line for line in (ROOT / ".ci/run").read_text().splitlines() if "sed -n" in line)
    script = re.search(r"sed -n '(.+)' README.md", extract)
    assert script is not None
    found = subprocess.run(
        ["sed", "-n", script[1], str(ROOT / "README.md")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert found.startswith("python3 -m venv .venv")
    assert "pytest" in found
    assert found.count("\n") == 1


def test_every_picture_is_there() -> None:
    for name in re.findall(r"\]\((screenshots/[^)]+)\)", README):
        assert (ROOT / name).exists(), name
