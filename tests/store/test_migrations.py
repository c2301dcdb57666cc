"""Files of older schemas, and the copies that are made before they are changed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from store.database import backup
from store.database.open import open_database
from store.database.schema import version_of
from store.errors import FileTrouble, Usage
from store.items.queries import items, last_sync
from store.payments.journal import payments
from store.payments.payment import PaymentState
from store.schema import STORE
from store.schema.migrations import migrations
from tests.store.test_db import OPEN

FIRST = Path(__file__).with_name("store-v1.sql")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file as the first version left it."""
    made = tmp_path / "store.db"
    db = sqlite3.connect(made)
    db.executescript(FIRST.read_text())
    db.close()
    return made


def test_the_version_is_the_number_of_migrations() -> None:
    assert len(migrations._migrations) == STORE.version


def test_the_first_version_is_brought_up_to_date_with_all_that_it_holds(path: Path) -> None:
    db = open_database(path, STORE)
    assert version_of(db) == STORE.version
    assert [known.item.id for known in items(db, "practice")] == ["iot-1"]
    assert [row.state for row in payments(db)] == [PaymentState.PAID, PaymentState.UNKNOWN]
    assert payments(db)[1].known_before == frozenset()
    synced = last_sync(db, "practice")
    assert synced is not None
    assert synced.identity == "id-1"
    assert db.execute("SELECT step FROM walks").fetchone()[0] == "find"
    db.close()


def test_an_older_file_has_the_tables_of_a_new_one(path: Path, tmp_path: Path) -> None:
    shapes = []
    for one in (path, tmp_path / "new.db"):
        db = open_database(one, STORE)
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema ORDER BY name")]
        columns = {
            name: list(map(tuple, db.execute(f"PRAGMA table_info({name})"))) for name in tables
        }
        shapes.append(columns)
        db.close()
    assert shapes[0] == shapes[1]


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


def test_a_whole_file_has_no_problems_and_a_damaged_one_is_told(path: Path) -> None:
    assert backup.problems(path, STORE) == ()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    assert backup.problems(path, STORE)
    path.write_bytes(b"")
    assert "is empty" in backup.problems(path, STORE)[0]
    path.unlink()
    assert backup.problems(path, STORE)


def test_a_copy_is_put_back_and_the_damaged_file_set_aside(path: Path) -> None:
    open_database(path, STORE).close()
    [copy] = backup.backups(path)
    path.write_bytes(b"overwritten" * 1000)
    aside = backup.restore(path, copy, STORE)
    assert aside is not None
    assert aside.read_bytes().startswith(b"overwritten")
    assert path.stat().st_mode & 0o777 == 0o600
    db = open_database(path, STORE)
    assert len(payments(db)) == 2
    db.close()


def test_a_copy_is_put_back_where_the_file_is_gone(path: Path) -> None:
    open_database(path, STORE).close()
    [copy] = backup.backups(path)
    path.unlink()
    assert backup.restore(path, copy, STORE) is None
    assert backup.problems(path, STORE) == ()


def test_nothing_is_put_back_under_a_process_that_has_it_open(path: Path) -> None:
    db = open_database(path, STORE)
    [copy] = backup.backups(path)
    assert len(payments(db)) == 2
    with pytest.raises(FileTrouble, match="locked"):
        backup.restore(path, copy, STORE)
    assert len(payments(db)) == 2
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
