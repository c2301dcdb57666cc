"""Work without a screen: rows 4 and 12 to 14."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from tests.alibaba.desk import KEY_ID, SECRET, Desk, days, instance
from tests.alibaba.server import Handler, Server
from tests.bench.figures import FEW, MANY, MILLION, PROGRAM, Bench, Figure, ratio
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
    shown = session.overview()
    began = time.process_time()
    for item in shown.items:
        pass
    print(time.process_time() - began)
"""


_FETCH = """
import sys, time
import requests
from store.clouds.alibaba.retry import Reader
keep_pace = Reader(None)._keep_pace
began, wall, page, count = time.process_time(), time.monotonic(), 1, 0
with requests.Session() as http:
    while True:
        keep_pace("QueryAvailableInstances")
        url = f"{sys.argv[1]}/?Action=QueryAvailableInstances&PageNum={page}&PageSize=300"
        rows = http.post(url, headers={"x-acs-action": "QueryAvailableInstances"}).json()
        count += len(rows["Data"]["InstanceList"])
        if count >= rows["Data"]["TotalCount"]:
            break
        page += 1
print(time.process_time() - began, time.monotonic() - wall)
"""

_SYNC = """
import resource, sys, time
from store.home import open_home
from store.session import Session
with Session.open(open_home(sys.argv[1])) as session:
    session.cloud.balance()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, wall = time.process_time(), time.monotonic()
    session.sync()
    print(time.process_time() - began, time.monotonic() - wall)
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""
_FILTER = """
import sys, time
from threading import Event
from store.home import open_home
from store.items.pages import PAGE
from store.session import Session
from tui.panes.filter_query import parse
from tui.panes.instances import INSTANCES, matching_rows
from tui.snapshot import take_snapshot
with Session.open(open_home(sys.argv[1])) as session:
    shown, db = take_snapshot(session), session.db
    for text in sys.argv[2:]:
        query = parse(text, INSTANCES.fields, shown.overview.now).filter
        words = [term.text for term in query.terms]
        looks = " AND ".join("instr(search_text, ?) > 0" for _ in words)
        times = []
        for _ in range(2):
            began = time.process_time()
            matching_rows(shown, db, query, None, Event(), limit=PAGE + 1)
            times.append(time.process_time() - began)
            db.set_progress_handler(None, 0)
            began = time.process_time()
            db.execute(f"SELECT count(*) FROM items WHERE {looks}", words).fetchone()
            times.append(time.process_time() - began)
        print(*times[2:])
"""
WORDS = (
    ("one letter", "p"), ("a frequent word", "factory"), ("a rare word", "4711"),
    ("two words", "singapore 36"), ("one Chinese letter", "西"), ("Chinese", "西安"),
    ("no hit", "zzzz"), ("no hit, two letters", "qj"),
)  # fmt: skip


class _Unasked(Handler):
    """Checks no signature: what only fetches the pages signs nothing."""

    def _unsigned(
        self, keys: Mapping[str, str], sent: dict[str, str]
    ) -> tuple[int, dict[str, Any]] | None:
        del keys, sent
        return None


def filters(bench: Bench) -> Iterator[Figure]:
    """Row 4: the first page of what has the words, among a million, against a count of the same
    words by SQLite alone; CPU, the second time."""
    texts = [text for _name, text in WORDS]
    rounds = [
        list(map(float, _output(_FILTER, str(bench.home(MILLION)), *texts)))
        for _ in range(bench.rounds)
    ]
    for number, (name, _text) in enumerate(WORDS):
        pairs = [(times[2 * number], times[2 * number + 1]) for times in rounds]
        yield ratio(4, f"filter by {name}, CPU, to SQLite's scan", pairs, 1.5)


def status(bench: Bench) -> Iterator[Figure]:
    """Row 12: the status of a thousand, against an interpreter that imports sqlite3 and json."""
    words = ["status", "--json", "--max-age", "never"]
    command = [*PROGRAM, "--home", str(bench.home(FEW)), *words]
    floor = [sys.executable, "-c", "import sqlite3, json"]
    pairs = [(_cpu(command), _cpu(floor)) for _ in range(bench.rounds)]
    yield ratio(12, "status of a thousand, CPU, to an empty interpreter's", pairs, 4)


def _cpu(command: list[str]) -> float:
    """Seconds of CPU of a child process; `os.times` counts only hundredths."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=False, cwd=ROOT, capture_output=True, env=_compiling())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _compiling() -> dict[str, str]:
    """The environment, without the variable that compiles the program anew at each start."""
    return {name: os.environ[name] for name in os.environ if name != "PYTHONDONTWRITEBYTECODE"}


def sync(bench: Bench) -> Iterator[Figure]:
    """Row 13: a hundred thousand instances from a server here, against fetching its pages at
    the same pace: a sync waits where the cloud allows so many calls a second, and whoever wakes
    needs more CPU for the same work."""
    rows = [instance(f"iot-{n:06}", days(20 + n % 300)) for n in range(MANY)]
    served = Server(Desk(instances=rows, page_size=300))
    served.RequestHandlerClass = _Unasked
    threading.Thread(target=served.serve_forever, daemon=True).start()
    pairs, walls, grown = [], [], 0.0
    for number in range(max(1, bench.rounds // 3)):
        home = bench.folder / f"fetched-{number}"
        home.mkdir(parents=True, exist_ok=True)
        (home / "config.toml").write_text(
            f'default = "far"\n[accounts.far]\ncloud = "alibaba"\nendpoint = "{served.address}"\n'
        )
        keys = {"ALIBABA_CLOUD_ACCESS_KEY_ID": KEY_ID, "ALIBABA_CLOUD_ACCESS_KEY_SECRET": SECRET}
        ours, took, grown = map(float, _output(_SYNC, str(home), **keys))
        floor, alone = map(float, _output(_FETCH, served.address))
        pairs.append((ours, floor))
        walls.append((took, alone))
        shutil.rmtree(home)
    served.shutdown()
    yield ratio(13, "sync of 100,000, wall, to fetching the pages alone", walls, 1.5)
    yield ratio(13, "sync of 100,000, CPU, to fetching the pages alone", pairs, 1.5)
    yield Figure(13, "sync of 100,000, MB more than at its start", grown, 80)


def rules(bench: Bench) -> Iterator[Figure]:
    """Row 14: every item judged, against every row read."""
    home = bench.home(MILLION)
    pairs = [
        (_seconds(_RULES, str(home)), _seconds(_READ, str(home / "store.db")))
        for _ in range(max(1, bench.rounds // 3))
    ]
    yield ratio(14, "rules over a million, CPU, to reading the rows", pairs, 2)


def _seconds(program: str, where: str) -> float:
    return float(_output(program, where)[0])


def _output(program: str, *words: str, **more: str) -> list[str]:
    """The words that the program prints."""
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        check=True, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **more},
    )  # fmt: skip
    return done.stdout.split()
