"""The app in terminals that are not like ours: other encodings, sizes, and a shell behind."""

from __future__ import annotations

import shlex
import signal
from pathlib import Path

import pytest

from tests.terminal.pty import Terminal, command


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_chinese_is_sent_and_read_in_the_terminals_encoding(encoding: str, home: Path) -> None:
    more = {"PYTHONIOENCODING": encoding, "RENEWAL_LANG": "zh"}
    with Terminal(home, more=more) as terminal:
        terminal.until(lambda: "练习".encode(encoding) in terminal.raw)
        terminal.settle()
        assert terminal.raw.decode(encoding).count("?" * 6) == 0
        terminal.press("/")
        terminal.settle()
        before = len(terminal.raw)
        terminal.child.send("锅炉".encode(encoding))
        terminal.until(lambda: "锅炉".encode(encoding) in terminal.raw[before:])
        terminal.kill(signal.SIGTERM)
        assert terminal.end() == 143


@pytest.mark.parametrize("more", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_where_only_ascii_is_left_the_words_are_english(more: dict[str, str], home: Path) -> None:
    with Terminal(home, more={**more, "RENEWAL_LANG": "zh"}) as terminal:
        terminal.see("Renewal Assistant", "PRACTICE", "Factory floor")
        terminal.settle()
        assert terminal.raw.isascii()
        terminal.press("L")
        terminal.see("encoding")
        terminal.press("q")
        assert terminal.end() == 0


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (200, 60)])
def test_the_size_of_the_terminal_wins(columns: int, lines: int, home: Path) -> None:
    more = {"COLUMNS": str(columns), "LINES": str(lines)}
    with Terminal(home, more=more) as terminal:
        terminal.see("Factory floor")
        terminal.settle()
        assert terminal.lines[0].rstrip().endswith("ago")
        assert len(terminal.lines[0].rstrip()) == 119
        terminal.resize(100, 30)
        terminal.until(lambda: len(terminal.lines[0].rstrip()) == 99)
        terminal.press("q")
        assert terminal.end() == 0


def test_ctrl_z_goes_back_to_the_shell_and_fg_comes_back(home: Path) -> None:
    with Terminal(home, instead=["bash", "--norc", "-i"], more={"PS1": "shell> "}) as terminal:
        terminal.see("shell>")
        terminal.press(f"{shlex.join(command(home))}\n")
        terminal.see("Factory floor")
        terminal.press("\x1a")
        terminal.see("Stopped")
        assert set(terminal.left_on) <= {"bracketed paste"}  # the shell's own
        terminal.press("fg\n")
        terminal.see("Factory floor", "Boiler")
        before = len(terminal.raw)
        terminal.press("q")
        terminal.until(lambda: b"shell> " in terminal.raw[before:])


def test_without_a_shell_ctrl_z_says_why_it_stays(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.see("Factory floor")
        terminal.press("\x1a")
        terminal.see("no shell to bring")
        terminal.press("q")
        assert terminal.end() == 0


@pytest.mark.parametrize(("lang", "words"), [("en", "Press q to quit"), ("zh", "按 q 退出程序")])
def test_ctrl_c_names_our_own_key(lang: str, words: str, home: Path) -> None:
    with Terminal(home, more={"RENEWAL_LANG": lang}) as terminal:
        terminal.see("PRACTICE" if lang == "en" else "练习")
        terminal.settle()
        terminal.press("\x03")
        terminal.until(lambda: words.replace(" ", "") in terminal.text.replace(" ", ""))
        terminal.press("q")
        assert terminal.end() == 0
