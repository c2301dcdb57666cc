"""The installed program in a separate process, with an environment that a test makes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PROGRAM = (sys.executable, "-m", "tui")
FACTORY = "iot-060a0bcd"
"""An instance of the tour that ends in two days, at 300.00 a month."""


@dataclass(frozen=True)
class Ran:
    """The exit and the output of a command."""

    exit: int
    out: bytes
    err: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def words(self) -> str:
        """All that it wrote, as a person would see it in UTF-8."""
        return (self.out + self.err).decode("utf-8", "replace")


def environment(**more: str | None) -> dict[str, str]:
    """Of this machine only what the program cannot do without; None takes a variable away."""
    base = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "PYTHONPATH": str(ROOT)}
    merged: Mapping[str, str | None] = {**base, "LANG": "C.UTF-8", **more}
    return {name: value for name, value in merged.items() if value is not None}


def command(home: Path | None, *arguments: str) -> list[str]:
    """The command line; without a home, the environment names it."""
    folder = [] if home is None else ["--home", str(home)]
    return [*PROGRAM, *folder, *arguments]


def run(
    home: Path | None,
    *arguments: str,
    env: Mapping[str, str | None] | None = None,
    cwd: Path = ROOT,
    prefix: Sequence[str] = (),
) -> Ran:
    """Run a command with nothing on its stdin."""
    ran = subprocess.run(
        [*prefix, *command(home, *arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(**(env or {})),
        cwd=cwd,
        check=False,
    )
    assert b"Traceback" not in ran.stdout + ran.stderr, ran.stderr.decode(errors="replace")
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def shell(line: str, home: Path, *arguments: str, **env: str | None) -> Ran:
    """Run the command within a line of bash, in which it is `$R`."""
    quoted = " ".join(f"'{part}'" for part in command(home, *arguments))
    ran = subprocess.run(
        ["bash", "-c", line.replace("$R", quoted)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(**env),
        cwd=ROOT,
        check=False,
    )
    assert b"Traceback" not in ran.stdout + ran.stderr, ran.stderr.decode(errors="replace")
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def copy_of(home: Path, folder: Path) -> Path:
    """A copy of the home."""
    return Path(shutil.copytree(home, folder / "home"))
