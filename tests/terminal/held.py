"""The program, with a practice cloud that is slow to renew: it waits to be let go on.

    python -m tests.terminal.held before|after --home HOME

It tells in the file `held` of the home that it waits, before or after the cloud has
committed, and goes on once that file is gone.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from store.clouds.practice.cloud import PracticeCloud
from tui.launcher import main


def hold(home: Path) -> None:
    """Wait until the file is removed, or this process ends."""
    mark = home / "held"
    mark.touch()
    while mark.exists():
        time.sleep(0.01)


def slow(when: str, home: Path) -> None:
    """Make each renewal wait, before or after it has taken effect."""
    at_once = PracticeCloud.renew

    def renew(cloud: PracticeCloud, *arguments: Any) -> str:
        if when == "before":
            hold(home)
        order_id = at_once(cloud, *arguments)
        if when == "after":
            hold(home)
        return order_id

    setattr(PracticeCloud, at_once.__name__, renew)


if __name__ == "__main__":
    slow(sys.argv.pop(1), Path(sys.argv[2]))
    main()
