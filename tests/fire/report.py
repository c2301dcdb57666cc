"""What was tried, and what was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_STARTS = 20
"""So many starts have to settle what a death left."""


@dataclass
class Report:
    """Deaths of one kind."""

    kind: str
    deaths: int = 0
    died: Counter[str] = field(default_factory=Counter)
    """How things stood when the process died."""
    settled: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Take in what another home came to."""
        self.deaths += other.deaths
        self.died += other.died
        self.settled += other.settled
        self.lost += other.lost

    def lines(self) -> Iterator[str]:
        """As words."""
        yield f"{self.deaths} deaths in the middle of {self.kind}"
        for how, times in sorted(self.died.items()):
            yield f"  {times:5}  died {how}"
        for how, times in sorted(self.settled.items()):
            yield f"  {times:5}  {how}"
        yield f"lost: {len(self.lost) or 'nothing'}"
        yield from self.lost
