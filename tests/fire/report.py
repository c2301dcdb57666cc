"""What was tried, and what was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_STARTS = 20
"""So many starts have to settle what a death left."""


@dataclass
class Report:
    """Trials of one kind."""

    what: str
    """What was tried, in the plural."""
    tried: int = 0
    stood: Counter[str] = field(default_factory=Counter)
    """How things stood when they went wrong."""
    came_to: Counter[str] = field(default_factory=Counter)
    """What came of it in the end."""
    lost: list[str] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Take in what another home came to."""
        self.tried += other.tried
        self.stood += other.stood
        self.came_to += other.came_to
        self.lost += other.lost

    def lines(self) -> Iterator[str]:
        """As words."""
        yield f"{self.tried} {self.what}"
        for counted in (self.stood, self.came_to):
            for how, times in sorted((+counted).items()):
                yield f"  {times:5}  {how}"
        yield f"lost: {len(self.lost) or 'nothing'}"
        yield from self.lost
