"""`:` finds items, commands, procedures, accounts and settings, and says what each will do."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk


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
        desk.sees("Nothing is called that.")
