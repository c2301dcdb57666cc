"""A program that is killed goes on at the same step when it is started again."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from store.walkthroughs import progress
from store.walkthroughs.walk import read_open_walks
from tests.store.walks.conftest import connect

PROGRAM = """
import sqlite3, sys
from datetime import datetime
from store.times import BEIJING
from store.walkthroughs import progress, rows
from store.walkthroughs.walk import WalkStart, Subject

now = datetime(2026, 11, 22, 9, tzinfo=BEIJING)
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.row_factory = sqlite3.Row
subject = Subject("practice", "cloud-1", "sdk-license", "lic-kids")
walk = progress.store_walk(db, rows.draft_walk(subject, WalkStart("P-LIC-RENEW"), now), now)
progress.save_value(db, walk, "instance_id", "vod-sdk-77", now)
walk = progress.move_to_step(db, walk, "search-order", now)
if sys.argv[2] == "half-way":
    db.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE walks SET step = 'see', saved = '{}' WHERE id = ?", (walk.id,))
print(walk.step, flush=True)
sys.stdin.read()
"""


def killed_after_its_steps(path: Path, how: str) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(path), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        assert program.stdout is not None
        step = program.stdout.readline().strip()
        program.send_signal(signal.SIGKILL)
        assert program.wait() == -signal.SIGKILL
    assert step == "search-order"


def test_a_kill_loses_no_step_and_no_saved_instance_id(path: Path) -> None:
    killed_after_its_steps(path, "at rest")
    connection = connect(path)
    (walk,) = read_open_walks(connection, "practice", "cloud-1")
    connection.close()
    assert (walk.step, walk.saved) == ("search-order", {"instance_id": "vod-sdk-77"})


def test_a_kill_half_way_through_a_change_leaves_the_state_before_it(path: Path) -> None:
    killed_after_its_steps(path, "half-way")
    connection = connect(path)
    (walk,) = read_open_walks(connection, "practice", "cloud-1")
    connection.close()
    assert (walk.step, walk.saved) == ("search-order", {"instance_id": "vod-sdk-77"})


def test_a_killed_program_that_starts_again_takes_up_its_walk(path: Path) -> None:
    killed_after_its_steps(path, "at rest")
    connection = connect(path)
    (walk,) = read_open_walks(connection, "practice", "cloud-1")
    again = progress.move_to_step(connection, walk, "renew", walk.touched_at)
    connection.close()
    assert again.step == "renew"
