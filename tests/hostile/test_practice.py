"""The corpus in every field of the practice cloud, and what commands, files and screens tell."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from icalendar import Calendar
from prometheus_client.parser import text_string_to_metric_families

from store.export.csv_table import COLUMNS
from tests.contract.program import Program
from tests.hostile.corpus import fitting
from tests.hostile.looks import cells_of, foreign_in, harmful_in
from tests.hostile.scenario import hostile_account
from tests.stories.driver import Desk, at_the_desk, prepared_session
from tests.terminal.pty import Terminal

NAMES = [text for text in fitting() if text]


@pytest.fixture
def hostile(tmp_path: Path) -> Program:
    """The program on that account, synced."""
    prepared_session(tmp_path, hostile_account()).close()
    program = Program(tmp_path)
    assert program("sync").exit == 0
    return program


def test_commands_and_files(hostile: Program) -> None:
    status = hostile("status", "--max-age", "never", "--json")
    names = {item["id"]: item["name"] for item in status.json["items"]}
    assert [names[f"iot-{n}"] for n in range(len(NAMES))] == NAMES
    licenses = [item for item in status.json["items"] if item["kind"] == "sdk-license"]
    runs = [
        status,
        hostile("status", "--max-age", "never"),
        hostile("practice", "show"),
        hostile("practice", "show", "--json"),
        hostile("guide", "P-IOT-RENEW", "iot-5"),
        *(hostile("guide", "P-LIC-RENEW", item["id"]) for item in licenses[::14]),
        *(
            hostile("renew", item["license"]["instance_id"], "--months", "1", "--yes", *more)
            for item in licenses[::14]
            for more in ((), ("--json",))
        ),
        hostile("payments"),
        hostile("payments", "--json"),
        hostile("guide"),
    ]
    for ran in runs:
        assert ran.exit < 64, ran.err
        assert harmful_in(ran.out + ran.err) == []
        ran.out.encode()
    for ran in (runs[0], runs[3], runs[-2]):
        json.loads(ran.out)
    assert not (hostile.home / "renewal.log").exists()


def test_the_calendar(hostile: Program) -> None:
    ran = hostile("export", "--ics", "--max-age", "never")
    assert harmful_in(ran.out, lines="\r\n") == []
    calendar = Calendar.from_ical(ran.out)
    assert {part.name for part in calendar.walk()} == {"VCALENDAR", "VEVENT", "VALARM"}
    events = calendar.walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events) > 2 * len(NAMES)
    assert {name for event in events for name in event} == {
        "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "SUMMARY", "DESCRIPTION", "TRANSP",
    }  # fmt: skip
    assert max(len(line.encode()) for line in ran.out.split("\r\n")) <= 75


def test_the_table(hostile: Program) -> None:
    ran = hostile("export", "--csv", "--max-age", "never")
    assert harmful_in(ran.out, lines="\r\n") == []
    for separator in ",;\t":
        rows = list(csv.reader(io.StringIO(ran.out, newline=""), delimiter=separator))
        cells = [cell for row in rows for cell in row]
        assert [cell for cell in cells if cell.strip().startswith(tuple("=+-@＝＋－＠"))] == []
        if separator == ",":
            assert {len(row) for row in rows} == {len(COLUMNS)}


def test_the_metrics(hostile: Program) -> None:
    ran = hostile("export", "--prometheus", "--max-age", "never")
    assert harmful_in(ran.out) == []
    families = {family.name: family for family in text_string_to_metric_families(ran.out)}
    levels = families["renewal_item_severity"].samples
    assert {tuple(sorted(sample.labels)) for sample in levels} == {
        ("account", "id", "kind", "name")
    }
    assert len(levels) >= len(NAMES)
    assert len(families["renewal_severity"].samples) == 1


def is_straight(desk: Desk) -> None:
    """Every line of the screen is harmless, and takes exactly the screen's cells."""
    width, _ = desk.app.size
    for line in desk.whole_lines:
        assert harmful_in(line) == []
        assert cells_of(line) == width, ascii(line)


@pytest.mark.parametrize("size", [(120, 160), (44, 160)])
async def test_every_page_of_every_pane(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_the_desk(tmp_path, hostile_account(), size=size) as desk:
        for pane in "123":
            await desk.press(pane)
            shown = ""
            while desk.text != shown:
                shown = desk.text
                is_straight(desk)
                await desk.press("pagedown")
            await desk.press("enter")
            is_straight(desk)
            await desk.press("w")
            is_straight(desk)
            await desk.leave_all()


def test_no_byte_of_it_reaches_a_terminal(tmp_path: Path) -> None:
    prepared_session(tmp_path, hostile_account()).close()
    with Terminal(tmp_path, columns=120, lines=40) as terminal:
        terminal.see("1 Instances 4", "? keys")
        for pane in "123":
            terminal.press(pane)
            terminal.press("\x1b[6~" * 3)
        terminal.press("1/")
        terminal.see("\n filter: words, or state:stopped, ends<30d, cost>1000\n")
        pasted = "".join(NAMES[100::9]).translate({0x1B: " ", 0x0A: " ", 0x0D: " "}).encode()
        terminal.child.send(b"\x1b[200~" + pasted[:3000] + b"\x1b[201~\xff\xfe\x80")
        terminal.press("here")
        terminal.see("here\n")
        terminal.press("\x1b")
        terminal.see("1 Instances 467 ·", "iot-213 ")  # the page where it was
        terminal.press("q")
        assert terminal.end() == 0
        assert foreign_in(terminal.raw) == []
        assert terminal.left_on == []
