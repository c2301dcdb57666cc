"""What a screen shows stays as it was read until the hold is renewed."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import prepared_session
from tui.snapshot import repin_overview, take_snapshot


def test_the_hold_is_renewed_in_the_middle_of_a_read(tmp_path: Path) -> None:
    with prepared_session(tmp_path, "tour") as session:
        session.sync()
        shown = take_snapshot(session).overview
        assert shown.items
        reading = shown.items.db.execute("SELECT id FROM items")
        first = reading.fetchone()
        with session.copy() as later:
            repin_overview(shown, later)
        assert len({first, *reading}) == len({row[0] for row in session.db.execute(
            "SELECT id FROM items")})  # fmt: skip
        assert len(list(shown.items)) > 0


def test_later_writes_are_invisible_until_the_hold_is_renewed(tmp_path: Path) -> None:
    with prepared_session(tmp_path, "tour") as session:
        session.sync()
        shown = take_snapshot(session).overview
        assert shown.items
        before = len(list(shown.items))
        session.db.execute("DELETE FROM items WHERE kind = 'iot-enterprise'")
        assert len(list(shown.items)) == before
        repin_overview(shown, session)
        assert len(list(shown.items)) < before
