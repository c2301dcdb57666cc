"""SQLite 3.34 is enough. Files with STRICT tables, as earlier versions made them, lose STRICT
with a newer one; until then an older SQLite is said to be too old, and no file damaged.

`OLD_SQLITE` names a folder with a `libsqlite3.so.0` of version 3.34 to 3.36 for the tests that
need one.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store.clouds.practice.cloud import PracticeCloud
from store.clouds.practice.file import SCHEMA as PRACTICE
from store.database import errors
from store.database.open import open_database
from store.database.schema import Schema, version_of
from store.errors import FileTrouble
from store.schema import STORE

ROOT = Path(__file__).parent.parent.parent
STRICT = "SELECT name FROM sqlite_schema WHERE sql LIKE '%STRICT%'"


def make_strict(path: Path, schema: Schema, version: int) -> None:
    """Give the file the tables and the version of the schema before."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute(
            "UPDATE sqlite_schema SET sql = replace(rtrim(sql, char(10)) || ' STRICT', "
            "' WITHOUT ROWID STRICT', ' STRICT, WITHOUT ROWID') WHERE type = 'table' "
            "AND name NOT LIKE 'sqlite%' AND name NOT LIKE '!_%' ESCAPE '!'"
        )
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'tables_for_older_sqlite'")
        db.execute(f"PRAGMA user_version = {version}")
        db.commit()
    assert schema.version > version


def strict_home(home: Path) -> None:
    """A home with data, as the schema before left it."""
    run(home, "sync")
    make_strict(home / "store.db", STORE, 7)
    make_strict(home / "practice.db", PRACTICE, 2)


def run(home: Path, *arguments: str, library: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", "--home", str(home), *arguments],
        env={**os.environ, "LD_LIBRARY_PATH": library},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def library() -> str:
    """The folder of the old library."""
    folder = os.environ.get("OLD_SQLITE", "")
    if not folder:
        pytest.skip("OLD_SQLITE names no folder with an old libsqlite3.so.0")
    asked = subprocess.run(
        [sys.executable, "-c", "import sqlite3; print(sqlite3.sqlite_version)"],
        env={**os.environ, "LD_LIBRARY_PATH": folder},
        capture_output=True,
        text=True,
        check=True,
    )
    version = tuple(map(int, asked.stdout.split(".")))
    if version >= (3, 37):
        pytest.skip(f"this Python takes {asked.stdout.strip()} even so")
    return folder


def test_new_files_have_no_strict_table(tmp_path: Path) -> None:
    for schema in (STORE, PRACTICE):
        path = tmp_path / f"{schema.version}.db"
        with closing(open_database(path, schema)) as db:
            assert db.execute(STRICT).fetchall() == []


def test_todays_files_lose_strict_and_keep_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    cloud = PracticeCloud.open(path)
    before = cloud.show()
    cloud.close()
    make_strict(path, PRACTICE, 2)
    with closing(sqlite3.connect(path)) as db:
        assert len(db.execute(STRICT).fetchall()) == 11
    with closing(open_database(path, PRACTICE)) as db:
        assert db.execute(STRICT).fetchall() == []
        assert version_of(db) == PRACTICE.version
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    cloud = PracticeCloud.open(path)
    assert cloud.show() == before
    cloud.close()


def test_an_sqlite_that_is_too_old_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FileTrouble, match=r"SQLite 3\.33\.0.*needs 3\.34"):
        errors.check_sqlite((3, 33, 0))
    errors.check_sqlite((3, 34, 0))
    malformed = sqlite3.DatabaseError(
        'malformed database schema (syncs) - near "STRICT": syntax error'
    )
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    words = errors.file_error(malformed, tmp_path / "store.db").message
    assert "SQLite 3.37" in words
    assert "damaged" not in words
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 37, 0))
    assert "damaged" in errors.file_error(malformed, tmp_path / "store.db").message


def test_a_fresh_home_works_on_3_34(tmp_path: Path, library: str) -> None:
    home = tmp_path / "home"
    for arguments, code in (
        (("sync",), 0),
        (("status",), 2),
        (("practice", "topup", "100000"), 0),
        (("renew", "iot-060a0bcd", "--months", "1", "--yes"), 0),
        (("guide", "P-IOT-RENEW", "iot-060a0bcd"), 0),
        (("export", "--csv"), 0),
        (("payments",), 0),
        (("doctor",), 0),
    ):
        ran = run(home, *arguments, library=library)
        assert ran.returncode == code, (arguments, ran.stdout, ran.stderr)


def test_a_home_of_today_needs_a_newer_sqlite_until_one_opened_it(
    tmp_path: Path, library: str
) -> None:
    home = tmp_path / "home"
    strict_home(home)
    before = (home / "store.db").read_bytes()
    for arguments in (("status",), ("sync",), ("payments",)):
        ran = run(home, *arguments, library=library)
        assert ran.returncode == 74
        assert "SQLite 3.37" in ran.stderr
        assert "damaged" not in ran.stderr
    ran = run(home, "doctor", "--json", library=library)
    assert "damaged" not in ran.stdout + ran.stderr
    assert "--restore" not in ran.stdout
    assert (home / "store.db").read_bytes() == before
    assert run(home, "status").returncode == 2
    assert run(home, "status", library=library).returncode == 2
    assert json.loads(run(home, "practice", "show", "--json", library=library).stdout)
