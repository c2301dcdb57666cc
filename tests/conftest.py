"""What every test shares: a new home, and an environment without the settings of the machine."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.catalogue import ROOT
from tests.contract.program import EXAMPLE, Program
from tests.screenshots import TERMINAL
from tui.runtime import Jobs
from tui.text import use_language
from tui.text.compile_catalogue import compile_catalogues

# Even where the environment forbids it: without its bytecode every worker rewrites the asserts of
# all tests, and every program that a test starts compiles all that it imports.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
compile_catalogues(ROOT)
settings.register_profile("without deadlines", deadline=None)
settings.load_profile("without deadlines")


def pytest_collection_finish() -> None:
    """Leave the modules and the collected tests out of every later garbage collection."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def caches_are_seen() -> Iterator[None]:
    """The collector tells of no object that is frozen, of Textual's caches neither."""
    gc.unfreeze()
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ours = ("RENEWAL_HOME", "RENEWAL_ACCOUNT", "RENEWAL_READ_ONLY", "RENEWAL_LANG")
    for name in (*ours, "TMUX", "NO_COLOR", "LC_ALL", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in TERMINAL.items():
        monkeypatch.setenv(name, value)
    use_language("en")  # whatever the test before has spoken
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")


@pytest.fixture(autouse=True)
def _ended_threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the threads of each app end with its test: each holds the app, by the stderr that it was
    made with, and so its files."""
    made: list[Jobs] = []
    original = Jobs.__init__

    def kept(jobs: Jobs) -> None:
        original(jobs)
        made.append(jobs)

    monkeypatch.setattr(Jobs, "__init__", kept)
    yield
    for jobs in made:
        jobs.finish(0)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program on an empty home."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    return Program(home)


@pytest.fixture
def example(program: Program) -> Program:
    """The program on the contract's own example."""
    assert program("practice", "reset", "--scenario", str(EXAMPLE)).exit == 0
    return program
