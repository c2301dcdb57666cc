"""Files of older schemas, and the copies that are made before they are changed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store.annotations.notes import Note, load_notes
from store.annotations.views import load_views
from store.database import backup
from store.database.open import open_database
from store.database.schema import version_of
from store.errors import FileTrouble, Usage
from store.items.overview import OverviewOptions, read_overview
from store.items.queries import last_sync
from store.items.rows import COLUMNS, from_row, to_row
from store.payments.journal import all_payments
from store.payments.payment import PaymentState
from store.schema import STORE
from store.schema.migrations import migrations
from tests.store.items import DAY, NOW, stored_items
from tests.store.test_database import OPEN


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file as the first version left it."""
    return made(tmp_path / "store.db", 1)


def made(path: Path, version: int) -> Path:
    """A file as that version of the program made it."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(Path(__file__).with_name(f"store-v{version}.sql").read_text())
    return path


def test_the_version_is_the_number_of_migrations() -> None:
    assert len(migrations._migrations) == STORE.version


def test_the_first_version_is_brought_up_to_date_with_all_that_it_holds(path: Path) -> None:
    db = open_database(path, STORE)
    assert version_of(db) == STORE.version
    assert [item.id for item in stored_items(db, "practice")] == ["iot-1"]
    assert [row.state for row in all_payments(db)] == [PaymentState.PAID, PaymentState.UNKNOWN]
    assert all_payments(db)[1].known_before == frozenset()
    synced = last_sync(db, "practice")
    assert synced is not None
    assert synced.identity == "id-1"
    assert db.execute("SELECT step FROM walks").fetchone()[0] == "find"
    db.close()


@pytest.mark.parametrize("version", [1, 7])
def test_an_older_file_has_the_tables_of_a_new_one(tmp_path: Path, version: int) -> None:
    shapes = []
    for path in (made(tmp_path / "old.db", version), tmp_path / "new.db"):
        db = open_database(path, STORE)
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema ORDER BY name")]
        columns = {
            name: list(map(tuple, db.execute(f"PRAGMA table_info({name})"))) for name in tables
        }
        shapes.append(columns)
        db.close()
    assert shapes[0] == shapes[1]


def test_version_7_keeps_its_items_and_what_a_person_wrote_of_them(tmp_path: Path) -> None:
    path = made(tmp_path / "store.db", 7)
    with closing(sqlite3.connect(path)) as before:
        before.row_factory = sqlite3.Row
        rows = before.execute("SELECT * FROM items ORDER BY account, kind, id").fetchall()
    with closing(open_database(path, STORE)) as db:
        after = db.execute("SELECT * FROM items ORDER BY account, kind, id").fetchall()
        for old, new in zip(rows, after, strict=True):
            same = set(old.keys()) - {"words"}
            assert {name: old[name] for name in same} == {name: new[name] for name in same}
        for row in after:
            assert tuple(row[name] for name in COLUMNS) == to_row(from_row(row))
        assert {row["missing_since"] is None for row in after} == {True, False}
        assert db.execute("SELECT count(*) FROM changes").fetchone()[0] == 2
        assert set(load_notes(db, "practice").values()) == {Note("Li Wei 李伟", "ask finance")}
        assert load_views(db, "practice")["instances"].sorted_by == "name"
        shown = read_overview(db, "practice", "practice", "china", OverviewOptions(NOW + DAY))
        assert shown.items
        assert {item.item.id for item in shown.items} == {row["id"] for row in after} | {"vod"}
        db.execute("UPDATE items SET ends_at = ends_at + 1 WHERE id = 'iot-060a0bcd'")
        assert db.execute("SELECT count(*) FROM changes").fetchone()[0] == 3


def test_a_private_copy_of_the_older_file_is_kept(path: Path) -> None:
    open_database(path, STORE).close()
    [copy] = backup.backups(path)
    assert copy.name == f"store.db.before-{STORE.version}.bak"
    assert copy.stat().st_mode & 0o777 == 0o600
    old = sqlite3.connect(copy)
    assert version_of(old) == 1
    assert old.execute("SELECT count(*) FROM payments").fetchone()[0] == 2
    old.close()


def test_processes_that_start_together_migrate_once(path: Path) -> None:
    running = [subprocess.Popen([sys.executable, "-c", OPEN, str(path)]) for _ in range(4)]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    assert len(backup.backups(path)) == 1


def test_a_whole_file_has_no_problems_and_a_damaged_one_has(path: Path) -> None:
    assert backup.find_problems(path, STORE) == ()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    assert backup.find_problems(path, STORE)
    path.write_bytes(b"")
    assert "is empty" in backup.find_problems(path, STORE)[0]
    path.unlink()
    assert backup.find_problems(path, STORE)


def test_a_copy_is_put_back_and_the_damaged_file_set_aside(path: Path) -> None:
    open_database(path, STORE).close()
    [copy] = backup.backups(path)
    path.write_bytes(b"overwritten" * 1000)
    aside = backup.restore(path, copy, STORE)
    assert aside is not None
    assert aside.read_bytes().startswith(b"overwritten")
    assert path.stat().st_mode & 0o777 == 0o600
    db = open_database(path, STORE)
    assert len(all_payments(db)) == 2
    db.close()


def test_a_copy_is_put_back_where_the_file_is_gone(path: Path) -> None:
    open_database(path, STORE).close()
    [copy] = backup.backups(path)
    path.unlink()
    assert backup.restore(path, copy, STORE) is None
    assert backup.find_problems(path, STORE) == ()


def test_nothing_is_put_back_under_a_process_that_has_it_open(path: Path) -> None:
    db = open_database(path, STORE)
    [copy] = backup.backups(path)
    assert len(all_payments(db)) == 2
    with pytest.raises(FileTrouble, match="locked"):
        backup.restore(path, copy, STORE)
    assert len(all_payments(db)) == 2
    db.close()
    assert backup.restore(path, copy, STORE) is not None


def test_a_damaged_copy_is_not_put_back(path: Path) -> None:
    open_database(path, STORE).close()
    [copy] = backup.backups(path)
    copy.write_bytes(copy.read_bytes()[:5000])
    before = path.read_bytes()
    with pytest.raises(Usage, match="Nothing was changed"):
        backup.restore(path, copy, STORE)
    assert path.read_bytes() == before
