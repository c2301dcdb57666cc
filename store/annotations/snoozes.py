"""Snoozes: items that a person hides until a day, with a reason.

A snooze only hides an item from the list of due items. It ends when the facts change that it
depends on, and one day before the item's next event, so that a stop or a loss of data is always
shown.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from store import formats
from store.annotations.notes import IDENTITY, ItemKey, item_key
from store.database.open import immediate
from store.errors import Usage
from store.i18n import _
from store.inputs import check_length
from store.items.assessment import Assessment
from store.items.names import item_name
from store.rules.severity import Severity
from store.rules.standing import State
from store.times import epoch_or_none, from_epoch, instant_or_none, to_epoch

LAST_DAY = timedelta(days=1)
"""The time before an event in which an item is always shown."""
LONGEST = timedelta(days=366)
"""The longest snooze."""


class Snooze(Struct, frozen=True):
    """A snooze: its end, its reason, and the facts of the item that it depends on."""

    until: datetime
    reason: str
    state: State
    severity: Severity
    ends_at: datetime | None

    def hides(self, assessment: Assessment, now: datetime) -> bool:
        """Whether the snooze is active: it has not ended, and the facts are the same."""
        critical = Severity.CRITICAL
        is_worse = assessment.severity is critical and self.severity is not critical
        facts = (assessment.standing.state, assessment.item.ends_at)
        is_same = facts == (self.state, self.ends_at)
        return is_same and not is_worse and now < min(self.until, latest_end(assessment, now))


def latest_end(assessment: Assessment, now: datetime) -> datetime:
    """The latest possible end of a snooze of the item."""
    event, lost = assessment.standing.next, assessment.standing.data_lost_at
    instants = [event.at] if event else []
    if lost is not None and lost > now:
        instants.append(lost)
    return min([now + LONGEST, *(instant - LAST_DAY for instant in instants)])


def check_until(assessments: Iterable[Assessment], until: datetime, now: datetime) -> datetime:
    """The end of a snooze of these items. Raises `Usage` if it is in the past, or too late for one
    of them."""
    if until <= now:
        raise Usage(_("That date is in the past"))
    for assessment in assessments:
        name, end = item_name(assessment.item), latest_end(assessment, now)
        if end <= now:
            raise Usage(
                _("{name} stops or is deleted within a day, so it cannot be snoozed").format(
                    name=name
                )
            )
        if until > end:
            day = formats.day(end)
            raise Usage(
                _(
                    "{name} can be snoozed until {day} at the latest, one day before its next event"
                ).format(name=name, day=day)
            )
    return until


def load_snoozes(db: sqlite3.Connection, account: str) -> dict[ItemKey, Snooze]:
    """Every snooze of items of the account's present cloud, active or not, by item."""
    rows = db.execute(
        f"SELECT * FROM snoozes WHERE account = :account AND identity = {IDENTITY}",  # noqa: S608
        {"account": account},
    )
    return {(row["kind"], row["id"]): _snooze(row) for row in rows}


def _snooze(row: sqlite3.Row) -> Snooze:
    return Snooze(
        from_epoch(row["until"]),
        row["reason"],
        State(row["state"]),
        Severity(row["severity"]),
        instant_or_none(row["ends_at"]),
    )


def make_snooze(assessment: Assessment, until: datetime, reason: str, now: datetime) -> Snooze:
    """A snooze that depends on the item's present facts. Raises `Usage` if it is not allowed."""
    check_until([assessment], until, now)
    standing = assessment.standing
    return Snooze(
        until, check_length(reason), standing.state, assessment.severity, assessment.item.ends_at
    )


def store_snooze(
    db: sqlite3.Connection, account: str, key: ItemKey, snooze: Snooze | None
) -> Snooze | None:
    """Store the snooze, or delete it (None); returns the one that was stored before."""
    with immediate(db):
        before = load_snoozes(db, account).get(key)
        values = {"account": account, "kind": key[0], "id": key[1]}
        db.execute(
            f"DELETE FROM snoozes WHERE account = :account AND identity = {IDENTITY} "  # noqa: S608
            "AND kind = :kind AND id = :id",
            values,
        )
        if snooze is not None:
            db.execute(
                "INSERT INTO snoozes VALUES (:account, "  # noqa: S608
                f"{IDENTITY}, :kind, :id, :reason, :until, :state, :severity, :ends_at)",
                {
                    **values,
                    "reason": snooze.reason,
                    "until": to_epoch(snooze.until),
                    "state": snooze.state.value,
                    "severity": snooze.severity.value,
                    "ends_at": epoch_or_none(snooze.ends_at),
                },
            )
    return before


def active_snoozes(
    stored: dict[ItemKey, Snooze], assessments: Iterable[Assessment], now: datetime
) -> dict[ItemKey, Snooze]:
    """The active ones among the stored snoozes, by item."""
    by_key = {item_key(assessment.item): assessment for assessment in assessments}
    return {
        key: stored[key]
        for key, assessment in by_key.items()
        if key in stored and stored[key].hides(assessment, now)
    }
