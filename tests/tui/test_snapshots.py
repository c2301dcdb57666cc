"""What the screens look like, once each, with names that people really give.

Looked at by a person before they are stored: `pytest tests/tui/test_snapshots.py
--snapshot-update -n 0`, then open the SVG files.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from tests.store.test_license_csv import GOOD, HEADER, csv_file
from tests.stories.driver import Desk, Scenario, WatchedApp, prepared_session
from tests.stories.idle import quick_waits
from tests.stories.scenarios import odd_names

Compare = Callable[..., bool]
Look = Callable[[tuple[int, int], Callable[[Desk], Awaitable[None]]], bool]


def as_size(size: tuple[int, int]) -> str:
    """`120x36`"""
    return "x".join(map(str, size))


@contextmanager
def looking(snap_compare: Compare, home: Path, scenario: Scenario) -> Iterator[Look]:
    """Compares the screen after these keys with the stored one."""
    session = prepared_session(home, scenario)
    app = WatchedApp(session)

    def look(size: tuple[int, int], keys: Callable[[Desk], Awaitable[None]]) -> bool:
        async def run_before(pilot: Pilot[int]) -> None:
            desk = Desk(app, pilot, session.home.folder)
            await desk.settle()
            await keys(desk)
            await desk.clear_notices()

        shown: App[int] = app
        return snap_compare(shown, terminal_size=size, run_before=run_before)

    with quick_waits():
        yield look
    session.close()


@pytest.fixture
def looks_the_same(snap_compare: Compare, tmp_path: Path) -> Iterator[Look]:
    """Whether the screen after these keys is the stored one, with odd names."""
    with looking(snap_compare, tmp_path, odd_names()) as look:
        yield look


@pytest.fixture
def tour_looks_the_same(snap_compare: Compare, tmp_path: Path) -> Iterator[Look]:
    """The same in the tour, where money is owed."""
    with looking(snap_compare, tmp_path, "tour") as look:
        yield look


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 15)], ids=as_size)
def test_main_screen(looks_the_same: Look, size: tuple[int, int]) -> None:
    async def keys(desk: Desk) -> None:
        await desk.settle()

    assert looks_the_same(size, keys)


@pytest.mark.parametrize("pane", ["1", "2", "3"])
def test_other_panes(looks_the_same: Look, pane: str) -> None:
    async def keys(desk: Desk) -> None:
        await desk.press(pane)

    assert looks_the_same((100, 30), keys)


def test_filtered_sorted_and_marked(looks_the_same: Look) -> None:
    async def keys(desk: Desk) -> None:
        await desk.press("1", "slash")
        await desk.answer("edition:enterprise")
        await desk.press("S", "space", "down")

    assert looks_the_same((100, 30), keys)


def test_item_page(looks_the_same: Look) -> None:
    async def keys(desk: Desk) -> None:
        await desk.go_to("instances", "iot-odd-1")
        await desk.press("enter")

    assert looks_the_same((100, 36), keys)


@pytest.mark.parametrize("size", [(100, 30), (60, 20)], ids=as_size)
def test_walk_through(looks_the_same: Look, size: tuple[int, int]) -> None:
    async def keys(desk: Desk) -> None:
        await desk.go_to("licenses", "lic-kids")
        await desk.press("w", "enter", "enter")

    assert looks_the_same(size, keys)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 15)], ids=as_size)
def test_renewal_form(looks_the_same: Look, size: tuple[int, int]) -> None:
    async def keys(desk: Desk) -> None:
        await desk.go_to("instances", "iot-odd-4")
        await desk.press("r", "space", *"odd")

    assert looks_the_same(size, keys)


def test_renewal_form_in_chinese(looks_the_same: Look) -> None:
    async def keys(desk: Desk) -> None:
        await desk.press("L")
        await desk.go_to("licenses", "lic-kids")
        await desk.press("r", "down", "down")

    assert looks_the_same((80, 24), keys)


def test_palette(looks_the_same: Look) -> None:
    async def keys(desk: Desk) -> None:
        await desk.press(":")
        await desk.write("renew")

    assert looks_the_same((80, 24), keys)


def test_help(looks_the_same: Look) -> None:
    async def keys(desk: Desk) -> None:
        await desk.press("?")

    assert looks_the_same((80, 24), keys)


SIZES_OF_PLAN = [(120, 36), (80, 24), (40, 15)]


@pytest.mark.parametrize("size", SIZES_OF_PLAN, ids=as_size)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_keep_everything(looks_the_same: Look, size: tuple[int, int], lang: str) -> None:
    async def keys(desk: Desk) -> None:
        await desk.press("K", "down", "right", "space")
        if lang == "zh":
            await desk.press("L")

    assert looks_the_same(size, keys)


def test_keep_everything_in_the_light_theme(looks_the_same: Look) -> None:
    async def keys(desk: Desk) -> None:
        desk.app.theme = "renewal-light"
        await desk.press("K")

    assert looks_the_same((100, 30), keys)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 15)], ids=as_size)
def test_account_page(tour_looks_the_same: Look, size: tuple[int, int]) -> None:
    async def keys(desk: Desk) -> None:
        await desk.press("b")

    assert tour_looks_the_same(size, keys)


@pytest.mark.parametrize("size", [(160, 40), (120, 36), (80, 24), (40, 15)], ids=as_size)
def test_licenses_by_order(tour_looks_the_same: Look, size: tuple[int, int]) -> None:
    async def keys(desk: Desk) -> None:
        await desk.press("2")

    assert tour_looks_the_same(size, keys)


@pytest.mark.parametrize("size", [(120, 36), (40, 15)], ids=as_size)
def test_import_preview(tour_looks_the_same: Look, tmp_path: Path, size: tuple[int, int]) -> None:
    path = csv_file(tmp_path, HEADER + GOOD + GOOD.replace("lic-a", "lic c"))

    async def keys(desk: Desk) -> None:
        await desk.press("2", "I")
        await desk.answer(str(path))

    assert tour_looks_the_same(size, keys)


@pytest.mark.parametrize("size", [(120, 36), (40, 15)], ids=as_size)
def test_form_of_a_license(tour_looks_the_same: Look, size: tuple[int, int]) -> None:
    async def keys(desk: Desk) -> None:
        await desk.press("2", "+")

    assert tour_looks_the_same(size, keys)


def test_details_on_a_wide_screen(tour_looks_the_same: Look) -> None:
    async def keys(desk: Desk) -> None:
        await desk.settle()

    assert tour_looks_the_same((160, 40), keys)
