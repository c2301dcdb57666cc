"""Licenses by hand in the app: added, edited, imported, removed, undone; and bound."""

from __future__ import annotations

from pathlib import Path

from tests.line.test_line_mode import answers, number
from tests.store.test_license_csv import GOOD, HEADER, csv_file
from tests.stories.driver import Desk, at_the_desk
from tests.stories.scenarios import account, sdk_license

MORE = "lic-b,Tools,,,Player SDK,2027-01-01T00:00:00+08:00,,\n"


async def fill_in(desk: Desk, *texts: str) -> None:
    """Type a text into each box of the form, and submit it."""
    for text in texts:
        await desk.answer(text)


async def add_tools(desk: Desk) -> None:
    await desk.press("2", "+")
    await fill_in(desk, "lic-b", "Tools", "", "vod-1", "Effects", "soon", "", "")


async def test_add_edit_remove_and_undo(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account(licenses=[sdk_license()])) as desk:
        await add_tools(desk)
        desk.shows_dialog("Add a license", "Ends: expected a time such as")
        await desk.write("2027-01-31")
        await desk.press("enter", "enter", "enter")
        desk.sees("2 Licenses 2", "Tools", "vod-1", "Effects")
        await desk.press("e")  # the cursor is on the new license
        desk.shows_dialog("Edit license lic-b", "Ends › 2027-01-31 ")
        await fill_in(desk, "Tools 2", *["" for _ in range(6)])
        desk.shows_dialog("Edit license lic-b", "SDKs: expected")
        await desk.press("escape", "e", "end", "ctrl+u", *"Tools2", *["enter"] * 7)
        desk.sees("Tools2")
        await desk.press("u")
        desk.misses("Tools2")
        await desk.press("-")
        await desk.choose("Remove")
        desk.sees("2 Licenses 1")
        await desk.press("u")
        desk.sees("2 Licenses 2", "Tools")


async def test_what_the_cloud_lists_is_not_edited_or_removed(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account(licenses=[sdk_license()])) as desk:
        await desk.go_to("licenses", "lic-kids")
        for key, why in (
            ("e", "only licenses added by hand can be edited"),
            ("-", "only a license that was added by hand can be removed"),
        ):
            await desk.press(key)
            desk.sees(why)
        await desk.press("+")
        await desk.answer("lic-kids")
        await desk.press(*["enter"] * 3)
        await fill_in(desk, "Player SDK", "2027-01-31", "", "")
        desk.shows_dialog("Add a license", "lic-kids is listed already: edit it instead")


async def test_an_import_shows_what_it_changes_first(tmp_path: Path) -> None:
    text = HEADER + GOOD + MORE + GOOD.replace("lic-a", "lic c")
    path = csv_file(tmp_path, text)
    async with at_the_desk(tmp_path / "home", account(licenses=[sdk_license()])) as desk:
        await desk.press("I")
        await desk.answer(str(tmp_path / "none.csv"))
        desk.shows_dialog("Cannot be imported", "does not exist")
        await desk.close()
        await desk.answer(str(path))
        desk.shows_dialog(
            path.name, "2 added", "+ lic-a: Kids app", "1 rejected", "line 4 license_id"
        )
        await desk.press("escape")
        desk.sees("2 Licenses 1")
        await desk.press("I")
        await desk.answer(str(path))
        await desk.choose("Import 2 licenses")
        desk.sees("2 Licenses 3")
        csv_file(tmp_path, HEADER + GOOD.replace("180.00", "90.00") + MORE)
        await desk.press("I")
        await desk.answer(str(path))
        desk.shows_dialog(
            path.name, "1 changed", "~ lic-a: Price a month 180.00 → 90.00", "1 unchanged"
        )
        await desk.choose("Import 1 license")
        await desk.press("I")
        await desk.answer(str(path))
        desk.shows_dialog(path.name, "Nothing to import.", "2 unchanged")
        await desk.press("escape", "u", "u")
        desk.sees("2 Licenses 1")


async def test_an_unbound_license_is_bound_to_what_needs_it(tmp_path: Path) -> None:
    parts = [
        sdk_license(instance_id="", sdks=["Player SDK"]),
        sdk_license("lic-old", application="", expires_at="2026-11-25T00:00:00+08:00"),
        sdk_license(
            "lic-spare", application="", expires_at="2027-12-01T00:00:00+08:00", instance_id="v-2"
        ),
    ]
    parts[1]["instance_id"] = "v-1"
    async with at_the_desk(tmp_path, account(licenses=parts)) as desk:
        await desk.go_to("licenses", "lic-spare")
        await desk.press("B")
        await desk.choose("Kids app")
        assert desk.license("lic-spare")["application"] == "Kids app"
        await desk.move_to("lic-old")
        await desk.press("B")
        await desk.answer("Another")
        assert desk.license("lic-old")["application"] == "Another"
        await desk.press("B")
        desk.sees("No unbound license has all the SDKs of Another")
        assert desk.truth["orders"] == []


async def test_a_bound_license_is_offered_the_spare_one(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.go_to("licenses", "lic-studio")
        await desk.press("B")
        await desk.choose("Player SDK")
        assert desk.license("lic-spare")["application"] == "Studio"


async def test_a_license_that_cannot_be_renewed_is_offered_the_spare_one_first(
    tmp_path: Path,
) -> None:
    async with at_the_desk(tmp_path) as desk:
        await desk.go_to("licenses", "lic-studio")
        await desk.press("r", "enter")
        desk.shows_dialog("Bind a license to Studio", "lic-spare")
        await desk.press("enter")
        assert desk.license("lic-spare")["application"] == "Studio"
        assert desk.truth["orders"] == []


async def test_nothing_is_bound_with_read_only(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, read_only=True) as desk:
        await desk.press("s")
        await desk.go_to("licenses", "lic-spare")
        await desk.press("B")
        desk.sees("read-only mode")
        assert desk.license("lic-spare")["application"] == ""


def test_add_import_edit_and_remove_in_line_mode(tmp_path: Path) -> None:
    menu = answers(tmp_path).stdout
    add, bring, items = (
        number(menu, label) for label in ("Add a license", "Import licenses", "All items")
    )
    row = ("lic-b", "Tools", "", "vod-1", "Effects", "soon", "", "")
    added = answers(tmp_path, add, *row, "2027-01-31").stdout
    assert "Ends: expected a time such as" in added
    path = csv_file(tmp_path, HEADER + GOOD)
    preview = answers(tmp_path, bring, str(path), "1").stdout
    assert "+ lic-a: Kids app" in preview
    assert "1 license kept" in preview
    listed = answers(tmp_path, items).stdout
    tools = number(listed, "Tools (lic-b)")
    page = answers(tmp_path, items, tools).stdout
    remove = number(page, " Remove")
    assert number(page, " Edit")
    kept = answers(tmp_path, items, tools, remove, "1").stdout
    assert "Tools (lic-b)" in kept
    answers(tmp_path, items, tools, remove, "2")
    listed = answers(tmp_path, items).stdout
    assert "lic-b" not in listed
    assert "Kids app (lic-a)" in listed
