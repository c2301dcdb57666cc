"""Every pair of command, locale, stream, home, clock, terminal and language, once at least.

The environment decides how it looks, never what happened: the exit is that of the command, a
document is whole, a payment is made once. The next environment is one line here.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.contract.program import Program
from tests.environments.machine import LOCALES, made_once, make_clock, make_locales
from tests.environments.pairs import Case, pairwise
from tests.environments.program import FACTORY, ROOT, Ran, command, copy_of, environment, shell

COMMANDS = {
    "status": (("status",), 2, 2),
    "status --json": (("status", "--json"), 2, 2),
    "status --line": (("status", "--line"), 3, 2),
    "sync --json": (("sync", "--json"), 0, 0),
    "renew": (("renew", FACTORY, "--months", "1", "--yes"), 12, 0),
    "renew, asked": (("renew", FACTORY, "--months", "1"), 64, 64),
    "export --csv": (("export", "--csv"), 0, 0),
    "doctor --json": (("doctor", "--json"), 0, 0),
}
"""Arguments, the exit in a fresh home, and the exit in one with data and money."""

LANGUAGES = ("en", "zh")
ENCODINGS: dict[str, tuple[str, dict[str, str | None]]] = {
    "UTF-8": ("utf-8", {}),
    "no locale": ("utf-8", {"LANG": None}),
    "ASCII": ("ascii", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "zh_CN.GBK": ("gbk", {"LANG": "zh_CN.GBK"}),
    "zh_TW.BIG5": ("big5", {"LANG": "zh_TW.BIG5"}),
    "en_US.ISO-8859-1": ("iso-8859-1", {"LANG": "en_US.ISO-8859-1"}),
}
"""The encoding of what people read, and the variables that ask for it."""

STREAMS = {
    "pipes": "$R",
    "closed stdin": "$R <&-",
    "closed stderr": "$R 2>&-",
    "full disk": "$R >/dev/full",
    "reader gone": "$R | true; exit ${PIPESTATUS[0]}",
    "non-blocking": "",
}
READ = {"pipes", "closed stdin", "closed stderr", "non-blocking"}
"""Streams by which the whole output arrives."""

HOMES = ("fresh", "with data", "by ~", "relative", "a link", "odd name")
CLOCKS = ("right", "53 years behind")
TERMINALS: dict[str, dict[str, str | None]] = {
    "xterm": {"TERM": "xterm-256color"},
    "dumb": {"TERM": "dumb", "NO_COLOR": "1"},
    "unset": {"TERM": None, "TZ": "Asia/Shanghai"},
    "frozen size": {"TERM": "screen", "COLUMNS": "20", "LINES": "5"},
}
CASES = pairwise({
    "command": tuple(COMMANDS), "encoding": tuple(ENCODINGS), "stream": tuple(STREAMS),
    "home": HOMES, "clock": CLOCKS, "terminal": tuple(TERMINALS), "language": LANGUAGES,
})  # fmt: skip


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the locales and of the clock."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def make(folder: Path) -> None:
        make_locales(folder)
        make_clock(folder)

    return made_once(shared / "machine", make)


def variables(case: Case, machine: Path) -> dict[str, str | None]:
    """The environment of a case. Skips what this machine cannot be."""
    name = case["encoding"]
    if name in LOCALES and not (machine / name / "LC_CTYPE").exists():
        pytest.skip(f"localedef cannot make {name} here")
    values = {**ENCODINGS[name][1], **TERMINALS[case["terminal"]], "LOCPATH": str(machine)}
    if case["clock"] != CLOCKS[0]:
        library = machine / "clock.so"
        if not library.exists():
            pytest.skip("there is no C compiler for a clock that is behind")
        values["LD_PRELOAD"] = str(library)
    return values


def home_of(case: Case, synced: Path, folder: Path) -> tuple[Path, str]:
    """The folder of the home, and what names it."""
    home = folder / "home"
    if case["home"] == "fresh":
        return home, str(home)
    copy_of(synced, folder)
    if case["home"] == "odd name":
        return home.rename(folder / "we?ird #50%25 [x]"), str(folder / "we?ird #50%25 [x]")
    if case["home"] == "a link":
        (folder / "link").symlink_to(home)
        return home, str(folder / "link")
    return home, {"by ~": "~/home", "relative": "home"}.get(case["home"], str(home))


def ran(case: Case, named: str, env: dict[str, str | None], folder: Path) -> Ran:
    """The command of the case, on its streams."""
    arguments = ("--lang", case["language"], *COMMANDS[case["command"]][0])
    env = {**env, "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    if case["stream"] != "non-blocking":
        line = f"cd '{folder}'; {STREAMS[case['stream']]}"
        return shell(line, Path(named), *arguments, **env)
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with subprocess.Popen(
        command(Path(named), *arguments), stdin=subprocess.DEVNULL, stdout=writing,
        stderr=subprocess.PIPE, env=environment(**env), cwd=folder,
    ) as process:  # fmt: skip
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            out = pipe.read()
        err = process.stderr.read() if process.stderr else b""
    return Ran(process.returncode, out, err)


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case.values()))
def test_the_environment_changes_no_outcome(
    case: Case, synced: Path, machine: Path, tmp_path: Path
) -> None:
    env = variables(case, machine)
    home, named = home_of(case, synced, tmp_path)
    done = ran(case, named, env, tmp_path)
    _arguments, fresh, with_data = COMMANDS[case["command"]]
    expected = {fresh if case["home"] == "fresh" else with_data}
    if case["command"] == "doctor --json" and case["clock"] != CLOCKS[0]:
        expected = {1}
    assert done.exit in expected, done.words
    encoding = ENCODINGS[case["encoding"]][0]
    assert done.err.decode(encoding) is not None
    if case["stream"] in READ:
        check_output(case["command"], done.out, encoding)
    if case["command"] == "renew":
        rows = Program(home)("payments", "--json").json["payments"]
        assert [row["state"] for row in rows] == (["paid"] if with_data == done.exit else [])


def check_output(name: str, out: bytes, encoding: str) -> None:
    """A document is whole, words are in the encoding."""
    if name.endswith("--json"):
        assert json.loads(out)
    elif name == "export --csv":
        assert out.startswith(b"\xef\xbb\xbfaccount,")
        assert out.endswith(b"\r\n")
    else:
        out.decode(encoding)


def test_every_pair_is_covered() -> None:
    small = pairwise({"a": "123", "b": "45", "c": "67"})
    assert len(small) == 6
    for first, other in (
        (("a", "3"), ("b", "5")),
        (("b", "4"), ("c", "7")),
        (("a", "1"), ("c", "6")),
    ):
        assert [case for case in small if case[first[0]] == first[1] and case[other[0]] == other[1]]
