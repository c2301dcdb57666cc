"""How a person likes to see each pane: the words of its filter, and its order."""

from __future__ import annotations

import sqlite3

from msgspec import Struct

from store.database.open import immediate


class View(Struct, frozen=True):
    """A filter and an order. `sorted_by` None: the order that the pane has by itself."""

    words: str = ""
    sorted_by: str | None = None
    reverse: bool = False


def views(db: sqlite3.Connection, account: str) -> dict[str, View]:
    """What was chosen for each pane."""
    rows = db.execute("SELECT * FROM views WHERE account = ?", (account,))
    return {row["pane"]: View(row["words"], row["sorted_by"], bool(row["reverse"])) for row in rows}


def keep_view(db: sqlite3.Connection, account: str, pane: str, view: View) -> None:
    """Keep the choice for the next time."""
    with immediate(db):
        db.execute(
            "INSERT OR REPLACE INTO views VALUES (?, ?, ?, ?, ?)",
            (account, pane, view.words, view.sorted_by, int(view.reverse)),
        )
