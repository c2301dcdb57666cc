"""`:` finds items, commands, procedures, accounts and settings, and says what each will do."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Static

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise
from tui.dialogs.palette import PaletteDialog, PaletteEntry


async def test_an_item_by_its_name_opens_its_page(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, pane="due") as desk:
        await desk.press(":")
        await desk.write("cold")
        desk.sees("Cold storage", "running")
        await desk.press("enter")
        desk.sees("Cold storage", "Instance ID")
        await desk.press("escape")
        desk.sees("0 Due")


async def test_an_item_by_its_application_and_by_its_id(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, pane="due") as desk:
        for words in ("com.example.kids", "060a0bcd"):
            await desk.press(":")
            await desk.write(words)
            await desk.press("enter")
            desk.sees("esc go back")
            await desk.press("escape")


async def test_enter_waits_for_the_search(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, pane="due") as desk:
        await desk.pilot.press(":", *"boiler", "enter")
        await desk.settle()
        desk.sees("Boiler house", "esc go back")


async def test_an_account_a_theme_and_nothing(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, pane="due") as desk:
        before = desk.app.theme
        await desk.find("theme: light")
        assert desk.app.theme != before
        assert 'theme = "light"' in (tmp_path / "config.toml").read_text()
        await desk.press(":")
        await desk.write("account prac")
        desk.sees("Account practice", "switch to it")
        await desk.press("escape", ":")
        await desk.write("zzzz")
        desk.sees("No matches.")


async def test_a_procedure_is_offered_for_the_first_items_by_deadline(tmp_path: Path) -> None:
    days = [f"2026-{month}-{day:02}" for month in (11, 12) for day in range(1, 31)][24:]
    instances = [
        enterprise(f"iot-{day}-{n}", name=f"Line {n}", expires_at=f"{day}T00:00:00+08:00")
        for n in range(3)
        for day in days
    ]
    async with at_the_desk(tmp_path, account("0.00", instances=instances), pane="due") as desk:
        await desk.find("renew an enterprise")
        desk.sees("Only the first 100 by deadline are listed", "iot-2026-11-25-0")
        await desk.press("end")
        desk.sees("iot-2026-12-28-0")
        desk.misses("iot-2026-12-28-1")
        await desk.press("enter")
        desk.sees("Renew an Enterprise Edition instance")


async def test_a_procedure_without_an_item_says_so(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account("0.00", instances=[enterprise()])) as desk:
        await desk.find("renew a license")
        desk.shows_dialog(
            "Renew a license, method 1", "This account has no item for this procedure."
        )


async def test_a_search_that_ends_while_its_dialog_closes_shows_nothing(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, pane="due") as desk:
        await desk.press(":")
        dialog = desk.app.screen
        assert isinstance(dialog, PaletteDialog)

        async def search(words: str) -> list[PaletteEntry]:
            dialog.dismiss(None)
            await dialog.query(Static).remove()  # as its parts go before it does
            assert dialog.is_attached
            return [PaletteEntry("a", words)]

        await dialog._find(search, "boiler")
        await desk.settle()
        desk.sees("0 Due")
