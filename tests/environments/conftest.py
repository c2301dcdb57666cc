"""Homes that several tests begin with, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.environments.program import copy_of, run


@pytest.fixture(scope="session")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the tour, synced, with money for a renewal."""
    home = tmp_path_factory.mktemp("synced") / "home"
    assert run(home, "practice", "topup", "100000", env={"HOME": str(home.parent)}).exit == 0
    assert run(home, "sync", env={"HOME": str(home.parent)}).exit == 0
    return home


@pytest.fixture
def home(synced: Path, tmp_path: Path) -> Path:
    """Such a home for one test."""
    return copy_of(synced, tmp_path)
