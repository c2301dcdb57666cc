"""The first line fits every width, and keeps the flag and the time to the last."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from store.times import BEIJING
from tests.tui.stage import Stage, lines_of
from tui.text.cells import cells
from tui.widgets.header import HeaderLine, Heading, heading_line

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=BEIJING)
TOUR = Heading("practice", "China site", True, NOW, "synced 2 min ago", "2 min")
LONG = replace(TOUR, account="[/b] 生产账户" * 20, practice=False, read_only=True)


@pytest.mark.parametrize("heading", [TOUR, LONG])
def test_it_takes_exactly_the_width(heading: Heading) -> None:
    flag = "PRACTICE" if heading.practice else "LIVE READ-ONLY"
    for width in range(10, 160):
        line = heading_line(heading, width).plain
        assert cells(line) == max(width, cells(flag) + 2)
        assert flag in line
        if width >= 44:
            assert "22 Nov" in line
            assert "09:00 UTC+8" in line
            assert "2 min" in line


@pytest.mark.parametrize(
    ("width", "parts"),
    [
        (120, ["Renewal Assistant   practice · China site", "22 Nov 2026 09:00 UTC+8"]),
        (80, ["practice · China site", "22 Nov 2026 09:00 UTC+8", "synced 2 min ago"]),
        (60, ["practice ", "PRACTICE", "22 Nov 09:00 UTC+8", "synced 2 min ago"]),
        (38, ["PRACTICE", "22 Nov 09:00 UTC+8", "2 min"]),
    ],
)
def test_forms(width: int, parts: list[str]) -> None:
    line = heading_line(TOUR, width).plain
    for part in parts:
        assert part in line


async def test_it_is_drawn_again_when_the_window_is_another() -> None:
    header = HeaderLine()
    stage = Stage(header)
    async with stage.run_test(size=(120, 5)) as pilot:
        header.show(LONG)
        await pilot.pause()
        assert "LIVE READ-ONLY" in lines_of(stage)[0]
        assert "…" in lines_of(stage)[0]
        header.show(TOUR)
        await pilot.resize_terminal(40, 5)
        await pilot.pause()
        assert lines_of(stage)[0].strip().startswith("PRACTICE")
