"""Lines on the screen break where Chinese allows it, and never within a foreign name."""

from __future__ import annotations

import pytest
from textual.content import Content

import tui.display.app  # noqa: F401  # draws lines with the breaks that are tested here
from tui.text.cells import cells

STEP = (
    "购买一个 storage 类型的资源包。价格：¥480.00。Storage 1 TB 剩余 37.24 GB，"
    "到期时间 2026年12月24日（含）。"
)
SOURCE = "物联网平台：Overdue payments（欠费与续费方式，英文文档），2023年10月31日 · IOT-3"


def lines_of(text: str, width: int) -> list[str]:
    return [line.plain for line in Content(text).wrap(width)]


def test_chinese_fills_its_lines_and_keeps_names_dates_and_amounts_whole() -> None:
    assert lines_of(STEP, 38) == [
        "购买一个 storage 类型的资源包。价格：",
        "¥480.00。Storage 1 TB 剩余 37.24 GB，",
        "到期时间 2026年12月24日（含）。",
    ]
    assert lines_of(SOURCE, 38) == [
        "物联网平台：Overdue payments（欠费与续",
        "费方式，英文文档），2023年10月31日 ·",
        "IOT-3",
    ]


@pytest.mark.parametrize("text", [STEP, SOURCE, "“A name (so called)” — can’t " * 3, "😀" * 30])
def test_no_line_is_too_wide_and_nothing_is_lost(text: str) -> None:
    for width in range(16, 60):
        lines = lines_of(text, width)
        assert all(cells(line) <= width for line in lines), width
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not any(line.startswith(tuple("，。：）、”")) for line in lines)


def test_what_is_longer_than_a_line_is_folded() -> None:
    assert lines_of("见 https://example.com/a/long/path", 16) == [
        "见", "https://example.", "com/a/long/path",
    ]  # fmt: skip
