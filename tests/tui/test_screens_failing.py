"""An error behind a screen is shown on it, and the data shown stays."""

from __future__ import annotations

from pathlib import Path

from tests.stories.driver import at_the_desk
from tests.stories.scenarios import account, enterprise


async def test_a_database_that_was_damaged_meanwhile(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, account(instances=[enterprise()])) as desk:
        for path in desk.home.glob("store.db*"):
            path.unlink()
        (desk.home / "store.db").write_bytes(b"this is no database, and longer than a header is")
        await desk.press("L")
        desk.sees("store.db")
        desk.sees("Factory floor")
        assert (desk.home / "store.db").read_bytes().startswith(b"this is no database")
