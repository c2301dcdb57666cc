"""The table of sent notices. Applied by the migrations of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

NOTICES = """
CREATE TABLE notices (
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    address TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    notice TEXT NOT NULL,
    ends_at INTEGER,
    claimed_at INTEGER NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0 CHECK (sent IN (0, 1)),
    PRIMARY KEY (account, identity, address, kind, id, notice)
) WITHOUT ROWID
"""


def create_notices(db: Database) -> None:
    """Create the table. `address` is a SHA-256 of the address, which contains secrets."""
    db.execute(NOTICES)
