"""A store with many items, and the statements that a job sends to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from shutil import copy

import pytest

from store.database.open import open_database
from store.items.rows import COLUMNS, to_row
from store.models import EnterpriseInstance
from store.schema import STORE
from store.times import to_epoch
from tests.store.items import DAY, NOW

MANY = 5000


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with instances that end one after another, an hour apart, from twenty days ago on."""
    path = tmp_path_factory.mktemp("many") / "store.db"
    marks = ", ".join("?" for _ in COLUMNS)
    with closing(open_database(path, STORE)) as db:
        db.execute("BEGIN")
        db.execute(
            "INSERT INTO syncs"
            " (account, identity, cloud, site, as_of, currency, available, credit, owed)"
            " VALUES ('a', 'i', 'practice', 'china', ?, 'CNY', '900', '0', '0')",
            (to_epoch(NOW),),
        )
        for number in range(MANY):
            item = EnterpriseInstance(
                f"iot-{number:05}", f"Floor {number}", "cn-shanghai",
                NOW - 20 * DAY + timedelta(hours=number), 1 if number % 3 else None,
                Decimal("10.00"),
            )  # fmt: skip
            db.execute(
                f"INSERT INTO items (account, {', '.join(COLUMNS)}) VALUES ('a', {marks})",
                to_row(item),
            )
        db.execute("COMMIT")
    return path


@pytest.fixture
def db(many: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Such a store for one test."""
    with closing(open_database(Path(copy(many, tmp_path)), STORE)) as db:
        yield db


def statements(db: sqlite3.Connection, job: Callable[[], object]) -> list[str]:
    sent: list[str] = []
    db.set_trace_callback(sent.append)
    try:
        job()
    finally:
        db.set_trace_callback(None)
    return sent
