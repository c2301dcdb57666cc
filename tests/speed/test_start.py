"""How little is done until the first screen stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.screen import Screen

from tests.stories.driver import WatchedApp, prepared_session
from tests.tui.stage import text_of


class Painted(WatchedApp):
    """Keeps what the screen was at each painting."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.paintings: list[str] = []

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if renderable is not None:
            self.paintings.append(text_of(self))
        super()._display(screen, renderable)


async def test_what_is_painted_first_is_the_whole_screen(tmp_path: Path) -> None:
    with prepared_session(tmp_path, "tour") as session:
        session.sync()
        app = Painted(session)
        async with app.run_test(size=(120, 36)) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause()
    first, last = app.paintings[0], app.paintings[-1]
    assert "Boiler house" in first
    assert "3,600.00 / 12 mo" in first
    assert [line[:118] for line in first.splitlines()] == [line[:118] for line in last.splitlines()]
