"""Finding dated items by words: the ones that a rare word leaves, or a narrowed window.

Words are looked for in the name, the Instance ID and the region; signs say what else shows
a word. A word that few items have gives these; where every word is frequent, a walk along
the order that is wanted meets enough of them at once.
"""

# ruff: noqa: S608 - conditions are our own, values are bound

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Event
from typing import Any

from msgspec import Struct

from store import register
from store.days import DATED
from store.windows import Arm, Key

FEW = 4000
"""So many items are put in order in the time that a walk takes to meet a screen of more."""
_STEPS = 50_000
"""Steps of SQLite between two looks at whether a search was overtaken."""


class Overtaken(Exception):
    """The person has typed on: nobody waits for this search any more."""


class Sign(Struct, frozen=True):
    """Dated items that show a word by a state, a date, or the like: what they meet, and
    where they are found along indexes."""

    condition: str
    arms: Sequence[Arm]

    @classmethod
    def of(cls, arm: Arm) -> Sign:
        """What is found along one index."""
        return cls(arm.condition, (arm,))


class Wanted(Struct, frozen=True):
    """A casefolded word, and what else shows it."""

    word: str
    signs: Sequence[Sign] = ()
    within: str | None = ""
    """What name, Instance ID or region have to meet besides, `{word}` in it standing for the
    word; "": nothing. None: the word is not looked for in them."""


class Search(Struct, frozen=True):
    """All that is wanted has to be in an item."""

    account: str
    wanted: Sequence[Wanted]
    moments: Mapping[str, Any]
    """What conditions refer to."""

    @property
    def condition(self) -> str:
        """What a dated item has to meet."""
        met = (
            " OR ".join([*_in_words(number, one), *(f"({sign.condition})" for sign in one.signs)])
            for number, one in enumerate(self.wanted)
        )
        return " AND ".join(f"({one or 'false'})" for one in met) or "true"

    @property
    def values(self) -> dict[str, Any]:
        """What the condition refers to."""
        words = {f"word_{number}": one.word for number, one in enumerate(self.wanted)}
        return {**self.moments, **words, "account": self.account}

    def few(self, db: sqlite3.Connection, stop: Event) -> list[Key] | None:
        """The keys of all that can meet it, and of some more; None: they are not few.

        Raises `Overtaken` once `stop` is set, and the connection ends what it is at.
        """
        _watch(db, stop)
        for one in sorted(self.wanted, key=lambda one: len(one.word), reverse=True):
            found = dict[Key, None]()
            for some in self._having(db, one):
                if stop.is_set():
                    raise Overtaken
                found |= dict.fromkeys(some)
                if len(found) > FEW:
                    break
            else:
                return list(found)
        return self._together(db) if len(self.wanted) > 1 else None

    def _together(self, db: sqlite3.Connection) -> list[Key] | None:
        """What has all the words, each of which is frequent; None: that is not few."""
        rows = db.execute(
            "SELECT kind, id FROM items INDEXED BY items_by_words "
            f"WHERE account = :account AND {DATED} AND {self.condition} LIMIT {FEW + 1}",
            self.values,
        ).fetchall()
        return None if len(rows) > FEW else [(kind, item_id) for kind, item_id in rows]

    def _having(self, db: sqlite3.Connection, wanted: Wanted) -> Iterator[Iterable[Key]]:
        """Piece by piece, so that a search can end between them."""
        names = dict[str, str]()
        if wanted.within is not None:
            for kind, leaf in register.leaves(db, self.account):
                yield [(kind, item_id) for item_id in register.holding(leaf, wanted.word)]
            regions = each(db, self.account, "region", "items_by_region")
            having = (one for one in regions if wanted.word in one.casefold())
            names = {f"region_{number}": one for number, one in enumerate(having)}
        arms = [Arm(f"region = :{name}", "items_by_region") for name in names]
        arms += [arm for sign in wanted.signs for arm in sign.arms]
        for arm in arms:
            rows = db.execute(
                f"SELECT kind, id FROM items INDEXED BY {arm.index} "
                f"WHERE account = :account AND {DATED} AND {arm.condition} LIMIT {FEW + 1}",
                {**self.values, **names},
            )
            yield [(kind, item_id) for kind, item_id in rows]

    def count(self, db: sqlite3.Connection, stop: Event) -> int:
        """How many meet it. Once `stop` is set, the connection ends what it is at."""
        _watch(db, stop)
        row = db.execute(
            "SELECT count(*) FROM items INDEXED BY items_by_words "
            f"WHERE account = :account AND {DATED} AND {self.condition}",
            self.values,
        ).fetchone()
        return int(row[0])


def _in_words(number: int, wanted: Wanted) -> Iterator[str]:
    if wanted.within is not None:
        word = f":word_{number}"
        besides = f" AND {wanted.within.format(word=word)}" if wanted.within else ""
        yield f"(instr(words, {word}) > 0{besides})"


def _watch(db: sqlite3.Connection, stop: Event) -> None:
    db.set_progress_handler(stop.is_set, _STEPS)


def each(db: sqlite3.Connection, account: str, key: str, index: str) -> Iterator[Any]:
    """Each value of the key among the dated items once, known ones only, in their order: a
    step along the index for each of them."""
    further, low = "", None
    while True:
        row = db.execute(
            f"SELECT {key} FROM items INDEXED BY {index} WHERE account = :account AND {DATED} "
            f"AND {key} IS NOT NULL {further} ORDER BY {key} LIMIT 1",
            {"account": account, "low": low},
        ).fetchone()
        if row is None:
            return
        low, further = row[0], f"AND {key} > :low"
        yield low
