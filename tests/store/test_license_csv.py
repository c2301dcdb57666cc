"""Import of licenses from CSV: all of a file, or nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from store.errors import BadFile
from store.items.license_csv import read_csv
from tests.contract.program import Program

HEADER = (
    "license_id,application,package,instance_id,sdks,expires_at,monthly_price,auto_renewal_months\n"
)
GOOD = (
    "lic-a,Kids app,com.example.kids,vod-1,Player SDK;Short Video SDK,"
    "2027-01-01T00:00:00+08:00,180.00,\n"
)


def csv_file(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "licenses.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_that_fits(tmp_path: Path) -> None:
    (item,) = read_csv(csv_file(tmp_path, "\ufeff" + HEADER + GOOD))
    assert item.sdks == ("Player SDK", "Short Video SDK")
    assert item.auto_renewal_months is None
    (item,) = read_csv(csv_file(tmp_path, HEADER + GOOD.replace("180.00", '"1,180.00"')))
    assert item.monthly_price == Decimal("1180.00")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a,b\n1,2\n", "line 1"),
        (HEADER.replace("\n", ",more\n") + GOOD.replace("\n", ",x\n"), "line 1"),
        (HEADER + GOOD + GOOD, "license_id"),
        (HEADER + GOOD.replace("lic-a", "lic a"), "line 2 license_id"),
        (HEADER + GOOD.replace("vod-1", "vod/1"), "line 2 instance_id"),
        (HEADER + GOOD.replace("Player SDK;Short Video SDK", ";"), "line 2 sdks"),
        (HEADER + GOOD.replace("+08:00", ""), "line 2 expires_at"),
        (HEADER + GOOD.replace("180.00", "free"), "line 2 monthly_price"),
        (HEADER + GOOD.replace("180.00,", "180.00,5"), "line 2 auto_renewal_months"),
        (HEADER + "lic-a,Kids\n", "line 2"),
        (HEADER + '"', "line 2"),
        (b"\xff\xfe", "licenses.csv"),
    ],
)
def test_what_does_not_fit_names_its_place(tmp_path: Path, text: str | bytes, path: str) -> None:
    with pytest.raises(BadFile) as error:
        read_csv(csv_file(tmp_path, text))
    assert path in error.value.path


def test_import_and_add_on_the_command_line(example: Program, tmp_path: Path) -> None:
    ran = example("licenses", "import", str(csv_file(tmp_path, HEADER + GOOD)), "--json")
    assert (ran.exit, ran.json["kept"]) == (0, ["lic-a"])
    assert example("licenses", "import", str(tmp_path / "none.csv")).exit == 64
    assert example("licenses", "import", str(tmp_path)).exit == 64
    add = ("licenses", "add", "--license-id", "lic-b", "--application", "Tools")
    rest = ("--sdk", "Player SDK", "--expires-at", "2026-11-30T00:00:00+08:00")
    assert example(*add, *rest).exit == 0
    assert example(*add, "--sdk", "Player SDK", "--expires-at", "soon").exit == 64
    items = {item["id"]: item for item in example.status()["items"]}
    assert items["lic-a"]["remedy"] == "P-LIC-RENEW"
    assert items["lic-b"]["remedy"] == "P-LIC-REPLACE"
    assert items["lic-b"]["state"] == "active"
    bad = csv_file(tmp_path, HEADER + GOOD.replace("lic-a", "lic-c") + "x\n")
    assert example("licenses", "import", str(bad)).exit == 64
    assert "lic-c" not in {item["id"] for item in example.status()["items"]}
