"""The stored record of sent notices, by address.

A notice is claimed before it is sent, so that two runs at once do not send it twice, and released
if the address does not accept it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from store.database.open import immediate
from store.export.notices import Notice, Reason, SentNotices
from store.times import from_epoch, instant_or_none, to_epoch

CLAIM_SECONDS = 600
"""The time after which a notice is released that was claimed by a run that died."""
EVERYONE = ""
"""The address under which the time of the first failed sync is stored."""


class NoticeLog(Struct, frozen=True):
    """The notices sent to each address about an account of its present cloud."""

    db: sqlite3.Connection
    account: str
    identity: str

    def sent_notices(self, address: str) -> dict[tuple[str, str], SentNotices]:
        """The notices that were sent to the address or are being sent, by kind and id of the
        item."""
        rows = self.db.execute(
            "SELECT kind, id, json_group_array(notice) AS keys, max(ends_at) AS ends_at "
            "FROM notices WHERE account = ? AND identity = ? AND address = ? "
            "AND (sent OR claimed_at > ?) GROUP BY kind, id",
            (self.account, self.identity, address, int(time.time()) - CLAIM_SECONDS),
        )
        from json import loads

        return {
            (row["kind"], row["id"]): SentNotices(
                frozenset(loads(row["keys"])),
                instant_or_none(row["ends_at"]),
            )
            for row in rows
        }

    def claim(self, address: str, notices: Sequence[Notice]) -> bool:
        """Claim the notices for this run; False if another run has claimed or sent one of them."""
        now = int(time.time())
        with immediate(self.db):
            known = self.sent_notices(address)
            taken = any(
                notice.key in known[notice.item_key].keys
                for notice in notices
                if notice.item_key in known
            )
            if taken:
                return False
            self.db.executemany(
                "INSERT OR REPLACE INTO notices VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
                [
                    (
                        self.account, self.identity, address, *notice.item_key, notice.key,
                        _ends_at(notice), now,
                    )
                    for notice in notices
                ],
            )  # fmt: skip
        return True

    def finish_claim(self, address: str, notices: Sequence[Notice], *, sent: bool) -> None:
        """Store the claimed notices as sent, or release them."""
        change = "UPDATE notices SET sent = 1" if sent else "DELETE FROM notices"
        with immediate(self.db):
            self.db.executemany(
                f"{change} WHERE account = ? AND identity = ? AND address = ? "
                "AND kind = ? AND id = ? AND notice = ?",
                [
                    (self.account, self.identity, address, *notice.item_key, notice.key)
                    for notice in notices
                ],
            )

    def failing_since(self, now: datetime) -> datetime:
        """The time of the first failed sync since the last success; `now` if it is this one."""
        with immediate(self.db):
            self.db.execute(
                "INSERT OR IGNORE INTO notices VALUES (?, ?, ?, '', '', ?, ?, 0, 1)",
                (
                    self.account, self.identity, EVERYONE, Reason.SYNC_FAILED.value, to_epoch(now),
                ),
            )  # fmt: skip
            row = self.db.execute(
                "SELECT ends_at FROM notices WHERE account = ? AND identity = ? AND address = ? "
                "AND notice = ?",
                (self.account, self.identity, EVERYONE, Reason.SYNC_FAILED.value),
            ).fetchone()
        return from_epoch(row["ends_at"])

    def delete_notices(self, address: str, reason: Reason) -> None:
        """Delete the account's notices for that reason, so that the next one is new."""
        with immediate(self.db):
            self.db.execute(
                "DELETE FROM notices WHERE account = ? AND identity = ? AND address = ? "
                "AND id = '' AND notice LIKE ? || '%'",
                (self.account, self.identity, address, reason.value),
            )


def _ends_at(notice: Notice) -> int | None:
    item = notice.assessment.item if notice.assessment else None
    return None if item is None or item.ends_at is None else to_epoch(item.ends_at)
