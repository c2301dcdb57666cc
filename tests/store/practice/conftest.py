"""A practice cloud in a real file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.clouds.practice.cloud import PracticeCloud
from tests.store.practice.accounts import Document

Plant = Callable[[Document], PracticeCloud]


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[PracticeCloud]:
    """The practice cloud as it is first made."""
    with PracticeCloud.open(tmp_path / "practice.db") as opened:
        yield opened


@pytest.fixture
def plant(cloud: PracticeCloud) -> Plant:
    """The cloud with this scenario in it."""

    def planted(document: Document) -> PracticeCloud:
        cloud.reset(document)
        return cloud

    return planted
