"""Come back after a day: the changes are shown once, and can be opened."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise


async def test_a_line_on_start_that_can_be_opened_and_closed(tmp_path: Path) -> None:
    there = account("500.00", instances=[enterprise()])
    async with at_the_desk(tmp_path, there, size=(80, 24)) as desk:
        desk.misses("changes since")
        await desk.press("C")
        desk.sees("no changes since your last session")
        with desk.cloud() as cloud:
            cloud.top_up(Decimal(120))
            cloud.advance(timedelta(days=2))
    async with at_the_desk(tmp_path, fresh=False, size=(80, 24)) as desk:
        desk.sees("C changes since 22 Nov 09:00 (2 d ago): 1 ended, available CNY +120.00")
        await desk.press("C")
        desk.shows_dialog("What has changed", "1 ended", "Factory floor")
        await desk.press("enter")
        desk.misses("changes since")
        await desk.press("C")
        desk.shows_dialog("What has changed", "1 ended")
    async with at_the_desk(tmp_path, fresh=False) as desk:
        desk.misses("changes since")
