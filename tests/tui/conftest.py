"""What all tests of screens share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stories.idle import quick_waits


@pytest.fixture
def quick() -> Iterator[None]:
    """Look for idleness often: for tests that wait for what they check."""
    with quick_waits():
        yield
