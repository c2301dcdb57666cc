"""Ways along the database's indexes to the dated items that meet something."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

WORDS = "items_by_words"
"""The index that has the words of an item."""
Span = tuple[int, int]
"""From the first second to the one after the last."""
_APART = 8
"""So many spans are walked along each by itself."""


class Arm(Struct, frozen=True):
    """Dated items that meet a condition, found along an index, where they end in a span."""

    beside: str = "true"
    """What they meet besides."""
    index: str = "items_by_end"
    after: str = ""
    """They end later than this; "": whenever, or never."""
    until: str = ""
    """They end at this instant at the latest."""

    @property
    def condition(self) -> str:
        """All that they meet."""
        bounds = ((">", self.after), ("<=", self.until))
        return " AND ".join(
            [f"ends_at {sign} {end}" for sign, end in bounds if end] + [self.beside]
        )

    def met_with(self, other: Arm) -> Arm:
        """What meets both, found along this one's index from the later start to the earlier
        end: SQLite takes only one bound of each side for its way along an index."""
        after = [each for each in (self.after, other.after) if each]
        until = [each for each in (self.until, other.until) if each]
        return Arm(
            f"{self.beside} AND {other.beside}",
            self.index,
            f"max({', '.join(after)})" if len(after) > 1 else "".join(after),
            f"min({', '.join(until)})" if len(until) > 1 else "".join(until),
        )


ANY = Arm()


def during(first: object, after: object, beside: str = "true") -> Arm:
    """What ends from the first second to the one before `after`: instants, or what SQL calls
    them."""
    return Arm(beside, after=f"{first} - 1", until=f"{after} - 1")


class Sign(Struct, frozen=True):
    """Dated items that show a word by a state, a date, or the like."""

    arm: Arm
    spans: Sequence[Span] = ()
    """Where they are found along `items_by_end`, if not in all of the arm."""

    @property
    def arms(self) -> list[Arm]:
        """The arm, in each of its spans where these are few."""
        if not 0 < len(self.spans) <= _APART:
            return [self.arm]
        return [self.arm.met_with(during(*span)) for span in self.spans]


class Way(Struct, frozen=True):
    """A way to dated items: what an index tells of them, then what is asked of their rows."""

    arm: Arm = ANY
    rest: str = "true"

    def on(self, arm: Arm) -> Way:
        """This way among what meets the arm, along its index."""
        return Way(arm.met_with(self.arm), self.rest)


class Stretch(Struct, frozen=True):
    """Dated items in the order of a key, then id and kind. Each is of one arm at most."""

    arms: tuple[Arm, ...] = ()
    key: str = "id"
    shift: int = 0
    """What is added to the key, so that items of other kinds compare with it."""

    @property
    def place(self) -> str:
        """The key as it stands in places."""
        return f"{self.key} + {self.shift}" if self.shift else self.key
