"""Opening a database: private, durable, and never silently a new one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from store.database import open as opening
from store.database.backup import find_problems
from store.database.open import immediate, open_database
from store.database.schema import Schema
from store.errors import FileTrouble
from store.schema import STORE

OPEN = """
import sys
from pathlib import Path
from store.database.open import open_database
from store.schema import STORE
open_database(Path(sys.argv[1]), STORE).close()
"""
COUNT = """
import sys
from contextlib import closing
from pathlib import Path
from store.database.open import open_database
from store.schema import STORE
with closing(open_database(Path(sys.argv[1]), STORE)) as db:
    print(db.execute("SELECT count(*) FROM item_types").fetchone()[0])
"""
FULL = """
import resource, signal, sys
from pathlib import Path
from store.clouds.practice.cloud import PracticeCloud
from store.errors import FileTrouble
from tests.store.payments.accounts import open_store, payer_of, renew, rows
folder = Path(sys.argv[1])
db, cloud = open_store(folder), PracticeCloud.open(folder / "practice.db")
cloud.top_up(10**6)
payer = payer_of(db, cloud)
[instance] = [i for i in payer.db.execute(
    "SELECT id FROM items WHERE kind = 'iot-enterprise' ORDER BY ends_at DESC LIMIT 1")]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = (folder / "store.db-wal").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
result = renew(payer, instance["id"])
print(result.exit, result.outcome, len(rows(payer)), result.message)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(len([o for o in cloud.show()["orders"] if o["kind"] == "renewal"]))
print(renew(payer, instance["id"]).outcome)
"""


def open_again(path: Path) -> None:
    open_database(path, STORE).close()


def look_through(path: Path) -> None:
    assert find_problems(path, STORE) == ()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "store.db"
    open_database(made, STORE).close()
    return made


def refused(path: Path, words: str) -> None:
    """Opening it fails with these words, and the file stays as it is."""
    before = path.read_bytes()
    with pytest.raises(FileTrouble, match=words):
        open_database(path, STORE)
    assert path.read_bytes() == before


def test_a_new_one_is_private_and_durable(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["store.db"]
    db = open_database(path, STORE)
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
    db.execute("INSERT INTO item_types VALUES ('a', 'b', 'c', 'd', 'e', 'f', 0)")
    for name in ("store.db-wal", "store.db-shm"):
        assert (path.parent / name).stat().st_mode & 0o777 == 0o600
    db.close()


def test_an_empty_one(path: Path) -> None:
    path.write_bytes(b"")
    refused(path, "is empty")


@pytest.mark.parametrize("content", [b"x", b"# notes\n" * 100, b"\0" * 8192])
def test_one_that_was_overwritten(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refused(path, "damaged")


@pytest.mark.parametrize("kept", [50, 4096, 8192, 5000])
def test_one_that_was_cut_off(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    refused(path, "damaged")


def test_another_programs_is_not_even_brought_to_wal(path: Path) -> None:
    other = sqlite3.connect(path.with_name("other.db"))
    other.execute("CREATE TABLE t (x)")
    other.close()
    path.with_name("other.db").replace(path)
    refused(path, "another program")
    assert [entry.name for entry in path.parent.iterdir()] == ["store.db"]


def test_one_of_a_newer_schema(path: Path) -> None:
    db = open_database(path, STORE)
    db.execute("PRAGMA user_version = 999")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    refused(path, "newer version")


def test_an_overwritten_page_is_reported_when_it_is_read(path: Path) -> None:
    db = open_database(path, STORE)
    find = "SELECT rootpage FROM sqlite_schema WHERE name = 'payments'"
    page = db.execute(find).fetchone()[0]
    db.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    db = open_database(path, STORE)
    with pytest.raises(FileTrouble, match="damaged"), immediate(db):
        db.execute("SELECT * FROM payments").fetchall()
    db.close()


def test_one_that_another_process_locks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0)
    first, second = open_database(path, STORE), open_database(path, STORE)
    with immediate(first), pytest.raises(FileTrouble, match="locked"), immediate(second):
        pass
    with immediate(second):
        pass
    first.close()
    second.close()


@pytest.mark.parametrize("look", [open_again, look_through])
def test_what_a_connection_writes_survives_the_close_of_another(
    path: Path, look: Callable[[Path], None]
) -> None:
    """Another process that comes and goes must not believe itself alone with the file."""
    db = open_database(path, STORE)
    look(path)
    count = [sys.executable, "-c", COUNT, str(path)]
    subprocess.run(count, check=True, capture_output=True)
    db.execute("INSERT INTO item_types VALUES ('a', 'b', 'c', 'd', 'e', 'f', 0)")
    ran = subprocess.run(count, check=True, capture_output=True, text=True)
    db.close()
    assert ran.stdout.strip() == "1"


def test_what_fails_within_a_transaction_leaves_none_open(path: Path) -> None:
    db = open_database(path, STORE)
    with pytest.raises(FileTrouble), immediate(db):
        db.execute("SELECT * FROM nowhere")
    with pytest.raises(KeyboardInterrupt), immediate(db):
        raise KeyboardInterrupt
    assert not db.in_transaction
    db.close()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble):
        open_database(tmp_path / "none" / "store.db", STORE)


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/usr/bin/setpriv").exists(), reason="root")
def test_one_that_may_not_be_written(path: Path) -> None:
    path.chmod(0o400)
    path.parent.chmod(0o500)
    drop = "-dac_override,-dac_read_search"
    as_anyone = ["/usr/bin/setpriv", f"--bounding-set={drop}", f"--inh-caps={drop}"]
    command = [*(as_anyone if os.geteuid() == 0 else []), sys.executable, "-c", OPEN, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    path.parent.chmod(0o700)
    assert "FileTrouble" in ran.stderr
    assert "permissions" in ran.stderr


def test_processes_that_start_together_agree_on_one_file(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OPEN, str(tmp_path / "store.db")]
    running = [subprocess.Popen(command) for _ in range(4)]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    assert [entry.name for entry in tmp_path.iterdir()] == ["store.db"]


def test_nothing_is_sent_that_could_not_be_written_down(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL, str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    first, orders, after = ran.stdout.splitlines()
    assert first.startswith("74 blocked 0 "), ran.stdout
    assert (orders, after) == ("0", "paid")


def test_a_schema_of_another_application_is_refused(path: Path) -> None:
    with pytest.raises(FileTrouble, match="another program"):
        open_database(path, Schema(1, STORE.version, STORE.module))
