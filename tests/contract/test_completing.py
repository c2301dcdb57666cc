"""What is offered to a shell: only what is stored, and only what is safe on a command line."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from tests.contract.program import EXAMPLE, Program
from tui.cli.root import root


def offered(home: Path, *words: str) -> dict[str, str | None]:
    """Each completion with its help; the last of `words` is being typed."""
    shell = ShellComplete(root, {}, "renewal", "_RENEWAL_COMPLETE")
    *before, begun = words
    completions = shell.get_completions(["--home", str(home), *before], begun)
    return {completion.value: completion.help for completion in completions}


def test_what_is_stored_is_offered_with_its_name(example: Program) -> None:
    example("sync")
    assert offered(example.home, "renew", "iot-")["iot-060a0bcd"] == "Factory floor"
    assert "vod-sdk-77" in offered(example.home, "auto-renew", "vod")
    assert "lic-kids" in offered(example.home, "guide", "P-LIC-RENEW", "l")
    assert not offered(example.home, "renew", "iot-060a0bcd", "iot-060a")
    assert offered(example.home, "--account", "pr") == {"practice": "practice"}


def test_commands_and_options_are_offered_in_the_language(program: Program) -> None:
    assert set(offered(program.home, "")) >= {"status", "renew", "completion"}
    assert offered(program.home, "st")["status"]
    assert set(offered(program.home, "status", "--")) >= {"--within", "--line", "--json"}
    assert "advance" in str(offered(program.home, "practice", "clock", "--"))


def test_a_shell_is_offered_nothing_that_it_would_run(program: Program) -> None:
    program.home.joinpath("config.toml").write_text(
        '[accounts."$(reboot)"]\ncloud = "practice"\n[accounts.fine]\ncloud = "practice"\n'
    )
    assert set(offered(program.home, "--account", "")) == {"fine", "practice"}


def test_completion_without_a_home_creates_and_prints_nothing(tmp_path: Path) -> None:
    home = tmp_path / "none"
    assert offered(home, "renew", "") == {}
    assert not home.exists()
    home.mkdir()
    (home / "store.db").write_bytes(b"no database")
    assert offered(home, "renew", "") == {}
    (home / "config.toml").write_text("no toml")
    assert offered(home, "--account", "") == {}


@pytest.mark.parametrize("name", ["a|b", "#[fg=red]x", "a\nb", "\x1b]0;x\x07"])
def test_a_line_stays_one_line_whatever_the_names(program: Program, name: str) -> None:
    document = json.loads(EXAMPLE.read_text())
    document["instances"] = [{**document["instances"][0], "name": name}]
    path = program.home / "names.json"
    path.write_text(json.dumps(document))
    program("practice", "reset", "--scenario", str(path))
    program("sync")
    ran = program("status", "--line")
    assert ran.exit == 2
    assert ran.out.startswith("CRITICAL - practice: ")
    assert ran.out.count("\n") == 1
    assert ran.out.count("|") == 1
    assert not set(ran.out) & {"#", "\x1b", "\x07"}


def test_a_line_ends_in_the_figures_of_a_plugin(example: Program) -> None:
    example("sync")
    ran = example("status", "--line")
    text, figures = ran.out.rstrip().split(" | ")
    assert text == (
        "CRITICAL - practice: 4 items need attention, Tokyo · Public instance grace, stopped in "
        "21 h, CNY 36.50 owed, CNY 5,784.10 short"
    )
    values = dict(figure.split("=") for figure in figures.split())
    document = example.status()
    assert values["available"] == document["balance"]["available"]
    assert values["shortfall"] == document["forecast"]["shortfall"]
    assert int(values["attention"]) == sum(i["severity"] != "ok" for i in document["items"])
    assert example("status", "--line", "--json").exit == 64


def test_a_line_syncs_only_when_asked_to(program: Program) -> None:
    never = program("status", "--line")
    assert (never.exit, never.out.split(" ")[0]) == (3, "UNKNOWN")
    assert never.out.count("=U") == 6
    assert program("status", "--line", "--max-age", "0").exit == 2
    program("practice", "fail", "balance")
    failed = program("status", "--line", "--max-age", "0")
    assert "the sync failed" in failed.out
    assert failed.exit == 2


def test_the_scripts_are_those_of_click(program: Program) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "_RENEWAL_COMPLETE" in program("completion", shell).out
    assert program("completion", "tcsh").exit == 64
    assert isinstance(root, click.Group)
