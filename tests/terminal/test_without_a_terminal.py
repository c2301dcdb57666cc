"""Without a terminal nothing is drawn; JSON is the only thing on stdout."""

from __future__ import annotations

import json
import os
import pty
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.terminal.pty import command, environment


def run(home: Path, *arguments: str, stderr: int = subprocess.PIPE) -> tuple[int, bytes, bytes]:
    """Exit, stdout and stderr of a command with no terminal to read from."""
    ran = subprocess.run(
        command(home, *arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=environment(),
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr or b""


def test_the_app_needs_a_terminal(tmp_path: Path) -> None:
    code, out, err = run(tmp_path / "home")
    assert code == 64
    assert out == b""
    assert b"needs a terminal" in err
    assert b"\x1b" not in err
    assert b"Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("sync", "--json"), 0),
        (("status", "--json"), 2),
        (("renew", "iot-060a0bcd", "--months", "1", "--yes", "--json"), 12),
        (("payments", "--json"), 0),
        (("practice", "show", "--json"), 0),
    ],
)
def test_json_alone_is_on_stdout(tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    """Stderr is a terminal, so that progress is drawn there."""
    main, side = pty.openpty()
    try:
        exit_code, out, _ = run(tmp_path / "home", *arguments, stderr=side)
    finally:
        os.close(main)
        os.close(side)
    assert exit_code == code
    assert isinstance(json.loads(out), dict)
    assert b"\x1b" not in out


RENEW = ("renew", "iot-060a0bcd", "--months", "1", "--yes")


def redirected(home: Path, where: str, *arguments: str) -> tuple[int, str]:
    """Exit and words of a command that a shell starts with its streams put elsewhere."""
    line = f"{shlex.join(command(home, *arguments))} {where}"
    ran = subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, text=True, env=environment(), check=False
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.parametrize("where", ["2>/dev/full", "2>&-", "2>&- >&-"])
def test_words_that_nobody_can_read_change_nothing(tmp_path: Path, where: str) -> None:
    assert redirected(tmp_path / "home", where, *RENEW)[0] == 12
    assert redirected(tmp_path / "home", where, "frobnicate")[0] == 64


def test_a_full_disk_under_the_output_is_reported_and_changes_no_exit(tmp_path: Path) -> None:
    home = tmp_path / "home"
    code, words = redirected(home, ">/dev/full", "practice", "topup", "99999")
    assert code == 0
    assert "The command itself has finished" in words
    code, words = redirected(home, ">/dev/full", *RENEW, "--json")
    assert code == 0
    assert "renewed and paid" in words
    assert "The command itself has finished" in words
    assert redirected(home, ">/dev/full", "status")[0] == 2
    paid = json.loads(redirected(home, "", "payments", "--json")[1])["payments"]
    assert [row["state"] for row in paid] == ["paid"]
