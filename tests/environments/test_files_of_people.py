"""Files as Windows editors, Excel and Chinese input methods make them."""

from __future__ import annotations

import codecs
import csv
import io
import json
from pathlib import Path

import pytest
from icalendar import Calendar

from store.clouds.alibaba.cli_profiles import profiles
from store.config import read_config, store_setting
from store.errors import BadFile
from store.items.license_csv import read_csv
from tests.contract.program import EXAMPLE, Program
from tests.environments.program import run

HEADER = "license_id,application,package,instance_id,sdks,expires_at"
ROW = "lic-a,水表采集,com.example.a,vod-1,Player SDK;Short Video SDK,2027-01-01T00:00:00+08:00"
BOTH = ("Player SDK", "Short Video SDK")

ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A locale that has no Chinese."""

SAVED = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 of another order": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "GB18030": lambda text: text.encode("gb18030"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
}
"""How a text is saved, by a name."""


def saved(folder: Path, name: str, text: str, how: str = "UTF-8") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(SAVED[how](text))
    return path


@pytest.mark.parametrize("how", SAVED)
def test_every_file_is_read_however_it_was_saved(how: str, tmp_path: Path) -> None:
    [item] = read_csv(saved(tmp_path, "l.csv", f"{HEADER}\n{ROW}\n", how))
    assert (item.application, item.sdks) == ("水表采集", BOTH)
    config = saved(tmp_path, "config.toml", '[accounts."水表"]\ncloud = "practice"\n', how)
    assert "水表" in read_config(config).accounts
    store_setting(config, "lang", "zh")
    assert "水表" in read_config(config).accounts
    document = {"current": "默认", "profiles": [{"name": "默认", "mode": "AK"}]}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    saved(tmp_path, ".aliyun/config.json", text, how)
    assert [profile.name for profile in profiles(tmp_path)] == ["默认"]


@pytest.mark.parametrize("how", SAVED)
def test_a_scenario_is_read_however_it_was_saved(how: str, program: Program) -> None:
    text = EXAMPLE.read_text().replace("Factory floor", "水表采集")
    path = saved(program.home, "s.json", text, how)
    assert program("practice", "reset", "--scenario", str(path)).exit == 0
    assert program.item("iot-060a0bcd")["name"] == "水表采集"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}\n{ROW}\n,,,,,\n\n",
        f"{HEADER},,\n{ROW},,\n",
        f"\n,,,,,\n{HEADER}\n{ROW}\n".replace(",", ";").replace("SDK;Short", "SDK，Short"),
        f"\n,,,,,\n{HEADER}\n{ROW}\n".replace(",", "\t"),
        f"sep=,\n{HEADER}\n{ROW}\n",
        f"sep=;\n{HEADER}\n{ROW}\n".replace(",", ";").replace("SDK;Short", "SDK，Short"),
        f" {HEADER.replace(',', ' , ')}\n{ROW}\n",
        f"{HEADER}\n{ROW}\n".replace(",", "\t"),
        f"{HEADER}\n{ROW}\n".replace(",", ";").replace("SDK;Short", "SDK；Short"),
        f"{HEADER}\n{ROW}\n".replace(",", ";").replace(";".join(BOTH), f'"{";".join(BOTH)}"'),
        f"{HEADER}\n{ROW.replace(';', '；')}\n",
        f"{HEADER}\n{ROW.replace(';', '、')}\n",
        f'"{HEADER.replace(",", chr(34) + "," + chr(34))}"\n{ROW}\n',
    ],
)  # fmt: skip
def test_a_table_is_read_as_spreadsheets_save_it(text: str, tmp_path: Path) -> None:
    [item] = read_csv(saved(tmp_path, "l.csv", text))
    assert (item.id, item.application, item.sdks) == ("lic-a", "水表采集", BOTH)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (f"{HEADER}\n{ROW}\n".encode() + b"\xff\xff\n", "iconv"),
        (f"{HEADER}\n{ROW},more\n".encode(), "line 2"),
        (f"{HEADER},license_id\n{ROW},lic-b\n".encode(), "twice"),
        (f"{HEADER},\n{ROW},under no column\n".encode(), "line 2"),
        (b"", "no column license_id"),
    ],
)
def test_what_does_not_fit_is_named(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_bytes(data)
    with pytest.raises(BadFile, match=words):
        read_csv(path)


def test_the_export_opens_in_chinese_excel(program: Program, tmp_path: Path) -> None:
    document = json.loads(EXAMPLE.read_text())
    document["instances"][0]["name"] = "水表采集"
    program.scenario(**document)
    path = tmp_path / "t.csv"
    assert program("export", "--csv", "-o", str(path)).exit == 0
    assert path.read_bytes().startswith(codecs.BOM_UTF8)
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert "水表采集" in {row["name"] for row in rows}
    as_json = program("export", "--csv", "--json").json["text"]
    assert as_json.startswith("account,")


@pytest.mark.parametrize("form", ["--ics", "--csv", "--prometheus"])
def test_a_document_is_the_same_bytes_in_every_locale(example: Program, form: str) -> None:
    def written(*chosen: str, **locale: str | None) -> bytes:
        return run(example.home, *chosen, "export", form, env=locale).out

    expected = written()
    assert expected
    assert written(LC_ALL="zh_CN.GB18030") == expected
    assert written(LANG="zh_CN.UTF-8", LC_ALL=None) == expected
    assert written(**ASCII) == expected
    assert written("--lang", "zh", **ASCII) == written("--lang", "zh")


def test_the_calendar_speaks_the_chosen_language(example: Program) -> None:
    def events(lang: str) -> dict[str, str]:
        calendar = Calendar.from_ical(example("--lang", lang, "export", "--ics").out)
        return {
            str(event["uid"]): f"{event['summary']} {event['description']}"
            for event in calendar.walk("VEVENT")
        }

    english, chinese = events("en"), events("zh")
    assert english.keys() == chinese.keys()
    uid = "end-iot-enterprise-iot-060a0bcd@practice.renewal-assistant"
    assert "Factory floor ends" in english[uid]
    assert "What to do: P-IOT-RENEW" in english[uid]
    assert "Factory floor 到期" in chinese[uid]
    for words in chinese.values():
        assert "What to do" not in words
        assert " ends" not in words
        assert "account" not in words
