"""Payments whose disk fills up before them, or at any of their writes.

The home is open in another process, as it is while the app runs in another terminal, so
that the write-ahead file goes on growing; each payment has room for one frame of it more.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.fire.deaths import LOOK, OPEN, RESEND, renewing
from tests.fire.dying import Act, in_a_process, must_do
from tests.fire.over_sdk import INSTANCES, PAYS, ServedHome, served_home, with_the_sdk
from tests.fire.report import Report
from tests.fire.truth import all_settled, rows_of
from tui.cli import run

CANNOT_WRITE = 74
FRAME = 4096 + 24
MOST_FRAMES = 12
_KEPT_OPEN = """
import sys
from pathlib import Path
from store.database.open import open_database
from store.schema import STORE
db = open_database(Path(sys.argv[1]), STORE)
for _ in range(16):
    db.execute(f"PRAGMA user_version = {STORE.version}")
db.execute("BEGIN")
db.execute("SELECT count(*) FROM payments").fetchall()
print("open", flush=True)
sys.stdin.read()
"""


def fill_up(folder: Path, payments: int) -> Report:
    """So many payments, with room for 0, 1, 2 frames and so on, and then from 0 again."""
    with_the_sdk()
    report = Report("payments over the SDK with a disk that fills up")
    with served_home(folder) as served:
        must_do(served.home, ["sync"])
        with _kept_open(served.home / "store.db"):
            for number in range(payments):
                report.tried += 1
                frames = number % MOST_FRAMES
                for fault in _pay(served, frames, report):
                    report.lost.append(f"payment {report.tried}, {frames} frames: {fault}")
    return report


@contextmanager
def _kept_open(path: Path) -> Iterator[None]:
    command = [sys.executable, "-c", _KEPT_OPEN, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as keeper:
        assert keeper.stdout is not None
        keeper.stdout.readline()
        yield
        keeper.communicate()


def _on_a_full_disk(room: int, arguments: Sequence[str]) -> Act:
    """The command, where no file can be written beyond so many bytes."""

    def act(home: Path) -> int:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        return run(["--home", str(home), *arguments])

    return act


def _pay(served: ServedHome, frames: int, report: Report) -> Iterator[str]:
    """What was lost; there is room again after the payment."""
    home, server = served.home, served.server
    asked, before = server.count(PAYS), len(rows_of(home))
    room = (home / "store.db-wal").stat().st_size + frames * FRAME
    ended = in_a_process(home, _on_a_full_disk(room, renewing(INSTANCES[0], 1)))
    words, new = (home / "said.txt").read_text(), rows_of(home)[before:]
    requests = server.count(PAYS) - asked
    row = str(new[0].state) if new else "not written down"
    report.stood[f"exit {ended.code}, {row}, {requests} sent"] += 1
    if requests and (not new or new[0].sent_at is None):
        yield "it was sent, and not written down as sent before"
    if not requests and ended.code != CANNOT_WRITE:
        yield f"nothing was sent, and the exit is {ended.code}"
    if not requests and "Nothing was sent, and nothing was paid" not in words:
        yield f"it does not say that nothing was sent: {words}"
    if ended.code and not ("store.db" in words and "disk" in words):
        yield f"no clear word: {words}"
    ended = in_a_process(home, LOOK)
    if ended.code == OPEN:
        ended = in_a_process(home, RESEND)
    yield from all_settled(served.charges(), [rows_of(home)])
    must_do(home, ["sync"])
