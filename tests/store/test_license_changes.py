"""What an import of licenses changes, and which licenses can be removed."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest

from store.errors import Usage
from store.items.license_changes import preview_import, stored_license
from store.items.manual_licenses import manual_license_ids, remove_licenses, store_licenses
from store.session import Session
from tests.store.test_license_csv import GOOD, HEADER, csv_file
from tests.stories.driver import prepared_session

MORE = "lic-b,Tools,,,Player SDK,2027-01-01T00:00:00+08:00,,\n"


def imported(session: Session, tmp_path: Path, text: str) -> sqlite3.Connection:
    """The store after an import of these rows."""
    preview = preview_import(session.db, "practice", csv_file(tmp_path, HEADER + text))
    store_licenses(session.db, "practice", preview.kept)
    return session.db


def test_a_preview_sorts_the_rows_and_stores_nothing(tmp_path: Path) -> None:
    with prepared_session(tmp_path, "calm") as session:
        db = imported(session, tmp_path, GOOD + MORE)
        text = (
            HEADER
            + GOOD.replace("180.00", "").replace("2027-01-01", "2028-01-01")
            + MORE
            + GOOD.replace("lic-a", "lic-c")
            + GOOD.replace("lic-a", "lic d")
            + GOOD.replace("lic-a", "lic-c")
        )
        preview = preview_import(db, "practice", csv_file(tmp_path, text))
        assert [item.id for item in preview.added] == ["lic-c"]
        (change,) = preview.changed
        assert [each.field for each in change.fields] == ["ends_at", "monthly_price"]
        assert (change.fields[1].before, change.fields[1].after) == (Decimal("180.00"), None)
        assert [item.id for item in preview.unchanged] == ["lic-b"]
        assert [row.line for row in preview.rejected] == [5, 6]
        assert [item.id for item in preview.kept] == ["lic-c", "lic-a"]
        assert stored_license(db, "practice", "lic-c") is None


def test_only_licenses_added_by_hand_are_removed(tmp_path: Path) -> None:
    with prepared_session(tmp_path, "tour") as session:
        session.sync()
        db = imported(session, tmp_path, GOOD + MORE)
        assert manual_license_ids(db, "practice") == {"lic-a", "lic-b"}
        with pytest.raises(Usage, match="lic-kids"):
            remove_licenses(db, "practice", ["lic-a", "lic-kids"])
        assert stored_license(db, "practice", "lic-a") is not None
        remove_licenses(db, "practice", ["lic-a"])
        assert stored_license(db, "practice", "lic-a") is None
        assert manual_license_ids(db, "practice") == {"lic-b"}


def test_a_license_that_the_practice_cloud_lists_is_not_changed_by_a_file(tmp_path: Path) -> None:
    with prepared_session(tmp_path, "tour") as session:
        session.sync()
        kids = stored_license(session.db, "practice", "lic-kids")
        assert kids is not None
        text = HEADER + MORE + GOOD.replace("lic-a", "lic-kids")
        preview = preview_import(session.db, "practice", csv_file(tmp_path, text))
        assert [item.id for item in preview.kept] == ["lic-b"]
        (row,) = preview.rejected
        assert (row.line, row.error.found) == (3, "'lic-kids'")
        store_licenses(session.db, "practice", [kids])
        session.sync()
        assert manual_license_ids(session.db, "practice") == frozenset()
