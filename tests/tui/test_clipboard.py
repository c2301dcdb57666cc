"""Each method of copying is used where it works, and the message names it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from store.errors import FileTrouble
from tui.clipboard import MAX_ENCODED_SIZE, copy_text

XTERM = {"TERM": "xterm-256color"}


def fake_tmux(folder: Path, script: str) -> dict[str, str]:
    folder.mkdir()
    program = folder / "tmux"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return {"TMUX": "/tmp/tmux-0/default,1,0", "PATH": f"{folder}:/usr/bin:/bin", **XTERM}


def test_inside_tmux_it_goes_to_its_buffer(tmp_path: Path) -> None:
    environ = fake_tmux(tmp_path / "bin", f'echo "$@" > {tmp_path}/args; cat > {tmp_path}/got')
    sent = copy_text("iot-060a0bcd 中", tmp_path, pytest.fail, environ)
    assert sent.target == "tmux"
    assert "tmux" in sent.sentence
    assert "copied" not in sent.sentence.lower()
    assert (tmp_path / "args").read_text() == "load-buffer -w -\n"
    assert (tmp_path / "got").read_text() == "iot-060a0bcd 中"


def test_an_old_tmux_is_asked_again_without_the_new_option(tmp_path: Path) -> None:
    script = f'[ "$2" = -w ] && exit 1; cat > {tmp_path}/got'
    assert copy_text("x", tmp_path, None, fake_tmux(tmp_path / "bin", script)).target == "tmux"
    assert (tmp_path / "got").read_text() == "x"


def test_where_tmux_fails_it_goes_to_a_private_file(tmp_path: Path) -> None:
    environ = fake_tmux(tmp_path / "bin", "exit 1")
    sent = copy_text("iot-1", tmp_path, pytest.fail, environ)
    assert (sent.target, sent.sentence) == ("file", f"written to {tmp_path}/copied.txt")
    file = tmp_path / "copied.txt"
    assert file.read_text() == "iot-1"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert copy_text("2", tmp_path, None, {"TMUX": "x", "PATH": ""}).target == "file"
    assert file.read_text() == "2"


def test_elsewhere_it_goes_to_the_terminal(tmp_path: Path) -> None:
    got: list[str] = []
    sent = copy_text("iot-1", tmp_path, got.append, XTERM)
    assert sent.target == "terminal"
    assert "OSC 52" in sent.sentence
    assert got == ["iot-1"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "environ",
    [
        {"TERM": "dumb"},
        {"TERM": "linux"},
        {**XTERM, "STY": "1.tty"},
        {**XTERM, "TERM_PROGRAM": "Apple_Terminal"},
        {},
    ],
)
def test_a_terminal_that_would_drop_it_is_not_trusted(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    assert copy_text("x", tmp_path, pytest.fail, environ).target == "file"


def test_the_size_limit_is_that_of_the_encoded_text(tmp_path: Path) -> None:
    most = MAX_ENCODED_SIZE // 4 * 3
    got: list[str] = []
    assert copy_text("x" * most, tmp_path, got.append, XTERM).target == "terminal"
    assert copy_text("x" * (most + 1), tmp_path, got.append, XTERM).target == "file"
    assert len((tmp_path / "copied.txt").read_text()) == most + 1
    assert len(got) == 1


def test_what_would_run_when_pasted_goes_as_marks(tmp_path: Path) -> None:
    got: list[str] = []
    copy_text("a\x1b[201~b\r\nc\x03", tmp_path, got.append, XTERM)
    assert got == ["a␛[201~b␍\nc␃"]


def test_without_any_clipboard_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="Select the text"):
        copy_text("x", tmp_path / "missing", None, XTERM)
