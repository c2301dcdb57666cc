"""Each shell completes commands, options and IDs, in a real terminal."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pytest

from tests.contract.program import Program
from tests.terminal.pty import PATIENCE, environment

TAUGHT = {
    "bash": ("bash --norc -i", 'eval "$(renewal completion bash)"'),
    "zsh": ("zsh -f -i", 'autoload -Uz compinit; compinit -D -u; eval "$(renewal completion zsh)"'),
    "fish": ("fish --no-config -i", "renewal completion fish | source"),
}


def shell(name: str, home: Path, folder: Path):
    program = folder / "bin" / "renewal"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m tui "$@"\n')
    program.chmod(0o755)
    variables = environment(RENEWAL_HOME=str(home), HOME=str(folder))
    variables["PATH"] = f"{program.parent}:{variables['PATH']}"
    started, taught = TAUGHT[name]
    child = pexpect.spawn(
        started,
        env=variables,
        cwd=folder,
        timeout=PATIENCE,
        encoding="utf-8",
        dimensions=(24, 200),
        use_poll=True,
    )
    child.delaybeforesend = None
    child.sendline(f"{taught}; echo tau''ght")
    child.expect("taught")
    return child


@pytest.mark.parametrize("name", TAUGHT)
def test_a_shell_completes_commands_ids_and_procedures(
    name: str, example: Program, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if name != "bash" and shutil.which(name) is None:
        pytest.skip(f"there is no {name} here")
    example("sync")
    child = shell(name, example.home, tmp_path_factory.mktemp("person"))
    for typed, completed in (
        ("renewal auto-r\t", "auto-renew"),
        ("iot-06\t", "iot-060a0bcd"),
        (" --of\t", "--off"),
        ("\x15renewal guide P-LIC-REN\t", "P-LIC-RENEW"),
    ):
        child.send(typed)
        child.expect_exact(completed)
    child.close(force=True)


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("renewal guide P-IOT-SETTLE public-previous:ap-n\t", "public-previous:ap-northeast-1 "),
        ("renewal guide P-IOT-SETTLE public\t", "public-previous:ap-northeast-1 "),
        ("renewal guide P-IOT-SETTLE public-previous:\t", "public-previous:ap-northeast-1 "),
        ("renewal --lang=z\t", "--lang=zh "),
        ("renewal --lang z\t", "--lang zh "),
    ],
)
def test_bash_completes_past_a_colon_and_an_equals_sign(
    typed: str, completed: str, example: Program, tmp_path_factory: pytest.TempPathFactory
) -> None:
    example("sync")
    child = shell("bash", example.home, tmp_path_factory.mktemp("person"))
    child.send(typed + "end\n")
    child.expect_exact(completed + "end")
    child.close(force=True)
