"""What one change by a person costs: overviews of the account, and openings of its database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from store.database.open import open_database
from store.items.overview import read_overview
from store.session import Session
from store.walkthroughs.opening import open_walk
from store.walkthroughs.stepping import go_to_next_step
from store.walkthroughs.view import read_walkthrough
from tests.stories.driver import Desk, at_the_desk, prepared_session
from tests.stories.scenarios import account, enterprise

ACCOUNT = account("9000.00", instances=[enterprise()])


class Counts:
    """How often each was done since `restart`."""

    def __init__(self) -> None:
        self.overviews = self.openings = 0

    def restart(self) -> None:
        self.overviews = self.openings = 0


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    counts = Counts()

    def counted_overview(*arguments: Any) -> object:
        counts.overviews += 1
        return read_overview(*arguments)

    def counted_opening(*arguments: Any) -> object:
        counts.openings += 1
        return open_database(*arguments)

    monkeypatch.setattr("store.session.read_overview", counted_overview)
    monkeypatch.setattr("store.session.open_database", counted_opening)
    return counts


@pytest.mark.parametrize("steps", [0, 1])
@pytest.mark.parametrize("procedure", ["P-IOT-RENEW", "P-TICKET"])
def test_a_walk_through_is_shown_from_one_overview(
    tmp_path: Path, counts: Counts, procedure: str, steps: int
) -> None:
    with prepared_session(tmp_path, ACCOUNT) as session:
        session.sync()
        counts.restart()
        walk = open_walk(session, procedure, "iot-060a0bcd")
        assert counts.overviews == 1
        for _ in range(steps):
            walk = go_to_next_step(session, walk)
        counts.restart()
        shown = read_walkthrough(session, walk)
        assert counts.overviews == 1
        assert ("iot-060a0bcd" in (shown.step.carry or "")) is (
            procedure == "P-TICKET" or steps == 0
        )
        counts.restart()
        assert read_walkthrough(session, walk, session.overview()) == shown
        assert counts.overviews == 1


async def on_the_row(desk: Desk, counts: Counts) -> None:
    await desk.go_to("instances", "iot-060a0bcd")
    counts.restart()


async def test_a_renewal(tmp_path: Path, counts: Counts) -> None:
    async with at_the_desk(tmp_path, ACCOUNT) as desk:
        await on_the_row(desk, counts)
        await desk.press("r")
        await desk.choose("1 month")
        await desk.press("escape")
        assert counts.overviews == 0
        counts.restart()
        await desk.press("r")
        await desk.choose("1 month")
        await desk.confirm("0bcd")
        desk.shows_dialog("1 of 1 paid")
        await desk.close()
        assert "24 Dec" in desk.row("iot-060a0bcd")
        assert counts.overviews == 1
        assert counts.openings <= 6


async def test_steps_of_a_walk_through(tmp_path: Path, counts: Counts) -> None:
    async with at_the_desk(tmp_path, ACCOUNT) as desk:
        await on_the_row(desk, counts)
        await desk.press("w")
        await desk.press("enter")
        desk.sees("step 3 of 4")
        counts.restart()
        await desk.press("backspace")
        desk.sees("step 2 of 4")
        assert counts.overviews == 1
        assert counts.openings <= 4
        counts.restart()
        await desk.press("enter")
        desk.sees("step 3 of 4")
        assert counts.overviews == 1
        await desk.press("enter")
        await desk.choose("1 month")
        counts.restart()
        await desk.confirm("0bcd")
        await desk.close()
        desk.shows_dialog("Done")
        assert counts.overviews == 1
        await desk.close()
        await desk.clear_notices()
        assert "24 Dec" in desk.row("iot-060a0bcd")
        assert counts.overviews == 1


async def test_looking_at_an_item_and_a_payment(tmp_path: Path, counts: Counts) -> None:
    async with at_the_desk(tmp_path, ACCOUNT) as desk:
        await on_the_row(desk, counts)
        await desk.press("enter", "escape", "?", "escape", "2", "1")
        assert counts.overviews == 0


async def test_changes_by_others_are_shown_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(tmp_path, ACCOUNT) as desk:
        with Session.open(desk.app.session.home) as other:
            other.practice.top_up(other.practice.balance().available)
            other.sync()
        await desk.press("?", "escape")
        desk.misses("18,000.00")
        monkeypatch.setattr("tui.snapshot.OLD_AFTER", -1.0)
        await desk.press("?", "escape")
        desk.sees("18,000.00")
