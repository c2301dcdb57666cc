"""How a search finds its first page, in an account of any size.

What few items show is put in order; what many show is met at once by a walk along the order
that is wanted. In between, and where many show it but all of them far along the order, a walk
is led: by the ids that were found, which an index knows without a look into the items, or by
the signs. A walk that meets too few in its time is given up for one look at each item.
"""

# ruff: noqa: S608 - names and conditions are our own, values are bound

from __future__ import annotations

import json
import sqlite3
from itertools import islice
from threading import Event

from msgspec import Struct
from msgspec.structs import replace

from store import register
from store.days import DATED
from store.searching import Overtaken, Search, Sign, Wanted, each, in_time, watch
from store.stretches import Arm, Way
from store.windows import PAGE, Key, Place, Placed, Window

FEW = 3000
"""So many items are put in order in the time that a led walk takes to meet a screen of more."""
SOME = 10_000
"""So many ids can lead a walk."""
SAMPLE = 16
"""Leaves of the register that show whether a word is frequent."""
OFTEN = SAMPLE * register.LEAF // 20
"""What a frequent word is met in on these leaves."""
GLANCE, PATIENCE = 0.006, 0.04
"""Seconds for a walk that is likely to be short, and for one that may be long."""
COUNTING = 0.012
"""Seconds to see whether few items show a sign."""


class Found(Struct, frozen=True):
    """The first page of what was searched, and the window that goes on from it."""

    window: Window
    page: list[Placed]
    places: list[Place] | None = None
    """Where all of it stands, in order; None: that is not known yet."""


def find(search: Search, window: Window, stop: Event, *, back: bool = False) -> Found:
    """The first page of the search in that window; `back`: the last, in reverse.

    Once `stop` is set it raises `Overtaken`, or what an interrupted connection raises.
    """
    return _Finder(search, window, stop, back=back).find()


class _Finder:
    def __init__(self, search: Search, window: Window, stop: Event, *, back: bool) -> None:
        self._search, self._window, self._stop, self._back = search, window, stop, back
        watch(window.db, stop)
        self._words = [_Word(window.db, search, one, stop) for one in search.wanted]

    def find(self) -> Found:
        leaves = register.leaves(self._window.db, self._search.account)
        for kind, leaf in islice(leaves, SAMPLE):
            if self._stop.is_set():
                raise Overtaken
            for one in self._words:
                one.look(kind, leaf)
        has_more = next(leaves, None) is not None
        for one in self._words:
            one.learn(has_more=has_more)
        if has_more and all(one.frequent for one in self._words):
            page = self._walked(self._window, GLANCE)
            if page is not None:
                return Found(self._window, page)
        for one in sorted(self._words, key=lambda one: one.length, reverse=True):
            self._look_for(one)
            if one.all_known and len(one.keys) <= FEW:
                break
        return self._listed(FEW) or self._led()

    def _look_for(self, one: _Word) -> None:
        """Look for the word on the leaves that follow."""
        if one.is_sought:
            leaves = register.leaves(self._window.db, self._search.account)
            for kind, leaf in islice(leaves, SAMPLE, None):
                if self._stop.is_set():
                    raise Overtaken
                if not one.look(kind, leaf):
                    break
        one.all_known = not one.frequent

    def _walked(self, window: Window, seconds: float) -> list[Placed] | None:
        """The first page, if it takes no longer than that."""
        return in_time(window.db, self._stop, seconds, lambda: window.page(back=self._back))

    def _listed(self, most: int) -> Found | None:
        """All of it in its places, where no more than that can be it."""
        keys = self._common()
        if keys is None or len(keys) > most:
            return None
        places = self._window.all_places(keys)
        first = places[: -PAGE - 1 : -1] if self._back else places[:PAGE]
        return Found(self._window, self._window.at(first), places)

    def _common(self) -> set[Key] | None:
        """What can have all the words; None: there is none of which all is known."""
        known = [one.keys for one in self._words if one.all_known]
        return set.intersection(*known) if known else None

    def _led(self) -> Found:
        window = self._with_ways()
        page = self._walked(window, PATIENCE)
        if page is not None:
            return Found(window, page)
        return self._listed(len(self._words) * SOME) or Found(
            window, window.sifted(back=self._back)
        )

    def _with_ways(self) -> Window:
        """The window with the ways that one word gives: all but what shows it by its words."""
        search, window, ways = self._search, self._window, list[Way]()
        keys = self._common()
        if keys is None:
            number = next((n for n, one in enumerate(self._words) if not one.in_words), None)
            if number is None:
                return window
            keys, others = self._words[number].keys, search.without(number)
            ways += [Way(arm, others) for sign in self._words[number].signs for arm in sign.arms]
            if len(keys) <= FEW:
                return replace(window, ways=ways, beside=window.places(keys))
        ways.append(Way(Arm("id IN (SELECT value FROM json_each(:known))"), search.condition))
        ids = json.dumps([item_id for _kind, item_id in keys])
        return replace(window, ways=ways, values={**window.values, "known": ids})


class _Word:
    """What is known so far of the items that show one word."""

    def __init__(self, db: sqlite3.Connection, search: Search, wanted: Wanted, stop: Event) -> None:
        self._db, self._search, self._wanted, self._stop = db, search, wanted, stop
        self._by_words = set[Key]()
        self._by_signs = set[Key]()
        self.signs: list[Sign] = []
        """Those that many items show."""
        self.length = len(wanted.word)
        self.in_words = False
        """Whether many items have it in their words."""
        self.all_known = False
        """Whether `keys` are of all the items that can show it."""
        if wanted.part in {"all", "region"}:
            self._look_into_regions()

    @property
    def frequent(self) -> bool:
        """Whether many items show it."""
        return self.in_words or bool(self.signs)

    @property
    def keys(self) -> set[Key]:
        """The items that can show it beside those of its frequent signs."""
        return self._by_words | self._by_signs

    @property
    def is_sought(self) -> bool:
        """Whether the register can tell more of it that matters."""
        return not self.in_words and self._wanted.part in {"all", "name", "id"}

    def look(self, kind: str, leaf: bytes) -> bool:
        """Take what the leaf holds; whether it is worth while to look further."""
        if self.is_sought:
            ids = register.holding(leaf, self._wanted.word, self._wanted.part)
            self._by_words.update((kind, item_id) for item_id in ids)
            self.in_words = len(self._by_words) > SOME
        return self.is_sought

    def learn(self, *, has_more: bool) -> None:
        """Judge by the first leaves, if there are more, how it goes on; where few have the word,
        it matters what else shows it."""
        if has_more and len(self._by_words) > OFTEN:
            self.in_words = True
        for sign in () if self.in_words else self._wanted.signs:
            keys = self._keys(sign)
            if keys is None:
                self.signs.append(sign)
            else:
                self._by_signs.update(keys)

    def _look_into_regions(self) -> None:
        for region in each(self._db, self._search.account, "region", "items_by_region"):
            if self._wanted.word in region.casefold():
                keys = self._keys(Sign(Arm("region = :region", "items_by_region")), region)
                self.in_words = self.in_words or keys is None
                self._by_words.update(keys or ())

    def _keys(self, sign: Sign, region: str = "") -> list[Key] | None:
        """Of the items that show the sign; None: they are many, or far apart."""
        items, arm = f"items INDEXED BY {sign.arm.index}", sign.arm
        if sign.spans:
            spans = (
                "SELECT json_extract(value, '$[0]') AS low, json_extract(value, '$[1]') AS high "
                "FROM json_each(:spans)"
            )
            items = f"({spans}) CROSS JOIN {items}"
            arm = Arm(after="low - 1", until="high - 1").met_with(arm)
        found = f"FROM {items} WHERE account = :account AND {DATED} AND {arm.condition}"
        count = f"SELECT count(*) FROM (SELECT 1 {found} LIMIT {SOME + 1})"
        values = {**self._search.values, "region": region, "spans": json.dumps(sign.spans)}
        asked = self._db.execute
        row = in_time(self._db, self._stop, COUNTING, lambda: asked(count, values).fetchone())
        if row is None or row[0] > SOME:
            return None
        return [tuple(each) for each in asked(f"SELECT kind, id {found}", values)]
