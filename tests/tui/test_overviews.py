"""How often the account is read for what a person does: once for each change."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.items.overview import Overview
from store.session import Session
from tests.stories.driver import Desk, at_the_desk
from tests.stories.scenarios import account, enterprise

ACCOUNT = account("9000.00", instances=[enterprise()])


@pytest.fixture
def overviews(monkeypatch: pytest.MonkeyPatch) -> list[Overview]:
    """Every overview that is read from now on."""
    read: list[Overview] = []
    original = Session.overview

    def overview(*arguments: object, **options: object) -> Overview:
        read.append(original(*arguments, **options))  # type: ignore[arg-type]
        return read[-1]

    monkeypatch.setattr(Session, "overview", overview)
    return read


async def on_the_row(desk: Desk, overviews: list[Overview]) -> None:
    await desk.go_to("instances", "iot-060a0bcd")
    overviews.clear()


async def test_a_renewal(tmp_path: Path, overviews: list[Overview]) -> None:
    async with at_the_desk(tmp_path, ACCOUNT) as desk:
        await on_the_row(desk, overviews)
        await desk.press("r")
        await desk.choose("1 month")
        await desk.press("escape")
        assert overviews == []
        await desk.press("r")
        await desk.choose("1 month")
        await desk.confirm("0bcd")
        desk.shows_dialog("1 of 1 paid")
        await desk.close()
        assert "24 Dec" in desk.row("iot-060a0bcd")
        assert len(overviews) == 1


async def test_steps_of_a_walk_through(tmp_path: Path, overviews: list[Overview]) -> None:
    async with at_the_desk(tmp_path, ACCOUNT) as desk:
        await on_the_row(desk, overviews)
        await desk.press("w")
        await desk.press("enter")
        desk.sees("step 3 of 4")
        overviews.clear()
        await desk.press("backspace")
        desk.sees("step 2 of 4")
        assert len(overviews) == 1
        overviews.clear()
        await desk.press("enter")
        desk.sees("step 3 of 4")
        assert len(overviews) == 1
        await desk.press("enter")
        await desk.choose("1 month")
        overviews.clear()
        await desk.confirm("0bcd")
        await desk.close()
        desk.sees("step 4 of 4")
        assert len(overviews) == 1
        await desk.press("escape")
        await desk.clear_notices()
        assert "24 Dec" in desk.row("iot-060a0bcd")
        assert len(overviews) == 1


async def test_looking_at_an_item_and_a_payment(tmp_path: Path, overviews: list[Overview]) -> None:
    async with at_the_desk(tmp_path, ACCOUNT) as desk:
        await on_the_row(desk, overviews)
        await desk.press("enter", "escape", "?", "escape", "2", "1")
        assert overviews == []


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
