"""Changes since a person's last visit.

Database triggers on the items record what syncs change. Ends and losses of data happen without a
sync and are computed from the dates. The visit is stored when the person leaves the program.
"""

# ruff: noqa: S608 - conditions are our own, values are bound

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from store.database.open import immediate
from store.items.assessment import Assessor
from store.items.names import item_name
from store.items.overview import Overview
from store.items.queries import DATED, last_sync
from store.models import Balance
from store.rules.iot import RELEASE_AFTER
from store.rules.standing import State
from store.times import from_epoch, to_epoch

MAX_NAMES = 20
"""The number of names for each kind of change; further items are only counted."""


class ChangeKind(StrEnum):
    """Kinds of changes, the worst first."""

    LOST = "lost"
    ENDED = "ended"
    OVERDUE = "overdue"
    MISSING = "missing"
    EARLIER = "earlier"
    SERVING = "serving"
    RENEWED_ELSEWHERE = "renewed-elsewhere"
    RENEWED_HERE = "renewed-here"
    NEW = "new"
    BACK = "back"
    AUTO = "auto"
    PRICE = "price"


class ChangeGroup(Struct, frozen=True):
    """The items with one kind of change: their number, and the first `MAX_NAMES` names."""

    kind: ChangeKind
    count: int
    names: tuple[str, ...]


class Changes(Struct, frozen=True):
    """The differences since the last visit."""

    since: datetime
    groups: tuple[ChangeGroup, ...]
    currency: str
    available_by: Decimal | None
    """The change of the available amount; None if the currency differs."""
    owed_by: Decimal | None
    """The change of the amount owed; None if the currency differs."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        return not (self.groups or self.available_by or self.owed_by)


_CHANGE_OF_STATE = {
    State.STOPPED: ChangeKind.ENDED,
    State.EXPIRED: ChangeKind.ENDED,
    State.USED_UP: ChangeKind.ENDED,
    State.RELEASED: ChangeKind.LOST,
    State.GRACE: ChangeKind.OVERDUE,
    State.OVERDUE: ChangeKind.OVERDUE,
    State.AT_RISK: ChangeKind.OVERDUE,
    State.RUNNING: ChangeKind.SERVING,
    State.ACTIVE: ChangeKind.SERVING,
}
"""The kind of change of an undated item that is now in this state."""

_NOTED = """
SELECT changes.number, changes.kind, changes.id, coalesce(items.name, '') AS name,
    CASE WHEN what <> 'end' THEN what
         WHEN became < was THEN 'earlier'
         WHEN EXISTS (
            SELECT 1 FROM payments WHERE payments.account = changes.account
            AND payments.instance_id = items.instance_id AND payments.state = 'paid'
            AND payments.ends_after = changes.became) THEN 'renewed-here'
         ELSE 'renewed-elsewhere' END AS change
FROM changes LEFT JOIN items USING (account, kind, id)
WHERE changes.account = :account AND changes.number > :last_seen
"""

_ENDED = (
    f"FROM items WHERE account = :account AND {DATED} "
    "AND missing_since IS NULL AND ends_at > :since AND ends_at <= :now"
)
_LOST = (
    f"FROM items WHERE account = :account AND {DATED} AND kind = 'iot-enterprise' "
    "AND ends_at > :since - :release AND ends_at <= :now - :release"
)


def store_visit(db: sqlite3.Connection, overview: Overview) -> None:
    """Store that the person has seen the account as it is in this overview."""
    if overview.now is None or overview.balance is None or not overview.items:
        return
    db_shown, account = overview.items.db, overview.account
    synced, number = last_sync(db_shown, account), _last_number(db_shown, account)
    if synced is None:
        return
    balance, states = overview.balance, json.dumps(_states(overview.items.assessor))
    with immediate(db):
        db.execute(
            "INSERT OR REPLACE INTO looks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                account, synced.identity, to_epoch(overview.now), number, balance.currency,
                str(balance.available), str(balance.owed), states,
            ),
        )  # fmt: skip
        db.execute("DELETE FROM changes WHERE account = ? AND number <= ?", (account, number))


def _last_number(db: sqlite3.Connection, account: str) -> int:
    """The number of the last recorded change; if none is left, that of the last visit."""
    (number,) = db.execute(
        "SELECT max(coalesce((SELECT max(number) FROM changes WHERE account = :account), 0), "
        "coalesce((SELECT max(change) FROM looks WHERE account = :account), 0))",
        {"account": account},
    ).fetchone()
    return int(number)


def _states(assessor: Assessor) -> dict[str, str]:
    return {f"{item.kind}:{item.id}": standing.state.value for item, standing in assessor.undated}


def changes_since(db: sqlite3.Connection, overview: Overview) -> Changes | None:
    """The changes since the last visit; None if there was no visit, or nothing has changed."""
    if overview.now is None or overview.balance is None or not overview.items:
        return None
    row = db.execute(
        "SELECT looks.* FROM looks JOIN syncs USING (account, identity) WHERE account = ?",
        (overview.account,),
    ).fetchone()
    if row is None:
        return None
    assessor, account = overview.items.assessor, overview.account
    groups = [
        *_time_changes(db, account, row["at"], to_epoch(overview.now)),
        *_state_changes(json.loads(row["states"]), assessor),
        *_sync_changes(db, account, row["change"]),
    ]
    is_same_currency = row["currency"] == overview.balance.currency
    balance: Balance = overview.balance
    changes = Changes(
        from_epoch(row["at"]),
        tuple(_merge_by_kind(groups)),
        balance.currency,
        balance.available - Decimal(row["available"]) if is_same_currency else None,
        balance.owed - Decimal(row["owed"]) if is_same_currency else None,
    )
    return None if changes.is_empty else changes


def _time_changes(
    db: sqlite3.Connection, account: str, since: int, now: int
) -> Iterator[ChangeGroup]:
    release = int(RELEASE_AFTER.total_seconds())
    values = {"account": account, "since": since, "now": now, "release": release}
    for kind, condition in ((ChangeKind.ENDED, _ENDED), (ChangeKind.LOST, _LOST)):
        (count,) = db.execute(f"SELECT count(*) {condition}", values).fetchone()
        rows = db.execute(f"SELECT name, id {condition} ORDER BY ends_at LIMIT {MAX_NAMES}", values)
        yield ChangeGroup(kind, count, tuple(row["name"] or row["id"] for row in rows))


def _state_changes(before: dict[str, str], assessor: Assessor) -> Iterator[ChangeGroup]:
    for item, standing in assessor.undated:
        state_before, kind = (
            before.get(f"{item.kind}:{item.id}"),
            _CHANGE_OF_STATE.get(standing.state),
        )
        if state_before is not None and state_before != standing.state.value and kind is not None:
            yield ChangeGroup(kind, 1, (item_name(item),))


def _sync_changes(db: sqlite3.Connection, account: str, last_seen: int) -> Iterator[ChangeGroup]:
    values = {"account": account, "last_seen": last_seen}
    counts = db.execute(
        f"SELECT change, count(DISTINCT kind || ':' || id) AS n FROM ({_NOTED}) GROUP BY change",
        values,
    ).fetchall()
    for row in counts:
        names = db.execute(
            f"SELECT name, id FROM ({_NOTED}) WHERE change = :change GROUP BY kind, id "
            f"ORDER BY min(number) LIMIT {MAX_NAMES}",
            {**values, "change": row["change"]},
        )
        yield ChangeGroup(
            ChangeKind(row["change"]), row["n"], tuple(item["name"] or item["id"] for item in names)
        )


def _merge_by_kind(groups: Iterable[ChangeGroup]) -> Iterator[ChangeGroup]:
    """One group for each kind of change, the worst first."""
    all_groups = list(groups)
    for kind in ChangeKind:
        same = [group for group in all_groups if group.kind is kind and group.count]
        if same:
            names = tuple(name for group in same for name in group.names)[:MAX_NAMES]
            yield ChangeGroup(kind, sum(group.count for group in same), names)
