"""The whole job on plain lines, from a pipe and on a serial console."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect  # type: ignore[import-untyped]

from store.clouds.practice.cloud import PracticeCloud

PROGRAM = [sys.executable, "-m", "tui"]


def answers(home: Path, *lines: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, "--home", str(home), "--plain"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "LANG": "C.UTF-8"},
    )


def renewals(home: Path) -> list[str]:
    with PracticeCloud.open(home / "practice.db") as cloud:
        charges: Any = cloud.show()["charges"]
        return [one["instance_id"] for one in charges if one["what"] == "renewal"]


def number(out: str, words: str) -> str:
    """The number in front of the answer that holds the words."""
    line = next(line for line in out.splitlines() if words in line)
    return line.split()[0]


def test_from_a_pipe_to_a_paid_renewal(tmp_path: Path) -> None:
    items = answers(tmp_path, "2")
    assert items.returncode == 0
    assert "\x1b" not in items.stdout
    factory = number(items.stdout, "Factory floor (iot-060a0bcd)")
    page = answers(tmp_path, "2", factory)
    assert "IOT-4" in page.stdout
    renew = next(line.split()[0] for line in page.stdout.splitlines() if line.endswith(" renew"))
    broke = answers(tmp_path, "2", factory, renew, "1")
    assert "P-TOPUP" in broke.stdout
    richer = answers(tmp_path, "5", "1000", "2")
    factory = number(richer.stdout, "Factory floor (iot-060a0bcd)")
    wrong = answers(tmp_path, "2", factory, renew, "1", "0000")
    assert "Not confirmed" in wrong.stdout
    assert renewals(tmp_path) == []
    paid = answers(tmp_path, "2", factory, renew, "1", "0bcd", "0")
    assert "paid: renewed and paid" in paid.stdout
    assert paid.returncode == 0
    assert renewals(tmp_path) == ["iot-060a0bcd"]


def test_a_walk_on_a_dumb_terminal(tmp_path: Path) -> None:
    environment = {**os.environ, "TERM": "dumb", "LANG": "C.UTF-8"}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "tui", "--home", str(tmp_path)],
        env=environment,
        encoding="utf-8",
        timeout=30,
    )
    child.expect("Number:")
    child.sendline("5")
    child.expect("How much arrives, in CNY:")
    child.sendline("5000")
    child.expect("Number:")
    child.sendline("2")
    child.expect(r"(\d+) Factory floor")
    factory = child.match.group(1)
    child.expect("Number:")
    child.sendline(factory)
    child.expect("Number:")
    child.sendline("1")
    for expected, answer in (
        ("Step 1 of 4", "1"),
        ("Step 2 of 4", "1"),
        ("Step 3 of 4", "1"),
    ):
        child.expect(expected)
        child.expect("Number:")
        child.sendline(answer)
    child.expect("Months")
    child.sendline("1")
    child.expect("to leave it:")
    child.sendline("0bcd")
    child.expect("Step 4 of 4")
    child.expect("Number:")
    child.sendline("1")
    child.expect("The end has moved")
    child.expect("Renewal Assistant")
    child.expect("Number:")
    child.sendline("0")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert renewals(tmp_path) == ["iot-060a0bcd"]


def test_a_note_and_a_snooze_are_taken_back_and_a_payment_is_not(tmp_path: Path) -> None:
    menu = answers(tmp_path, "0")
    undo, items = number(menu.stdout, " undo"), number(menu.stdout, " all items")
    assert "0 leave" in menu.stdout
    page = answers(tmp_path, "5", "1000", items, "1", "0")
    factory = number(page.stdout, "Factory floor (iot-060a0bcd)")
    acts = answers(tmp_path, items, factory, "0").stdout
    note = number(acts, " note")
    renew = next(line.split()[0] for line in acts.splitlines() if line.endswith(" renew"))
    out = answers(tmp_path, items, factory, note, "Li Wei", "call first", undo, undo).stdout
    assert "Owner: Li Wei" in out
    assert "Undone: the note on Factory floor" in out
    assert "nothing to undo" in out
    assert "Li Wei" not in answers(tmp_path, items, factory).stdout
    paid = answers(tmp_path, items, factory, renew, "1", "0bcd", undo).stdout
    assert "a payment: this cannot be undone" in paid
