"""What the pages say of the program agrees with the code."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.program import Program
from tests.readme_tables import TABLES, table_in
from tui.cli.manual import TOPICS
from tui.cli.root import _COMMANDS
from tui.text import LANGUAGES

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "store/README.md", "tui/README.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("page", "mark", "table"), TABLES, ids=["keys", "exits"])
def test_a_table_follows_from_the_code(page: Path, mark: str, table: Callable[[], str]) -> None:
    assert table_in(page, mark) == table()


def test_the_readme_names_every_command() -> None:
    for name in _COMMANDS:
        assert f"`renewal {name}" in README


def test_ci_runs_the_command_of_the_readme() -> None:
    extract = next(line for line in (ROOT / ".ci/run").read_text().splitlines() if "sed -n" in line)
    script = re.search(r"sed -n '(.+)' README.md", extract)
    assert script is not None
    command = subprocess.run(
        ["sed", "-n", script[1], str(ROOT / "README.md")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert command.startswith("python3 -m venv .venv")
    assert "pytest" in command
    assert command.count("\n") == 1


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) <= 150


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_names_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    named = re.findall(r"`((?:store|tui|tests|screenshots)/[\w./*-]*)`", text)
    for name in (*links, *named):
        folder = ROOT / (page.rpartition("/")[0] if name in links else "")
        assert any(folder.glob(name.rstrip("/"))), name


@pytest.mark.parametrize("package", ["store", "tui"])
def test_the_page_of_a_package_names_each_of_its_folders(package: str) -> None:
    page = (ROOT / package / "README.md").read_text(encoding="utf-8")
    folders = {path.parent.name for path in (ROOT / package).glob("*/__init__.py")}
    assert folders == set(re.findall(r"^\| `(\w+)/` \|", page, re.MULTILINE))


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_of_the_manual_is_printed(topic: str, language: str, program: Program) -> None:
    ran = program("--lang", language, "help", topic)
    assert ran.exit == 0
    assert "renew" in ran.out
    assert bool(re.search("[\u4e00-\u9fff]", ran.out)) or language == "en"


def test_every_picture_is_there() -> None:
    for name in re.findall(r"\]\((screenshots/[^)]+)\)", README):
        assert (ROOT / name).exists(), name
