"""Keys of one's own: what fits works and is shown everywhere, what does not fit says why."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from store.errors import BadFile
from store.home import open_home
from store.session import Session
from tests.contract.program import Program
from tests.tui.stage import text_of
from tui.app import RenewalApp
from tui.commands.keymap import TAKEN, chosen_keys, keymap
from tui.commands.registry import command, groups
from tui.commands.table import COMMANDS, use_keys
from tui.dialogs.help import HelpDialog
from tui.dialogs.palette import PaletteDialog
from tui.widgets.key_bar import KeyBar

MANUAL = Path(__file__).parents[2] / "tui" / "cli" / "manual"


@pytest.fixture(autouse=True)
def usual_again() -> Iterator[None]:
    yield
    use_keys({})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_example_of_the_manual_fits(language: str) -> None:
    page = (MANUAL / f"configuration.{language}.md").read_text("utf-8")
    (example,) = re.findall(r"^    \[keys\]\n(?:    .*\n)+", page, re.MULTILINE)
    keys = tomllib.loads(dedent(example))["keys"]
    chosen = chosen_keys(
        {name: [each] if isinstance(each, str) else each for name, each in keys.items()}
    )
    assert chosen["renew"] == ("f5",)


@pytest.mark.parametrize(
    ("name", "key", "message"),
    [
        ("pay", "f5", "no command with that name"),
        ("choose", "f5", "no command with that name"),
        ("renew", "t", "topup"),
        ("topup", "r", "renew"),
        ("renew", "j", "down"),
        ("sync", "w", "walk"),
        ("renew", "enter", "moves, chooses"),
        ("back", "Down", "moves, chooses"),
        ("renew", "ctrl+b", "tmux"),
        ("renew", "Ctrl+A", "tmux"),
        ("renew", "ctrl+i", "a different key"),
        ("renew", "ctrl+shift+x", "every terminal"),
        ("renew", "super+x", "every terminal"),
        ("renew", "ctrl+1", "every terminal"),
        ("renew", "f13", "every terminal"),
        ("renew", "\x1b", "every terminal"),
    ],
)
def test_what_does_not_fit_names_its_place(name: str, key: str, message: str) -> None:
    with pytest.raises(BadFile, match=f"keys.{name}.*{message}") as raised:
        chosen_keys({name: [key]})
    assert "\x1b" not in raised.value.message


def test_keys_can_be_swapped_and_moving_keeps_its_keys() -> None:
    chosen = chosen_keys({"renew": ["t"], "topup": ["r"], "down": ["n"], "clock": ["f8"]})
    assert (chosen["renew"], chosen["topup"]) == (("t",), ("r",))
    assert chosen["down"] == ("down", "j", "n")
    assert keymap(chosen_keys({"mark": ["%", ","]})) == {"mark": "percent_sign,comma"}
    assert chosen_keys({"leave": ["esc", "Z"]})["leave"] == ("escape", "Z")
    assert not {key for each in COMMANDS for key in each.default_keys} & TAKEN


async def test_the_chosen_keys_work_and_are_shown(program: Program) -> None:
    (program.home / "config.toml").write_text(
        '[keys]\nhelp = "f9"\npalette = "P"\nlicenses = ["=", "f7"]\nmark = "*"\ntheme = "Z"\n'
    )
    program("sync")
    app = RenewalApp(Session.open(open_home(str(program.home))))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "f9 keys" in text_of(app)
        await pilot.press("?", "2", ":")
        assert len(app.screen_stack) == 1
        await pilot.press("equals_sign", "asterisk")
        await pilot.pause()
        assert app.screen.query(KeyBar)
        assert "1 marked" in text_of(app)
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(app.screen, HelpDialog)
        await pilot.press("escape", "P")
        await pilot.pause()
        assert isinstance(app.screen, PaletteDialog)
        await pilot.press(*"anything")
        await pilot.pause()
        assert "P  Find anything by name" in text_of(app)
        await pilot.press("escape")
    keys = {each.id: each.keys for _, commands in groups() for each in commands}
    assert keys["help"] == ("f9",)
    assert command("licenses").keys == ("=", "f7")


def test_the_app_refuses_and_the_doctor_reports(program: Program) -> None:
    config = program.home / "config.toml"
    config.write_text('[keys]\nrenew = "t"\n')
    with pytest.raises(BadFile, match=r"config.toml: keys.renew"):
        RenewalApp(Session.open(open_home(str(program.home))))
    findings = program("doctor", "--json")
    assert findings.exit == 1
    (finding,) = [each for each in findings.json["findings"] if "keys" in each["what"]]
    assert "topup" in finding["words"]
    assert program("status", "--line").exit == 3
    for wrong in ("renew = 5", "renew = []", "renew = [1]", 'renew = ""'):
        config.write_text(f"[keys]\n{wrong}\n")
        assert program("status").exit == 64
