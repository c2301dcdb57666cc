"""How little is done until the first screen stands."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.screen import Screen

from store.walkthroughs.opening import open_walk
from store.walkthroughs.stepping import go_to_next_step
from tests.stories.driver import WatchedApp, at_the_desk, prepared_session
from tests.tui.stage import text_of
from tui.panes.instances import INSTANCES, instance_rows
from tui.panes.journal import PAYMENTS
from tui.panes.licenses import LICENSES
from tui.panes.pane import Pane
from tui.panes.plans import PLANS
from tui.panes.walks import WALKS
from tui.screens.main import MainScreen
from tui.snapshot import Snapshot, take_snapshot
from tui.widgets.rows import Row


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


async def test_the_rows_of_a_pane_are_made_when_it_is_first_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(pane: Pane, snapshot: Snapshot) -> Iterable[Row]:
        made.append(pane.id)
        return pane.rows(snapshot)

    for pane in list(MainScreen.PANES.values()):
        monkeypatch.setitem(MainScreen.PANES, pane.id, replace(pane, rows=partial(counted, pane)))
    async with at_the_desk(tmp_path) as desk:
        await desk.press("1")
        assert not made
        await desk.press("2", "1", "2", "slash")
        await desk.write("kids")
        assert made == ["licenses"]


def test_the_number_of_rows_is_known_without_making_them(tmp_path: Path) -> None:
    with prepared_session(tmp_path, "tour") as session:
        session.sync()
        go_to_next_step(session, open_walk(session, "P-IOT-RENEW", "iot-060a1f3e"))
        snapshot = take_snapshot(session)
    for pane in (LICENSES, PLANS, WALKS, PAYMENTS):
        assert pane.count(snapshot) == len(list(pane.rows(snapshot))), pane.id
    assert LICENSES.count(snapshot) > 1
    assert PLANS.count(snapshot) > 1
    assert WALKS.count(snapshot) == 1
    assert INSTANCES.count(snapshot) == len(instance_rows(snapshot, None)) > 1
