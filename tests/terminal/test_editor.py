"""The note and the ticket draft in the person's own editor, on a real terminal."""

from __future__ import annotations

import os
import shlex
import stat
from pathlib import Path

import pytest

from tests.stories.driver import prepared_session
from tests.stories.scenarios import account, enterprise
from tests.terminal.pty import ENTER, Terminal, command

CTRL_C, CTRL_Z = "\x03", "\x1a"
APPEND = (
    r"""printf '\033[2Jin the editor\n' >/dev/tty; printf 'ask Li\033[31m\n\tfirst  \n' >> "$1" """
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    session = prepared_session(tmp_path / "home", account("9000.00", instances=[enterprise()]))
    session.sync()
    session.close()
    return tmp_path / "home"


def script(folder: Path, body: str) -> str:
    """An editor that is a shell script; its path."""
    path = folder / "my editor"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(stat.S_IRWXU)
    return str(path)


def notes(home: Path) -> list[str]:
    """The notes that are stored."""
    with prepared_session(home, None) as session:
        return [row["note"] for row in session.db.execute("SELECT note FROM notes")]


def shown(terminal: Terminal) -> str:
    """The words on the screen, without frames and line breaks."""
    return " ".join(terminal.text.translate({ord("│"): " "}).split())


def close(terminal: Terminal) -> None:
    """Close the message, once it hears keys."""
    terminal.settle()
    terminal.press(ENTER)
    terminal.see_gone(" Close ")


def is_quit(terminal: Terminal) -> None:
    """The keys reach the app again, and it gives the terminal back."""
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.left_on == []
    assert terminal.is_cooked


@pytest.mark.parametrize("display", ["plain", "thin"])
def test_a_note_comes_back_as_plain_text(tmp_path: Path, home: Path, display: str) -> None:
    (home / "config.toml").write_text(f'display = "{display}"\n')
    editor = {"VISUAL": f"'{script(tmp_path, APPEND)}'", "EDITOR": "false"}
    with Terminal(home, more=editor) as terminal:
        terminal.see("Due", "Factory floor")
        terminal.press("E")
        terminal.until(lambda: notes(home) == ["ask Li␛[31m\n    first"])
        terminal.press("v")
        terminal.see("ask Li␛[31m", "first", "P-IOT-RENEW")
        assert "in the editor" not in terminal.text
        terminal.press("u")
        terminal.until(lambda: notes(home) == [])
        is_quit(terminal)


def test_the_edited_draft_is_kept_with_its_walk_through(tmp_path: Path, home: Path) -> None:
    with Terminal(home, more={"EDITOR": f"'{script(tmp_path, APPEND)}'"}) as terminal:
        terminal.see("Due", "Factory floor")
        terminal.press(":")
        terminal.see("›")
        terminal.settle()
        terminal.press("P-TICKET")
        terminal.see("Submit a ticket")
        terminal.press(ENTER)
        terminal.see("Cancel")
        terminal.settle()
        terminal.press(ENTER)
        terminal.see("step 1 of 3")
        terminal.press("E")
        terminal.see("started")
        terminal.press(ENTER)
        terminal.see("Ticket draft", "iot-060a0bcd", "ask Li␛[31m")
        close(terminal)
        terminal.see("step 2 of 3")
        is_quit(terminal)
    with Terminal(home, "--plain", more={"EDITOR": "false"}) as terminal:
        terminal.press(f"4{ENTER}1{ENTER}")
        terminal.see("ask Li␛[31m", "3 Edit the draft in your editor")
        terminal.press(f"3{ENTER}")
        terminal.until(lambda: "ended with exit code 1. The text is unchanged." in shown(terminal))
    with Terminal(home, "--plain", more={"EDITOR": "sed -i s/Li/Wang/"}) as terminal:
        terminal.press(f"4{ENTER}1{ENTER}3{ENTER}")
        terminal.see("ask Wang␛[31m")


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("", "No editor is set."),
        ("'", "VISUAL is not a command"),
        ("/no/such/editor", "cannot be started (No such file or directory)"),
        ("false", "ended with exit code 1. The text is unchanged."),
    ],
)
def test_an_editor_that_fails_loses_nothing(home: Path, editor: str, words: str) -> None:
    with Terminal(home, more={"VISUAL": editor}) as terminal:
        terminal.see("Due", "Factory floor")
        terminal.press("E")
        terminal.until(lambda: words in shown(terminal))
        close(terminal)
        assert notes(home) == []
        is_quit(terminal)


def test_ctrl_c_is_for_the_editor(tmp_path: Path, home: Path) -> None:
    waits = script(tmp_path, f"touch '{tmp_path}/waits'; exec sleep 60")
    with Terminal(home, more={"VISUAL": f"'{waits}'"}) as terminal:
        terminal.see("Due", "Factory floor")
        terminal.press("E")
        terminal.until((tmp_path / "waits").exists)
        terminal.press(CTRL_C)
        terminal.until(lambda: "ended by signal 2" in shown(terminal))
        close(terminal)
        is_quit(terminal)


def test_ctrl_c_that_the_editor_handles_ends_nothing(tmp_path: Path, home: Path) -> None:
    trap = "trap 'echo saved >> \"$1\"; exit 0' INT"
    body = f"{trap}; touch '{tmp_path}/waits'; while :; do sleep 0.05; done"
    with Terminal(home, more={"VISUAL": f"'{script(tmp_path, body)}'"}) as terminal:
        terminal.see("Due", "Factory floor")
        terminal.press("E")
        terminal.until((tmp_path / "waits").exists)
        terminal.press(CTRL_C)
        terminal.until(lambda: notes(home) == ["saved"])
        is_quit(terminal)


def test_a_shell_stops_the_editor_and_goes_on(tmp_path: Path, home: Path) -> None:
    waiting = f"while [ ! -e '{tmp_path}/go' ]; do sleep 0.05; done"
    editor = script(tmp_path, f"touch '{tmp_path}/waits'; {waiting}; echo on >> \"$1\"")
    shell = ["bash", "--norc", "-i"]
    with Terminal(home, instead=shell, more={"VISUAL": f"'{editor}'"}) as terminal:
        terminal.press(f"{shlex.join(command(home))}{ENTER}")
        terminal.see("Due", "Factory floor")
        terminal.press("E")
        terminal.until((tmp_path / "waits").exists)
        terminal.press(CTRL_Z)
        terminal.see("Stopped")
        (tmp_path / "go").touch()
        terminal.press(f"fg; echo ended with $?{ENTER}")
        terminal.until(lambda: notes(home) == ["on"])
        terminal.press("q")
        terminal.see("ended with 0")


def test_what_cannot_be_kept_is_left_in_a_file(tmp_path: Path, home: Path) -> None:
    long = script(tmp_path, 'printf "%01200d" 7 > "$1"')
    with Terminal(home, more={"VISUAL": f"'{long}'"}) as terminal:
        terminal.see("Due", "Factory floor")
        terminal.press("E")
        terminal.until(lambda: "most 1000 characters are kept. Your text is in" in shown(terminal))
        assert (home / "edited.txt").read_text() == "0" * 1199 + "7"
        assert stat.S_IMODE(os.stat(home / "edited.txt").st_mode) == 0o600
        assert notes(home) == []
