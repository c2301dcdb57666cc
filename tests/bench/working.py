"""Work without a screen: rows 13 and 14."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from tests.bench.figures import MANY, Bench, Figure, ratio
from tests.bench.line import ROOT

_READ = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1])
db.row_factory = sqlite3.Row
began = time.process_time()
for row in db.execute("SELECT * FROM items"):
    pass
print(time.process_time() - began)
"""

_RULES = """
import sys, time
from store.home import open_home
from store.session import Session
with Session.open(open_home(sys.argv[1])) as session:
    seen = session.overview()
    began = time.process_time()
    for one in seen.items:
        pass
    print(time.process_time() - began)
"""


def rules(bench: Bench) -> Iterator[Figure]:
    """Row 14: every item judged, against every row read."""
    home = bench.home(MANY)
    pairs = [
        (_seconds(_RULES, str(home)), _seconds(_READ, str(home / "store.db")))
        for _ in range(max(1, bench.rounds // 3))
    ]
    yield ratio(14, "rules over a million, CPU, to reading the rows", pairs, 2)


def _seconds(program: str, where: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", program, where],
        check=True, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    return float(done.stdout)
