"""The corpus from the person's own side: files, config, arguments, the keyboard."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from tests.contract.program import Program
from tests.hostile.corpus import CORPUS, FAMILIES, fitting
from tests.hostile.looks import harmful_in
from tests.hostile.scenario import hostile_csv
from tests.hostile.test_practice import is_straight
from tests.stories.driver import at_the_desk

ONE_OF_EACH = [text for texts in FAMILIES.values() for text in texts[len(texts) // 2 :][:1]]
SHORT = [text[:500] for text in CORPUS if text]


def test_a_csv_of_licenses(tmp_path: Path) -> None:
    program, file = Program(tmp_path), tmp_path / "l.csv"
    file.write_text(hostile_csv(), newline="")
    ran = program("licenses", "import", str(file))
    assert ran.exit == 0, ran.err
    for out in (ran, program("status", "--json"), program("status"), program("export", "--csv")):
        assert out.exit < 64
        assert harmful_in(out.out + out.err, lines="\r\n") == []


def test_files_that_do_not_fit(tmp_path: Path) -> None:
    program, file = Program(tmp_path), tmp_path / "l.csv"
    head = "license_id,application,package,instance_id,sdks,expires_at\n"
    for n, text in enumerate(SHORT[::2]):
        row = ["a", "b", "c", "d", "e", "2026-12-01T00:00:00+08:00"]
        row[(0, 3, 5)[n % 3]] = '"' + text.replace('"', '""') + '"'
        header = head if n % 4 else head.replace("package", '"' + text.replace('"', '""') + '"')
        written = header + ",".join(row) + "\n"
        file.write_bytes(written.encode("utf-8", "surrogatepass"))
        ran = program("licenses", "import", str(file), "--json")
        assert ran.exit in {0, 64}, (ascii(text), ran.err)
        assert harmful_in(ran.out + ran.err) == []


def test_a_scenario_that_does_not_fit(tmp_path: Path) -> None:
    program, file = Program(tmp_path), tmp_path / "s.json"
    for n, text in enumerate(SHORT[::3]):
        file.write_text(
            json.dumps(
                (
                    {text: 1},
                    {"clock": text},
                    [text],
                    {"clock": "2026-11-22T09:00:00+08:00", "account": {"site": text}},
                )[n % 4]
            )
        )
        ran = program("practice", "reset", "--scenario", str(file), "--json")
        assert ran.exit == 64, ran.err
        assert harmful_in(ran.out + ran.err) == []


def test_the_configuration(tmp_path: Path) -> None:
    program, file = Program(tmp_path), tmp_path / "config.toml"
    for n, text in enumerate(fitting()[::12]):
        quoted = json.dumps(text[:200], ensure_ascii=False).replace("\x7f", "\\u007f")
        if n % 5 == 0 and text:
            file.write_text(f"default = {quoted}\n[accounts.{quoted}]\ncloud = 'practice'\n")
            tomllib.loads(file.read_text())
            runs = [program("status"), program("status", "--json"), program("export", "--ics")]
            runs += [program("export", "--prometheus"), program("doctor")]
        else:
            what = ("site", "cloud", "profile", "endpoint", quoted)[n % 5 - 1]
            file.write_text(f"[accounts.x]\ncloud = 'alibaba'\n{what} = {quoted}\n")
            runs = [program("--account", "x", "doctor"), program("--account", text, "sync")]
        for ran in runs:
            assert ran.exit != 70, (ascii(text), ran.err)
            assert harmful_in(ran.out + ran.err, lines="\r\n") == []


def test_arguments(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program("sync")
    for n, text in enumerate(SHORT[::3]):
        line = (
            ("renew", text, "--months", "1", "--yes"),
            ("renew", "x", "--months", text),
            ("status", "--within", text),
            ("guide", text),
            ("guide", "P-IOT-RENEW", text),
            ("practice", "clock", "--set", text),
            ("practice", "reset", "--scenario", text.replace("\0", "")),
            ("licenses", "add", "--license-id", f"l-{n}", "--application", text, "--package", text,
             "--sdk", text, "--expires-at", "2027-01-01T00:00:00+08:00"),
            ("export", "--csv", "-o", f"{tmp_path}/{text.replace(chr(0), '')[:40]}/x"),
            (text,),
            ("--account", text, "status"),
            ("practice", "bind", "lic-1", text),
        )[n % 12]  # fmt: skip
        ran = program(*line, *(["--json"] if n % 2 else []))
        assert ran.exit != 70, (ascii(text), line[0], ran.err)
        assert harmful_in(ran.out + ran.err, lines="\r\n") == [], (line, ran)
    ran = program("status", "--json")
    assert ran.exit < 64
    assert harmful_in(ran.out) == []


async def test_what_is_pasted_and_typed(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path) as desk:
        for keys in (("slash",), (":",)):
            await desk.press(*keys)
            for text in [*ONE_OF_EACH[::2], "\n", "\x1c\n"]:
                desk.app.post_message(events.Paste(text))
                await desk.settle()
                box = desk.app.focused
                assert isinstance(box, Input)
                assert harmful_in(box.value) == []
                is_straight(desk)
                box.value = ""
            for character in "e\u0301\u0301\u0301\u0301\u0301\u0301直🏭":
                await desk.pilot.press(character)
            await desk.settle()
            is_straight(desk)
            await desk.leave_all()


@pytest.mark.parametrize("answers", [b"\xff\xfe\n0\n", b"1\n\x1b[2J\n\xc2\x9b31m\n" * 3 + b"0\n"])
def test_answers_on_plain_lines(
    tmp_path: Path, answers: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    stdin = io.TextIOWrapper(io.BytesIO(answers), "utf-8", "surrogateescape")
    monkeypatch.setattr("sys.stdin", stdin)
    ran = Program(tmp_path)("--plain")
    assert ran.exit != 70, ran.err
    assert harmful_in(ran.out + ran.err) == []
