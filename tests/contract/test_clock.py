"""A machine whose clock is behind the data: unknown, never green."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.contract.program import Program


def make_later(program: Program, seconds: int) -> None:
    """The data of the last sync are so much later than the account's clock."""
    with closing(sqlite3.connect(program.home / "store.db")) as db:
        db.execute("UPDATE syncs SET as_of = as_of + ?", (seconds,))
        db.commit()


@pytest.fixture
def calm(program: Program) -> Program:
    """Nothing needs attention, by data of this instant."""
    assert program("practice", "reset", "--scenario", "calm").exit == 0
    assert program("sync").exit == 0
    return program


@pytest.mark.parametrize(("seconds", "stale"), [(300, False), (301, True), (10**9, True)])
def test_data_from_the_future_are_stale(calm: Program, seconds: int, stale: bool) -> None:
    make_later(calm, seconds)
    code = 3 if stale else 0
    ran = calm("status", "--json", "--max-age", "never")
    assert (ran.exit, ran.json["stale"]) == (code, stale)
    assert ran.json["severity"] == ("unknown" if stale else "ok")
    line, text = calm("status", "--line"), calm("status", "--max-age", "never")
    assert line.exit == text.exit == code
    assert ("set the clock" in line.out) == ("set the clock" in text.out) == stale
    assert ("Set the clock" in ran.err) == ("Set the clock" in text.err) == stale
    metrics = calm("export", "--prometheus", "--max-age", "never").out
    assert f'renewal_stale{{account="practice"}} {float(stale)}' in metrics
    assert f'renewal_severity{{account="practice"}} {float(code)}' in metrics


def test_they_are_fetched_anew_where_that_may_be(calm: Program) -> None:
    make_later(calm, 10**6)
    assert calm("status").exit == 0
