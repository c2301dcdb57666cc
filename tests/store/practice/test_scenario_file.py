"""Scenario files: what fits is kept, what does not is named by its path."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from store.clouds.practice.cloud import PracticeCloud
from store.clouds.practice.fields import MOST_BYTES
from store.clouds.practice.scenario_file import parse_scenario, read_scenario
from store.errors import BadFile, Usage
from tests.store.practice.accounts import (
    Document,
    enterprise,
    previous,
    public_new,
    resource_plan,
    scenario,
    sdk_license,
)
from tests.store.practice.conftest import Plant

MISSING = object()


def whole() -> Document:
    """A document with everything in it."""
    other = {
        "instance_id": "other-1",
        "name": "Edge",
        "kind": "other",
        "region": "cn-shanghai",
        "expires_at": "2027-01-01T00:00:00Z",
    }
    return scenario(
        instances=[enterprise(), previous(), public_new(), other, previous("cn-hangzhou")],
        licenses=[sdk_license(), sdk_license("lic-2"), sdk_license("lic-3", "")],
        plans=[resource_plan(), resource_plan("plan-2")],
    )


def changed(path: str, value: object) -> Document:
    """The whole document with another value at `instances.0.name`."""
    document = whole()
    *steps, last = path.split(".")
    holder: Any = document
    for step in steps:
        holder = holder[int(step) if step.isdigit() else step]
    if value is MISSING:
        del holder[last]
    else:
        holder[int(last) if isinstance(holder, list) else last] = value
    return document


def named(path: str) -> str:
    """`instances.0.name` as a message has it: `instances[0].name`."""
    steps = path.split(".")
    return "".join(f"[{step}]" if step.isdigit() else f".{step}" for step in steps)[1:]


BAD = [
    ("clock", "2026-11-22T09:00:00"),
    ("clock", "2026-11-22 09:00:00+08:00"),
    ("clock", "2026-11-22T09:00:00.5+08:00"),
    ("clock", "2026-02-30T09:00:00+08:00"),
    ("clock", "2026-11-22T24:00:00+08:00"),
    ("clock", "1999-12-31T23:59:59+08:00"),
    ("clock", "2200-01-01T00:00:00+08:00"),
    ("clock", "２026-11-22T09:00:00+08:00"),
    ("clock", 1764000000),
    ("clock", None),
    ("account", []),
    ("account.site", "moon"),
    ("account.currency", "yuan"),
    ("account.available", 12.4),
    ("account.available", "-1.00"),
    ("account.available", "+1.00"),
    ("account.available", "1e3"),
    ("account.available", "1,000.00"),
    ("account.available", "1.005"),
    ("account.available", ".50"),
    ("account.available", "1."),
    ("account.available", "１"),
    ("account.available", " 1"),
    ("account.available", "1\n"),
    ("account.available", "1" * 16),
    ("account.available", "NaN"),
    ("account.credit", None),
    ("instances", {}),
    ("instances", None),
    ("instances.0", "iot"),
    ("instances.0.instance_id", ""),
    ("instances.0.instance_id", "a b"),
    ("instances.0.instance_id", "工厂"),
    ("instances.0.instance_id", "x" * 65),
    ("instances.0.instance_id", "iot-1\n"),
    ("instances.0.name", "x" * 1001),
    ("instances.0.name", "\ud800"),
    ("instances.0.name", 5),
    ("instances.0.kind", "iot-basic"),
    ("instances.0.kind", None),
    ("instances.0.region", None),
    ("instances.0.expires_at", "2026-11-24"),
    ("instances.0.auto_renewal_months", 0),
    ("instances.0.auto_renewal_months", "3"),
    ("instances.0.auto_renewal_months", True),
    ("instances.0.monthly_price", 300),
    ("instances.1.cycle_hours", 0),
    ("instances.1.cycle_hours", 8785),
    ("instances.1.cycle_hours", 24.0),
    ("instances.1.cycle_hours", True),
    ("instances.1.cycle_hours", None),
    ("instances.1.bill_after_hours", -1),
    ("instances.1.bill_after_hours", 5),
    ("instances.1.cycle_cost", None),
    ("instances.2.instance_id", ""),
    ("instances.2.instance_id", "iot-1"),
    ("instances.3.instance_id", ""),
    ("instances.4.region", "ap-northeast-1"),
    ("licenses.0.license_id", ""),
    ("licenses.1.license_id", "lic-1"),
    ("licenses.0.license_id", "iot-1"),
    ("licenses.0.instance_id", "iot-1"),
    ("licenses.2.instance_id", "lic-1"),
    ("licenses.0.instance_id", None),
    ("licenses.0.application", None),
    ("licenses.0.sdks", "Player SDK"),
    ("licenses.0.sdks.0", 7),
    ("licenses.1.expires_at", "2026-12-02T00:00:00+08:00"),
    ("licenses.1.auto_renewal_months", 3),
    ("licenses.1.renewal_error", "no"),
    ("licenses.0.renewal_error", 5),
    ("resource_plans.0.plan_id", "lic-2"),
    ("resource_plans.1.plan_id", "vod-1"),
    ("resource_plans.0.remaining", "1000.000000001"),
    ("resource_plans.0.remaining", "0.0000000001"),
    ("resource_plans.0.expires_at", "2026-01-01T00:00:00+08:00"),
    ("resource_plans.0.months", 0),
    ("resource_plans.0.months", 121),
    ("resource_plans.0.effect_delay_minutes", -1),
    ("resource_plans.0.effect_delay_minutes", 100_001),
    ("resource_plans.0.payg_price", 1),
    ("resource_plans.0.region", 1),
    ("resource_plans.0.region", "x" * 1001),
    ("resource_plans.0.price", "1.001"),
]


@pytest.mark.parametrize(("path", "value"), BAD)
def test_what_does_not_fit_is_named_and_changes_nothing(
    cloud: PracticeCloud, path: str, value: object
) -> None:
    before = cloud.show()
    with pytest.raises(BadFile) as caught:
        cloud.reset(changed(path, value))
    assert caught.value.path == named(path)
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 300
    assert cloud.show() == before


OPTIONAL = {"auto_renewal_months", "renewal_error", "payg_price"}
"""`region` is optional of plans alone, and not in every document."""


def _places(document: Any, path: str = "") -> list[str]:
    paths: list[str] = []
    steps = document.items() if isinstance(document, dict) else enumerate(document)
    for step, value in steps:
        here = f"{path}.{step}" if path else str(step)
        paths.append(here)
        if isinstance(value, dict | list):
            paths += _places(value, here)
    return paths


FIELDS = [path for path in _places(whole()) if not path.rpartition(".")[2].isdigit()]


@pytest.mark.parametrize("path", FIELDS)
def test_each_field_is_required_but_three(path: str) -> None:
    document = changed(path, MISSING)
    if path.rpartition(".")[2] in OPTIONAL:
        parse_scenario(document)
        return
    with pytest.raises(BadFile) as caught:
        parse_scenario(document)
    assert caught.value.path == named(path)
    assert caught.value.found == "nothing"


OBJECTS = ["", "account.", "instances.0.", "instances.2.", "licenses.0.", "resource_plans.0."]


@pytest.mark.parametrize("where", OBJECTS)
def test_an_unknown_field_is_refused(where: str) -> None:
    with pytest.raises(BadFile) as caught:
        parse_scenario(changed(f"{where}colour", "red"))
    assert caught.value.path == named(f"{where}colour")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("clock", "2000-01-01T00:00:00+08:00"),
        ("clock", "2199-12-31T23:59:59+08:00"),
        ("clock", "2026-11-22T01:00:00Z"),
        ("account.available", "9" * 15 + ".99"),
        ("account.available", "0"),
        ("instances.0.name", ""),
        ("instances.0.name", "\x1b[31m\x00[/prod] 工厂"),
        ("instances.0.name", "🏭" * 1000),
        ("instances.0.instance_id", "A_z.9:-"),
        ("instances.0.instance_id", "x" * 64),
        ("instances.0.monthly_price", None),
        ("instances.1.instance_id", "iot-public-1"),
        ("instances.1.cycle_hours", 1),
        ("instances.1.cycle_hours", 8784),
        ("instances.1.bill_after_hours", 0),
        ("instances.2.region", "ap-northeast-1"),
        ("licenses.0.application", ""),
        ("licenses.2.expires_at", "2030-01-01T00:00:00Z"),
        ("resource_plans.0.remaining", "999.999999999"),
        ("resource_plans.0.price", None),
        ("resource_plans.0.payg_price", "0.0045"),
        ("resource_plans.0.region", None),
        ("resource_plans.0.region", "cn-shanghai"),
        ("resource_plans.0.effect_delay_minutes", 100_000),
        ("resource_plans.0.months", 120),
    ],
)
def test_what_is_at_the_edge_fits(plant: Plant, path: str, value: object) -> None:
    plant(changed(path, value))


def test_equal_ids_name_the_later_one() -> None:
    document = whole()
    document["instances"].append(copy.deepcopy(document["instances"][0]))
    with pytest.raises(BadFile) as caught:
        parse_scenario(document)
    assert caught.value.path == "instances[5].instance_id"


def write(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"tour"',
        b"\xff\xfe{}",
        b"\xef\xbb\xbf{}",
        b"[" * 100_000,
        b'{"clock": ' + b"1" * 5000 + b"}",
        b'{"clock": NaN}',
    ],
)
def test_what_is_no_scenario_at_all(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(BadFile) as caught:
        read_scenario(write(tmp_path / "scenario.json", raw))
    assert caught.value.message.isprintable()


def test_a_field_that_is_there_twice(tmp_path: Path) -> None:
    raw = json.dumps(whole()).replace('"site"', '"credit": "1", "site"')
    with pytest.raises(BadFile) as caught:
        read_scenario(write(tmp_path / "scenario.json", raw.encode()))
    assert caught.value.path == "account.credit"


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "nope.json", tmp_path):
        with pytest.raises(BadFile):
            read_scenario(path)


def test_64_mib_fit_and_a_byte_more_does_not(tmp_path: Path) -> None:
    raw = json.dumps(whole()).encode()
    path = write(tmp_path / "scenario.json", raw + b" " * (MOST_BYTES - len(raw)))
    assert len(read_scenario(path).instances) == 5
    with path.open("ab") as file:
        file.write(b" ")
    with pytest.raises(BadFile):
        read_scenario(path)


def test_a_name_that_is_not_shipped(cloud: PracticeCloud) -> None:
    with pytest.raises(Usage, match="tour, calm, crisis"):
        cloud.reset("storm")
