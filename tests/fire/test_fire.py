"""The quick form of what `python -m tests.fire` does at length."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import randrange

import pytest

from tests.fire.deaths import a_home, renewing
from tests.fire.dying import in_a_process, must_do
from tests.fire.truth import faults, renewals_of


@pytest.mark.parametrize(
    "arguments",
    [
        ("--deaths", "14", "--over", "practice"),
        ("--deaths", "6", "--over", "sdk"),
        ("--deaths", "10", "--over", "purchases"),
        ("--deaths", "0", "--races", "1"),
        ("--deaths", "0", "--disks", "9"),
        ("--deaths", "0", "--answers", "3"),
        ("--deaths", "0", "--sequences", "4", "--seed", str(randrange(10**6))),
    ],
    ids=["practice", "sdk", "purchases", "races", "disks", "answers", "sequences"],
)
def test_nothing_is_lost(arguments: tuple[str, ...]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fire", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "lost: nothing" in ran.stdout


def test_eight_commands_as_they_are_typed_pay_once(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tui", "--home", str(tmp_path / "home")]
    subprocess.run([*program, "practice", "topup", "99999"], check=True, capture_output=True)
    subprocess.run([*program, "sync"], check=True, capture_output=True)
    status = subprocess.run(
        [*program, "status", "--json"], capture_output=True, text=True, check=False
    )
    instance_id = next(
        item["id"]
        for item in json.loads(status.stdout)["items"]
        if item["kind"] == "iot-enterprise" and item["state"] == "running"
    )
    renew = [*program, "renew", instance_id, "--yes", "--json", "--months"]
    running = [
        subprocess.Popen([*renew, months], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for months in "12312312"
    ]
    ended = []
    for process in running:
        process.communicate()
        ended.append(process.returncode)
    assert sorted(ended) == [0] + [12] * 7
    assert len(renewals_of(tmp_path / "home")) == 1
    assert faults(tmp_path / "home") == []
    subprocess.run([*renew, "1"], check=True, capture_output=True)
    assert len(renewals_of(tmp_path / "home")) == 2


def test_a_home_without_data_does_not_renew_upon_a_renewal_of_today(tmp_path: Path) -> None:
    """A machine that shares nothing with the one whose answer was lost runs the same command."""
    home, other = a_home(tmp_path / "home"), tmp_path / "other"
    other.mkdir(mode=0o700)
    (other / "practice.db").symlink_to(home / "practice.db")
    must_do(home, ["practice", "fail", "renew", "--when", "after"])
    command = renewing("iot-1", 1)
    assert in_a_process(home, command).code == 11
    assert in_a_process(other, command).code == 12
    assert len(renewals_of(home)) == 1
    assert in_a_process(other, command).code == 0
    assert len(renewals_of(home)) == 2
