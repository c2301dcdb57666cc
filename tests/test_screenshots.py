"""The stored screenshots are what the app shows now, and fetch nothing from anywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.screenshots import FOLDER, PICTURES, Picture, render, render_rescue


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
async def test_a_stored_screenshot_is_fresh(picture: Picture, tmp_path: Path) -> None:
    stored = (FOLDER / f"{picture.name}.svg").read_text(encoding="utf-8")
    fresh = await render(picture, tmp_path)
    assert stored == fresh, "stale; run `python -m tests.screenshots` and look at what changed"


def test_no_screenshot_is_left_over() -> None:
    stored = {path.name for path in FOLDER.iterdir()}
    assert stored == {"rescue.svg", *(f"{picture.name}.svg" for picture in PICTURES)}


async def test_the_moving_picture_is_fresh_and_moves(tmp_path: Path) -> None:
    stored = (FOLDER / "rescue.svg").read_text(encoding="utf-8")
    assert stored == await render_rescue(tmp_path)
    shown = [re.sub(r"<[^>]*>|&#160;", " ", frame) for frame in stored.split('<g class="frame ')]
    assert "short" in shown[1]
    assert "renew" in shown[1]
    assert "missing" in shown[2]
    assert "of 7 paid" in shown[-2]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_no_foreign_host_in_a_screenshot(picture: Picture) -> None:
    svg = (FOLDER / f"{picture.name}.svg").read_text(encoding="utf-8")
    assert "@font-face" not in svg
    assert re.findall(r"(?:url\(|href=[\"'])(?!#)[^)\"']*", svg) == []
