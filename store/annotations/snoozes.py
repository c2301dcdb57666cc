"""Snoozes: items that a person hides until a day, with a reason.

A snooze only takes an item off the list of what happens next. It ends when the facts change that it
was made by, and before the last day ahead of an event: a stop or a loss of data is always shown.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from store import formats
from store.annotations.notes import IDENTITY, ItemKey, key_of
from store.database.open import immediate
from store.errors import Usage
from store.i18n import _
from store.inputs import check_length
from store.items.assessment import Assessment
from store.items.names import item_name
from store.rules.severity import Severity
from store.rules.standing import State
from store.times import from_epoch, to_epoch

LAST_DAY = timedelta(days=1)
LONGEST = timedelta(days=366)


class Snooze(Struct, frozen=True):
    """The end of the snooze, its reason, and the facts that it depends on."""

    until: datetime
    reason: str
    state: State
    severity: Severity
    ends_at: datetime | None

    def hides(self, assessment: Assessment, now: datetime) -> bool:
        """Whether the snooze is in force: its time is not over, and the facts are the same."""
        critical = Severity.CRITICAL
        is_worse = assessment.severity is critical and self.severity is not critical
        facts = (assessment.standing.state, assessment.item.ends_at)
        is_same = facts == (self.state, self.ends_at)
        return is_same and not is_worse and now < min(self.until, latest(assessment, now))


def latest(assessment: Assessment, now: datetime) -> datetime:
    """The latest end that a snooze of the item may have."""
    event, lost = assessment.standing.next, assessment.standing.data_lost_at
    instants = [event.at] if event else []
    if lost is not None and lost > now:
        instants.append(lost)
    return min([now + LONGEST, *(instant - LAST_DAY for instant in instants)])


def check_until(assessments: Iterable[Assessment], until: datetime, now: datetime) -> datetime:
    """The end as an instant. Raises `Usage` where it is past, or later than the item allows."""
    if until <= now:
        raise Usage(_("That date is in the past"))
    for assessment in assessments:
        name, end = item_name(assessment.item), latest(assessment, now)
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


def snoozes(db: sqlite3.Connection, account: str) -> dict[ItemKey, Snooze]:
    """Every snooze of the account's present cloud, also those that are over."""
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
        None if row["ends_at"] is None else from_epoch(row["ends_at"]),
    )


def new_snooze(assessment: Assessment, until: datetime, reason: str, now: datetime) -> Snooze:
    """A snooze of the item by its present facts. Raises `Usage` where it is not allowed."""
    check_until([assessment], until, now)
    standing = assessment.standing
    return Snooze(
        until, check_length(reason), standing.state, assessment.severity, assessment.item.ends_at
    )


def keep_snooze(
    db: sqlite3.Connection, account: str, key: ItemKey, snooze: Snooze | None
) -> Snooze | None:
    """Store the snooze, and return the one that it replaces; None ends the snooze."""
    with immediate(db):
        before = snoozes(db, account).get(key)
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
                    "ends_at": None if snooze.ends_at is None else to_epoch(snooze.ends_at),
                },
            )
    return before


def active_snoozes(
    stored: dict[ItemKey, Snooze], assessments: Iterable[Assessment], now: datetime
) -> dict[ItemKey, Snooze]:
    """The snoozes in force, by item."""
    by_key = ((key_of(each.item), each) for each in assessments)
    return {
        key: stored[key] for key, each in by_key if key in stored and stored[key].hides(each, now)
    }
