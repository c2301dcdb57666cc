"""What is imported when, measured in a separate process: a graph does not show late imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SEEN = "import sys; print('\\n'.join(sorted(sys.modules)))"
HEAVY = {
    "store.clouds.practice.cloud",
    "store.clouds.alibaba.cloud",
    "textual",
    "sqlite_utils",
    "pendulum",
    "rich",
    "asyncio",
    "psutil",
    "alibabacloud_tea_openapi",
    "babel",
}

NOT_FOR_JSON = {
    "tempfile",
    "shutil",
    "random",
    "hashlib",
    "traceback",
    "tui.panes",
    "tui.widgets",
    "store.walkthroughs.procedures",
}
"""What the document of what is stored does without."""


def modules_after(code: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\n{SEEN}"], capture_output=True, text=True, check=True
    )
    names = ran.stdout.split()
    return {name.split(".")[0] for name in names} | set(names)


def running(home: Path, *arguments: str) -> str:
    return (
        "import io, contextlib\n"
        "from tui.cli import run\n"
        "with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):\n"
        f"    run({['--home', str(home), *arguments]!r})"
    )


@pytest.mark.parametrize("arguments", [("--version",), ("--help",)])
def test_version_and_help_import_nothing_heavy(tmp_path: Path, arguments) -> None:
    assert not modules_after(running(tmp_path, *arguments)) & HEAVY
    assert not (tmp_path / "store.db").exists()


def test_status_of_what_is_stored_imports_nothing_heavy(tmp_path: Path) -> None:
    modules_after(running(tmp_path, "status"))
    modules = modules_after(running(tmp_path, "status", "--json", "--max-age", "never"))
    assert not modules & (HEAVY | NOT_FOR_JSON)


def test_the_store_knows_no_terminal() -> None:
    code = (
        "import importlib, pkgutil, store\n"
        "for module in pkgutil.walk_packages(store.__path__, 'store.'):\n"
        "    importlib.import_module(module.name)"
    )
    assert not modules_after(code) & {"textual", "rich", "tui"}


def test_the_first_screen_imports_what_it_shows() -> None:
    """Dialogs, the real account's package, procedures and checks come when they are needed."""
    rooms = ("tui.dialogs.", "store.clouds.alibaba", "store.walkthroughs.procedures",
             "store.diagnosis", "tui.line_mode")  # fmt: skip
    modules = modules_after("import tui.cli.root, tui.app, tui.screens.main")
    assert not [name for name in modules if name.startswith(rooms)]


def test_the_app_imports_no_sdk() -> None:
    assert not modules_after("import tui.app, tui.screens.main") & {
        "alibabacloud_tea_openapi",
        "requests",
        "aiohttp",
        "sqlite_utils",
    }
