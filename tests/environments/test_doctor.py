"""`renewal doctor` tells what of the environment matters, fit for a bug report."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from store.diagnosis.environment_findings import environment_findings
from store.diagnosis.findings import Verdict
from store.home import Home
from store.times import system_now
from tests.environments.program import run


def findings(home: Path | None, **env: str | None) -> dict[str, dict[str, Any]]:
    ran = run(home, "doctor", "--json", env=env)
    assert ran.exit in {0, 1}
    rows: list[dict[str, Any]] = ran.json["findings"]
    return {finding["what"]: finding for finding in rows}


def test_it_reports_what_matters(home: Path) -> None:
    by_subject = findings(home)
    assert {finding["verdict"] for finding in by_subject.values()} <= {"fine", "note"}
    assert by_subject["SQLite"]["words"] == sqlite3.sqlite_version
    for what in (
        "Renewal Assistant", "Python", "encoding", "terminal", "clock", "time zone", "proxy",
        "home folder", "file system of the home folder", "store.db",
    ):  # fmt: skip
        assert by_subject[what]["words"]
    assert "MiB free" in by_subject["file system of the home folder"]["words"]


def test_no_secret_and_no_name_of_an_item_is_in_it(home: Path) -> None:
    env = {"HTTPS_PROXY": "http://somebody:s3cret@proxy.example.com:3128", "no_proxy": "internal"}
    ran = run(home, "doctor", env=env)
    assert "s3cret" not in ran.words
    assert "somebody" not in ran.words
    with closing(sqlite3.connect(home / "store.db")) as db:
        items = db.execute("SELECT id, name FROM items").fetchall()
    assert len(items) > 5
    assert not [text for row in items for text in row if text and text in ran.words]


@pytest.mark.parametrize(
    ("env", "what", "verdict", "words"),
    [
        ({"PYTHONIOENCODING": "ascii"}, "encoding", "note", "LANG=C.UTF-8"),
        ({"PYTHONIOENCODING": "gbk"}, "encoding", "note", "UTF-8"),
        ({"TZ": "Garbage/Zone"}, "time zone", "note", "Asia/Shanghai"),
        ({"TZ": "CST-8"}, "time zone", "fine", "UTC+08:00"),
        ({"TZ": "Asia/Shanghai"}, "time zone", "fine", "UTC+08:00"),
        ({"HTTPS_PROXY": "socks5://127.0.0.1:9"}, "proxy", "mend", "HTTPS_PROXY"),
        ({"REQUESTS_CA_BUNDLE": "/nonexistent.pem"}, "certificates", "mend", "/nonexistent.pem"),
        ({"HTTP_PROXY": "http://proxy:1"}, "proxy", "fine", "HTTP_PROXY: http"),
    ],
)
def test_what_is_odd_is_reported_with_what_to_do(
    env: dict[str, str], what: str, verdict: str, words: str, home: Path
) -> None:
    finding = findings(home, **env)[what]
    assert finding["verdict"] == verdict
    assert words in finding["words"] + finding["todo"]
    assert bool(finding["todo"]) == (verdict != "fine")


def test_a_relative_home_is_reported(home: Path) -> None:
    ran = run(None, "doctor", env={"RENEWAL_HOME": "home"}, cwd=home.parent)
    assert "it differs for each working folder" in ran.words


def test_data_from_the_future_and_a_clock_of_1973_are_reported(home: Path) -> None:
    with closing(sqlite3.connect(home / "store.db")) as db:
        db.execute("UPDATE syncs SET as_of = as_of + 301")
        db.commit()
    finding = findings(home)["account practice"]
    assert finding["verdict"] == "mend"
    assert "set the clock" in finding["todo"]
    clock = {
        each.what: each
        for each in environment_findings(Home(home), system_now().replace(year=1973), None)
    }
    assert clock["clock"].verdict is Verdict.MEND


def test_it_goes_on_where_a_file_cannot_be_used(home: Path) -> None:
    (home / "store.db").write_bytes(b"not a database")
    by_subject = findings(home)
    assert by_subject["store.db"]["verdict"] == "mend"
    assert "--restore" in by_subject["store.db"]["todo"]
    (home / "config.toml").write_text("default = 7")
    by_subject = findings(home)
    assert by_subject["configuration"]["verdict"] == "mend"
    assert by_subject["SQLite"]["verdict"] == "fine"
