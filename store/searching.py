"""Finding dated items by words: the few that a rare word leaves, or a narrowed window.

Words are looked for in the name, the Instance ID and the region, along one index that
holds them; `also` says what else has the word, as a condition.
"""

# ruff: noqa: S608 - conditions are our own, values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.days import DATED
from store.judging import Judge, Seen
from store.reads import known_dated

FEW = 1000
"""As many rows are judged and sorted at once in the blink of an eye."""


@dataclass(frozen=True, slots=True)
class Search:
    """All the words have to be in an item. Words are casefolded."""

    account: str
    words: Sequence[str]
    also: Mapping[str, str]
    """Word to a condition on items that show it otherwise; without one it is not there."""
    moments: Mapping[str, Any]
    """What these conditions refer to."""

    @property
    def condition(self) -> str:
        """What a dated item has to meet."""
        met = (
            f"(instr(words, :word_{number}) > 0 OR {self.also.get(word, 'false')})"
            for number, word in enumerate(self.words)
        )
        return " AND ".join(met) or "true"

    @property
    def values(self) -> dict[str, Any]:
        """What the condition refers to."""
        words = {f"word_{number}": word for number, word in enumerate(self.words)}
        return {**self.moments, **words, "account": self.account}

    def few(self, db: sqlite3.Connection, judge: Judge, condition: str = "") -> list[Seen] | None:
        """Those that meet it (or another condition); None: they are not few."""
        rows = db.execute(
            "SELECT items.* FROM (SELECT account, kind, id FROM items INDEXED BY items_by_words "
            f"WHERE account = :account AND {DATED} AND {condition or self.condition} "
            f"LIMIT {FEW + 1}) AS found CROSS JOIN items ON items.account = found.account "
            "AND items.kind = found.kind AND items.id = found.id",
            self.values,
        ).fetchall()
        return None if len(rows) > FEW else [judge.see(known_dated(row)) for row in rows]

    def count(self, db: sqlite3.Connection) -> int:
        """How many meet it."""
        row = db.execute(
            "SELECT count(*) FROM items INDEXED BY items_by_words "
            f"WHERE account = :account AND {DATED} AND {self.condition}",
            self.values,
        ).fetchone()
        return int(row[0])
