"""The tour is short, fits a small terminal, and names the keys that there are."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tui.commands.registry import command
from tui.dialogs.tour import tour_pages


async def test_page_by_page_with_enter(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, size=(60, 20)) as desk:
        await desk.find("tour")
        for number, page in enumerate(tour_pages(), 1):
            desk.shows_dialog(f"{page.title} · {number}/5")
            desk.sees(page.paragraphs[-1])
            await desk.press("enter")
        desk.misses("5/5")


async def test_esc_leaves_at_any_page(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.find("tour")
        await desk.press("enter", "escape")
        desk.misses("2/5")


async def test_the_arrows_turn_the_pages_and_stop_at_both_ends(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.find("tour")
        await desk.press("left")
        desk.sees("1/5")
        await desk.press("right", "right", "left")
        desk.sees("2/5")
        await desk.press(*["right"] * 5)
        desk.sees("5/5")
        await desk.press("enter")
        desk.misses("5/5")


def test_it_names_the_keys_as_they_are() -> None:
    text = " ".join(line for page in tour_pages() for line in page.paragraphs)
    for each in ("walk", "renew", "reconcile", "palette", "ahead"):
        assert f"{command(each).key} " in text
