"""A person's view of each pane: its filter and its sort order."""

from __future__ import annotations

import sqlite3

from msgspec import Struct

from store.database.open import immediate


class View(Struct, frozen=True):
    """A filter and a sort order."""

    words: str = ""
    """The filter as typed."""
    sorted_by: str | None = None
    """The column; None for the pane's default order."""
    reverse: bool = False


def load_views(db: sqlite3.Connection, account: str) -> dict[str, View]:
    """The stored view of each pane."""
    rows = db.execute("SELECT * FROM views WHERE account = ?", (account,))
    return {row["pane"]: View(row["words"], row["sorted_by"], bool(row["reverse"])) for row in rows}


def store_view(db: sqlite3.Connection, account: str, pane: str, view: View) -> None:
    """Store a pane's view for the next start."""
    with immediate(db):
        db.execute(
            "INSERT OR REPLACE INTO views VALUES (?, ?, ?, ?, ?)",
            (account, pane, view.words, view.sorted_by, int(view.reverse)),
        )
