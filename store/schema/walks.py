"""The table of walks. Applied by the migrations of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

WALKS = """
CREATE TABLE walks (
    id TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    procedure TEXT NOT NULL,
    kind TEXT,
    item_id TEXT NOT NULL,
    step TEXT NOT NULL,
    saved TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(saved)),
    entered_because TEXT,
    parent TEXT REFERENCES walks(id) ON DELETE SET NULL,
    started_at INTEGER NOT NULL,
    touched_at INTEGER NOT NULL,
    ended_at INTEGER,
    ended TEXT CHECK (ended IN ('done', 'closed')),
    reason TEXT,
    "before" TEXT CHECK ("before" IS NULL OR json_valid("before")),
    "after" TEXT CHECK ("after" IS NULL OR json_valid("after")),
    CHECK ((ended IS NULL) = (ended_at IS NULL))
)
"""

ONE_OPEN_WALK = """
CREATE UNIQUE INDEX one_open_walk ON walks (account, identity, procedure, item_id)
WHERE ended_at IS NULL
"""

BY_PARENT = "CREATE INDEX walks_by_parent ON walks (parent) WHERE parent IS NOT NULL"


def create_walks(db: Database) -> None:
    """Create the table: instants in whole seconds since 1970, JSON objects as text.

    One account has at most one open walk for a procedure of an item.
    """
    for statement in (WALKS, ONE_OPEN_WALK, BY_PARENT):
        db.execute(statement)
