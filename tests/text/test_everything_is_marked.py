"""No text for people is left unmarked: in a language that puts each marked text into
brackets, nothing that is English stands outside of them."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tests.catalogue import translated
from tests.contract.program import EXAMPLE, Program
from tui import text
from tui.cli.root import root

MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"(?<![\w./:-])[A-Za-z]?[a-z]{2,}(?![\w/])")

CODES = re.compile(r"https://\S+|store\.db|\[[a-z0-9|-]+\]|\([a-z-]+\)")
"""Addresses, files, the choices of an option, and an operation behind an error."""

FOREIGN = {
    "practice", "tour", "calm", "crisis", "renewal", "iot", "vod", "lic", "plan", "cn", "ap",
    "Player", "Short", "Video", "License", "Key", "storage", "Overdue", "payments", "and",
    "methods", "policy", "Renewal", "Platform", "public", "auto", "com", "Deposit", "Remittance",
    "Assistant", "Python", "Linux", "Darwin", "Deprecated",
}  # fmt: skip
"""Names, IDs, and what the Chinese procedures themselves quote."""


@pytest.fixture(autouse=True)
def _bracketed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    catalog = Catalog(locale="zh")
    for message in translated():
        if isinstance(message.id, str):
            catalog.add(message.id, f"⟦{message.id}⟧")
        else:
            catalog.add(tuple(message.id), (f"⟦{message.id[1]}⟧",))
    compiled = tmp_path / "locale" / "zh" / "LC_MESSAGES" / "renewal.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        write_mo(file, catalog)
    monkeypatch.setattr(text, "LOCALE", tmp_path / "locale")


@pytest.fixture
def chinese(program: Program) -> Program:
    document = json.loads(EXAMPLE.read_text())
    for each in (*document["instances"], *document["resource_plans"]):
        each["name"] = "名称"
    for each in document["licenses"]:
        each["application"] = "应用"
    path = program.home / "scenario.json"
    path.write_text(json.dumps(document))
    program("practice", "reset", "--scenario", str(path))
    return program


def unmarked(text: str) -> set[str]:
    """The English words outside of all brackets."""
    text = CODES.sub("", text)
    while MARKED.search(text):
        text = MARKED.sub("", text)
    return set(WORD.findall(text)) - FOREIGN


RUNS = (
    "status",
    "status --within 3h",
    "sync",
    "sync --nothing",
    "sync more",
    "nothing",
    "--account nobody status",
    "renew iot-060a0bcd --months 1",
    "renew iot-060a0bcd --months 1 --dry-run",
    "renew iot-060a0bcd --months 1 --yes",
    "renew iot-060a0bcd --months 11 --yes",
    "renew iot-060a0bcd --months x --yes",
    "renew --months 1",
    "renew iot-060a0bcd",
    "auto-renew vod-sdk-77 --months 3 --yes",
    "auto-renew vod-sdk-77 --months 3 --off",
    "practice topup 9000",
    "practice fail renew --when after",
    "renew iot-060a0bcd --months 1 --yes",
    "payments",
    "payments reconcile --resend",
    "guide",
    "guide P-IOT-RENEW iot-060a0bcd",
    "guide P-LIC-RENEW lic-kids",
    "guide P-TOPUP",
    "guide P-NONE",
    "licenses import nothing.csv",
    "licenses add --license-id 1 --sdk 2 --expires-at 3",
    "licenses add --license-id 1 --sdk 2 --expires-at 2027-01-01T00:00:00+08:00",
    "say iot-060a0bcd --kind other",
    "say iot-060a0bcd --kind none",
    "export",
    "export --ics --alarms soon",
    "export --csv -o /nowhere/items.csv",
    "doctor",
    "doctor --restore",
    "practice topup 1000",
    "practice topup 0",
    "practice clock --set 1",
    "practice clock --advance 1",
    "practice clock --advance 1h --set 2026-12-01T00:00:00Z",
    "practice fail renew",
    "practice fail none",
    "practice fail renew --times 0",
    "practice fail --off=1",
    "practice refund 1",
    "practice hide iot-060a0bcd",
    "practice unhide iot-060a0bcd",
    "practice bind lic-kids x",
    "practice buy-plan none",
    "practice reset --instances 3",
    "practice reset --scenario none",
)


def test_a_command_prints_only_marked_text(chinese: Program) -> None:
    words_of = {}
    for line in RUNS:
        ran = chinese("--lang", "zh", *line.split())
        words_of[line] = unmarked(ran.out + ran.err)
    assert not {line: words for line, words in words_of.items() if words}


def commands() -> list[tuple[str, ...]]:
    """Every command and subcommand by its words."""
    context = click.Context(root)
    listed: list[tuple[str, ...]] = [()]
    for name in root.list_commands(context):
        listed.append((name,))
        command = root.get_command(context, name)
        if isinstance(command, click.Group):
            listed += [(name, subcommand) for subcommand in command.list_commands(context)]
    return listed


def test_a_help_page_prints_only_marked_text(program: Program) -> None:
    for words in commands():
        stdout = program("--lang", "zh", *words, "--help").out
        assert "⟦Options⟧" in stdout
        stdout = re.sub(r"^  (-\S.*?|[a-z-]+)  +|^  renewal .*$", "", stdout, flags=re.MULTILINE)
        assert not unmarked(stdout.removeprefix("⟦Usage:⟧ renewal " + " ".join(words))), words


ANSWERS = (
    "1 2 0 0", "2 2 4 12 0 0 0", "2 2 1 1 1 1 0 0 0 0", "2 2 1 1 4 because 0 0",
    "2 2 7 5 . 0 0",
    "2 2 6 李伟 备注 0 11 11 0", "2 2 5 3 0bcd", "4 1 4 because 0", "5", "6 1000", "6 x", "6 .",
    "7", "8 4 1d", "8 4 x", "9 10 12 0", "99",
    "3 2 . 3 1 4 1 24 6 7 1 5 1 0 0 0", "3 1 1 20000 1 x",
    "2 3 1 1 1 vod-sdk-77 1 1 1 k-77 1 1 1 1",
)  # fmt: skip


def test_line_mode_prints_only_marked_text(
    chinese: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    chinese("practice", "topup", "5000")
    words_of = {}
    for answers in ANSWERS:
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(answers.split()) + "\n"))
        ran = chinese("--lang", "zh", "--plain")
        words_of[answers] = unmarked(ran.out + ran.err)
    assert not {answers: words for answers, words in words_of.items() if words}
