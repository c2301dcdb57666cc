"""What stdin, stdout and stderr can take changes no exit, no payment and no document."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from tests.contract.program import Program
from tests.environments.program import FACTORY, Ran, command, environment, run, shell

RENEW = ("renew", FACTORY, "--months", "1", "--yes")
ENCODINGS = ("gbk", "gb18030", "big5", "iso-8859-1", "ascii")


def payments(home: Path) -> list[str]:
    return [row["state"] for row in Program(home)("payments", "--json").json["payments"]]


@pytest.mark.parametrize(
    ("lang", "encoding"), [*(("zh", each) for each in ENCODINGS), ("en", "gbk"), ("en", "ascii")]
)
def test_a_payment_is_printed_in_letters_of_the_encoding(
    lang: str, encoding: str, home: Path
) -> None:
    ran = run(home, "--lang", lang, *RENEW, env={"PYTHONIOENCODING": encoding})
    assert ran.exit == 0
    assert ran.out.decode(encoding)
    assert ("已支付" in ran.out.decode(encoding)) == (
        lang == "zh" and encoding in {"gbk", "gb18030"}
    )
    assert payments(home) == ["paid"]


def test_chinese_in_gbk_has_its_currency(home: Path) -> None:
    ran = run(home, "--lang", "zh", "status", env={"PYTHONIOENCODING": "gbk"})
    assert ran.exit == 2
    assert "￥" in ran.out.decode("gbk")
    assert "?" not in ran.out.decode("gbk")


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with names that no encoding but UTF-8 has."""
    home = tmp_path_factory.mktemp("named") / "home"
    document = json.loads((Path(__file__).parents[1] / "contract" / "scenario.json").read_text())
    document["instances"][0]["name"] = "泵站 🚰 é"
    scenario = home.parent / "named.json"
    scenario.write_text(json.dumps(document))
    assert run(home, "practice", "reset", "--scenario", str(scenario)).exit == 0
    assert run(home, "sync").exit == 0
    return home


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", "--json", "--max-age", "never"),
        ("export", "--csv", "--max-age", "never"),
        ("export", "--ics", "--max-age", "never"),
        ("export", "--prometheus", "--max-age", "never"),
        ("practice", "show", "--json"),
        ("payments", "--json"),
    ],
)
def test_documents_are_the_same_bytes_in_every_encoding(
    arguments: tuple[str, ...], named: Path
) -> None:
    expected = run(named, *arguments)
    assert expected.out.decode()
    for encoding in ("gbk", "ascii"):
        ran = run(named, *arguments, env={"PYTHONIOENCODING": encoding})
        assert (ran.exit, ran.out) == (expected.exit, expected.out), encoding


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("status", "--json"), 2),
        (("export", "--csv"), 0),
        (RENEW, 0),
        (("practice", "show"), 0),
        (("status",), 2),
        (("frobnicate", "--json"), 64),
    ],
)
def test_a_reader_that_goes_away_changes_no_exit(
    arguments: tuple[str, ...], code: int, home: Path
) -> None:
    ran = shell("$R | true; exit ${PIPESTATUS[0]}", home, *arguments)
    assert ran.exit == code
    assert shell("$R 2>&1 | true; exit ${PIPESTATUS[0]}", home, "status").exit == 2
    if arguments is RENEW:
        assert payments(home) == ["paid"]


@pytest.mark.parametrize("streams", [">&-", "2>/dev/full", ">/dev/full"])
def test_what_a_payment_came_to_is_the_exit_of_every_command_about_it(
    streams: str, home: Path
) -> None:
    run(home, "practice", "fail", "renew", "--when", "before")
    assert shell(f"$R {streams}", home, *RENEW).exit == 11
    assert shell(f"$R {streams}", home, "payments", "reconcile").exit == 11
    assert shell(f"$R {streams}", home, *RENEW).exit == 12
    assert shell(f"$R {streams}", home, "payments", "reconcile", "--resend").exit == 0
    auto_renew = ("auto-renew", FACTORY, "--months", "3", "--yes")
    assert shell(f"$R {streams}", home, *auto_renew).exit == 0
    assert payments(home) == ["paid"]


@pytest.mark.parametrize(
    "streams", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full"]
)
def test_streams_that_are_closed_or_full_change_no_exit(streams: str, home: Path) -> None:
    assert shell(f"$R {streams}", home, *RENEW).exit == 0
    assert shell(f"$R {streams}", home, "status").exit == 2
    assert payments(home) == ["paid"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("renew", FACTORY, "--months", "1"), 64),
        (("auto-renew", FACTORY, "--months", "1"), 64),
        (("guide", "P-TOPUP"), 0),
        (("--plain",), 0),
        ((), 64),
    ],
)
def test_without_stdin_nothing_is_asked(arguments: tuple[str, ...], code: int, home: Path) -> None:
    assert shell("$R <&-", home, *arguments).exit == code
    assert payments(home) == []


def unhurried(home: Path, *arguments: str) -> Ran:
    """Run it with a pipe that was left non-blocking, read slowly."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with subprocess.Popen(
        command(home, *arguments), stdout=writing, stderr=subprocess.PIPE, env=environment()
    ) as process:
        os.close(writing)
        time.sleep(0.3)  # until the pipe is full
        with os.fdopen(reading, "rb") as pipe:
            out = pipe.read()
        err = process.stderr.read() if process.stderr else b""
    return Ran(process.returncode, out, err)


def test_a_slow_reader_of_a_pipe_that_does_not_block_gets_everything(home: Path) -> None:
    assert run(home, "practice", "reset", "--instances", "1500").exit == 0
    assert run(home, "sync").exit == 0
    for arguments in (
        ("status", "--json", "--max-age", "never"),
        ("practice", "show", "--json"),
        ("export", "--csv", "--max-age", "never"),
    ):
        slow, quick = unhurried(home, *arguments), run(home, *arguments)
        assert len(slow.out) > 300_000
        assert (slow.exit, slow.out, slow.err) == (quick.exit, quick.out, b"")


def test_a_library_warns_nobody(home: Path) -> None:
    """On stderr there is what the program says, and nothing else."""
    code = (
        "import logging, sys, threading, warnings; from tui import program as start;"
        "import tui.cli.payments as command;"
        "old = command._lines;"
        "command._lines = lambda rows: (warnings.warn('of a library'),"
        "threading.Thread(target=lambda: 1 / 0).start(), old(rows))[2];"
        "sys.exit(start.run_program())"
    )
    import sys

    ran = subprocess.run(
        [sys.executable, "-c", code, "--home", str(home), "payments"],
        capture_output=True,
        env=environment(),
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "ZeroDivisionError" in (home / "renewal.log").read_text()


def test_line_mode_ends_where_nobody_reads(home: Path) -> None:
    """Nothing was decided yet, so the exit is that of a program without a reader."""
    line = "(sleep 1; yes 1) | ($R; echo $? >&2) | head -1 >/dev/null"
    assert shell(line, home, "--plain").err == b"141\n"
