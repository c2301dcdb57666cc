"""`renewal export`: read back by programs that are not ours."""

from __future__ import annotations

import csv
import io
import json

import pytest
from icalendar import Calendar
from prometheus_client.parser import text_string_to_metric_families

from tests.contract.program import EXAMPLE, Program


def events(text: str):
    return {str(event["uid"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


def test_a_calendar_that_is_imported_again_moves_its_events(example: Program) -> None:
    before = events(example("export", "--ics").out)
    ends = {uid for uid in before if uid.startswith("end-")}
    assert len(ends) == 3
    lost = before["lost-iot-enterprise-iot-060a0bcd@practice.renewal-assistant"]
    assert lost["dtstart"].dt.isoformat() == "2026-12-08T16:00:00+00:00"
    assert [str(part["action"]) for part in lost.walk("VALARM")] == ["DISPLAY"] * 6
    example("practice", "topup", "5000")
    example("renew", "iot-060a0bcd", "--months", "1", "--yes")
    example("practice", "clock", "--advance", "1h")
    after = events(example("export", "--ics").out)
    assert {uid for uid in after if uid.startswith("end-")} == ends
    moved = "end-iot-enterprise-iot-060a0bcd@practice.renewal-assistant"
    assert after[moved]["dtstart"].dt > before[moved]["dtstart"].dt
    assert after[moved]["sequence"] > before[moved]["sequence"]


def test_alarms_can_be_set(example: Program) -> None:
    exported = events(example("export", "--ics", "--alarms", "5").out)
    assert all(len(event.walk("VALARM")) == 1 for event in exported.values())
    assert example("export", "--ics", "--alarms", "soon").exit == 64
    (example.home / "config.toml").write_text("alarms = [30, 7]\n")
    exported = events(example("export", "--ics").out)
    assert all(len(event.walk("VALARM")) == 2 for event in exported.values())


def test_metrics_are_read_by_prometheus(example: Program) -> None:
    families = {
        family.name: family
        for family in text_string_to_metric_families(example("export", "--prometheus").out)
    }
    (available,) = families["renewal_balance_available"].samples
    assert available.value == 12.40
    (level,) = families["renewal_severity"].samples
    assert level.value == 2
    ends = families["renewal_item_ends_timestamp_seconds"].samples
    assert {sample.labels["id"] for sample in ends} == {
        "iot-060a0bcd",
        "lic-kids",
        "plan-storage-1",
    }


@pytest.mark.parametrize("name", ["=1+1", "+x", "-x", "@x", "\t=x", " =x", "a\r\nb", "\x1b[31m"])
def test_a_table_is_safe_against_formulas_and_escapes(program: Program, name: str) -> None:
    document = json.loads(EXAMPLE.read_text())
    document["instances"][0]["name"] = name
    path = program.home / "hostile.json"
    path.write_text(json.dumps(document))
    assert program("practice", "reset", "--scenario", str(path)).exit == 0
    rows = list(csv.DictReader(io.StringIO(program("export", "--csv").out.removeprefix("\ufeff"))))
    (row,) = [row for row in rows if row["id"] == "iot-060a0bcd"]
    assert not row["name"].lstrip().startswith(("=", "+", "-", "@"))
    assert "\x1b" not in row["name"]
    assert "\n" not in row["name"]
    for form in ("--ics", "--prometheus"):
        assert "\x1b" not in program("export", form).out


def test_a_file_is_replaced_whole(example: Program, tmp_path) -> None:
    path = tmp_path / "renewals.ics"
    path.write_text("old")
    assert example("export", "--ics", "-o", str(path)).exit == 0
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []
    assert example("export", "--csv", "-o", str(tmp_path / "no" / "such" / "x.csv")).exit == 74


def test_without_a_form_it_is_wrong_usage(example: Program) -> None:
    assert example("export").exit == 64


def test_an_empty_file_name_is_wrong_usage(example: Program) -> None:
    ran = example("export", "--ics", "-o", "")
    assert (ran.exit, ran.out) == (64, "")
    assert "-o" in ran.err


def test_two_forms_at_once_are_wrong_usage(example: Program) -> None:
    ran = example("export", "--ics", "--csv")
    assert (ran.exit, ran.out) == (64, "")
