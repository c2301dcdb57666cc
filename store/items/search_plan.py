"""How a search finds its first page, in an account of any size.

What few items show is put in order; what many show is met at once by a walk along the order
that is wanted. In between, and where many show it but all of them far along the order, a walk
is led: by the ids that were found, which an index knows without a look into the items, or by
the signs. A walk that meets too few in its time is given up for one look at each item.
"""

from __future__ import annotations

import json
from itertools import islice
from threading import Event

from msgspec import Struct
from msgspec.structs import replace

from store.items import name_index
from store.items.index_ranges import Arm, Sign, Way
from store.items.pages import PAGE, Key, Place, Placed, Window
from store.items.search import Overtaken, Search, Wanted, each, in_time, watch

FEW = 3000
"""So many items are put in order in the time that a led walk takes to meet a screen of more."""
SOME = 10_000
"""So many ids can lead a walk."""
SAMPLE = 16
"""Leaves of the register that show whether a word is frequent."""
OFTEN = SAMPLE * name_index.LEAF // 20
"""What a frequent word is met in on these leaves."""
GLANCE, PATIENCE = 0.006, 0.2
"""Seconds for a walk that is likely to be short, and for one that may take as long as a look at
each of a million items."""
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
        self._db, self._account = window.db, search.account
        watch(self._db, stop)
        self._words = [_Word(one, search.without(n)) for n, one in enumerate(search.wanted)]

    def find(self) -> Found:
        for one in self._words:
            self._look_into_regions(one)
        leaves = name_index.leaves(self._db, self._account)
        for leaf in islice(leaves, SAMPLE):
            self._look(leaf, *self._words)
        has_more = next(leaves, None) is not None
        for one in self._words:
            one.in_words = one.in_words or (has_more and len(one.keys) > OFTEN)
            if not one.in_words:
                self._look_for_signs(one)
        if all(one.in_words for one in self._words):
            return self._unled()
        if has_more and all(one.in_words or one.signs for one in self._words):
            page = self._walked(self._window, GLANCE)
            if page is not None:
                return Found(self._window, page)
        return self._led() or self._unled()

    def _led(self) -> Found | None:
        """By the first word that few items show, or the one that leads best; None: all words
        are in the words of many items."""
        for one in sorted(self._words, key=lambda one: len(one.wanted.word), reverse=True):
            self._look_further(one)
            if one.is_rare:
                return self._listed(self._with_ways(one, FEW))
        able = [one for one in self._words if not one.in_words]
        if not able:
            return None
        best = min(able, key=lambda one: (len(one.signs), len(one.keys)))
        window = self._with_ways(best, FEW)
        page = self._walked(window, PATIENCE)
        if page is not None:
            return Found(window, page)
        window = self._with_ways(best, SOME)
        return Found(window, window.sifted(back=self._back)) if best.signs else self._listed(window)

    def _unled(self) -> Found:
        page = self._walked(self._window, PATIENCE)
        return Found(self._window, self._window.sifted(back=self._back) if page is None else page)

    def _look(self, leaf: tuple[str, bytes], *words: _Word) -> None:
        if self._stop.is_set():
            raise Overtaken
        for one in words:
            if one.is_sought:
                one.look(*leaf)

    def _look_further(self, one: _Word) -> None:
        """Look for the word on the leaves after the first ones."""
        if one.is_sought:
            leaves = name_index.leaves(self._db, self._account)
            for leaf in islice(leaves, SAMPLE, None):
                self._look(leaf, one)
                if one.in_words:
                    break
        one.is_known = True

    def _look_into_regions(self, one: _Word) -> None:
        if one.wanted.part not in {"all", "region"}:
            return
        for region in each(self._db, self._account, "region", "items_by_region"):
            if one.wanted.word in region.casefold():
                found = self._few(Sign(Arm("region = :region", "items_by_region")), region)
                one.in_words = one.in_words or found is None
                one.places += found or ()

    def _look_for_signs(self, one: _Word) -> None:
        for sign in one.wanted.signs:
            found = self._few(sign)
            if found is None:
                one.signs.append(sign)
            else:
                one.places += found

    def _few(self, sign: Sign, region: str = "") -> list[Place] | None:
        """Where what shows the sign stands; None: that are many items, or they are far apart."""
        values = {**self._window.values, "region": region}
        window = replace(self._window, values=values)
        count = in_time(self._db, self._stop, COUNTING, lambda: window.how_many(sign, FEW + 1))
        return window.shown_by(sign) if count is not None and count <= FEW else None

    def _walked(self, window: Window, seconds: float) -> list[Placed] | None:
        """The first page, if it takes no longer than that."""
        return in_time(self._db, self._stop, seconds, lambda: window.page(back=self._back))

    def _listed(self, window: Window) -> Found:
        """All of it in its places, where no way leads to more."""
        places = window.all_beside
        first = places[: -PAGE - 1 : -1] if self._back else places[:PAGE]
        return Found(self._window, window.at(first), places)

    def _with_ways(self, one: _Word, most: int) -> Window:
        """The window with the ways that the word gives; what no more than so many items have in
        their words, or show by a rare sign, is put in its places instead."""
        window, places, ids = self._window, set(one.places), "[]"
        ways = [Way(arm, one.others) for sign in one.signs for arm in sign.arms]
        if len(self._words) > 1:
            places = set(window.places({(kind, item_id) for *_, item_id, kind in places}))
        if len(one.keys) <= most:
            places.update(window.places(one.keys))
        else:
            known = Arm("id IN (SELECT value FROM json_each(:known))")
            ways.append(Way(known, self._search.condition))
            ids = json.dumps([item_id for _kind, item_id in one.keys])
        values = {**window.values, "known": ids}
        return replace(window, ways=ways, beside=sorted(places), values=values)


class _Word:
    """What is known so far of the items that show one word. `others`: the condition of the
    other words."""

    def __init__(self, wanted: Wanted, others: str) -> None:
        self.wanted, self.others = wanted, others
        self.keys = set[Key]()
        """Of the items that have it in their name or their ID, as far as leaves were looked at."""
        self.places: list[Place] = []
        """Where those stand that show it by a rare sign, or that are in a rare region."""
        self.signs: list[Sign] = []
        """Those that many items show."""
        self.in_words = False
        """Whether many items have it in their words."""
        self.is_known = False
        """Whether all leaves that matter were looked at."""

    @property
    def is_rare(self) -> bool:
        """Whether all is known, and few items show it."""
        few = len(self.keys) + len(self.places) <= FEW
        return self.is_known and few and not self.in_words and not self.signs

    @property
    def is_sought(self) -> bool:
        """Whether the register can tell more of it that matters."""
        return not self.in_words and self.wanted.part in {"all", "name", "id"}

    def look(self, kind: str, leaf: bytes) -> None:
        """Take what the leaf holds."""
        ids = name_index.holding(leaf, self.wanted.word, self.wanted.part)
        self.keys.update((kind, item_id) for item_id in ids)
        self.in_words = len(self.keys) > SOME
