"""The first start offers the profiles of this machine, and practice."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from tests.stories.driver import at_the_desk


def profiles(folder: Path) -> None:
    """A profile without keys: it is refused at once, without a request."""
    (folder / ".aliyun").mkdir()
    file = folder / ".aliyun" / "config.json"
    file.write_text(json.dumps({"profiles": [{"name": "ops", "mode": "AK", "site": "china"}]}))


async def test_practice_first_and_it_is_not_asked_again(tmp_path: Path) -> None:
    profiles(tmp_path)
    home = tmp_path / "home"
    async with at_the_desk(home) as desk:
        desk.shows_dialog("Welcome", "View profile ops", "nothing is paid from it")
        await desk.choose("Practice first")
        desk.sees("PRACTICE", "Factory floor")
        assert not (home / "config.toml").exists()
    async with at_the_desk(home, fresh=False) as desk:
        assert desk.dialog == ""


async def test_a_profile_becomes_an_account_that_is_only_looked_at(tmp_path: Path) -> None:
    profiles(tmp_path)
    home = tmp_path / "home"
    async with at_the_desk(home) as desk:
        await desk.choose("View profile ops")
        desk.sees("ops · China site", "LIVE")
    config = tomllib.loads((home / "config.toml").read_text())
    assert config["accounts"]["ops"] == {
        "cloud": "alibaba",
        "site": "china",
        "profile": "ops",
        "payments": False,
    }
    async with at_the_desk(home, fresh=False) as desk:
        desk.sees("ops · China site", "LIVE")
        await desk.press("A")
        await desk.choose("practice")
        desk.sees("PRACTICE", "Factory floor")


async def test_all_accounts_in_one_list(tmp_path: Path) -> None:
    profiles(tmp_path)
    async with at_the_desk(tmp_path / "home") as desk:
        await desk.choose("View profile ops")
        await desk.press("A")
        await desk.choose("practice")
        await desk.press("A")
        await desk.choose("All accounts in one list")
        desk.sees("All accounts", "ops", "not synced yet", "Factory floor")
        await desk.move_to("practice\niot-060a0bcd")
        await desk.press("enter")
        desk.sees("Factory floor", "deleted")
