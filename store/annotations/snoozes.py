"""Items that a person does not want to be reminded of until a day, with the reason.

A snooze only takes an item out of the list of what happens next. It never outlasts the
facts by which it was made, and never lasts into the last day before something happens to
the item: that something stops or is lost is always told.
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
from store.rules.severity import Severity
from store.rules.standing import State
from store.times import from_epoch, to_epoch

LAST_DAY = timedelta(days=1)
LONGEST = timedelta(days=366)


class Snooze(Struct, frozen=True):
    """Until when, why, and the facts that it stands on."""

    until: datetime
    reason: str
    state: State
    severity: Severity
    ends_at: datetime | None

    def hides(self, assessment: Assessment, now: datetime) -> bool:
        """Whether the item is snoozed still: the time is not over, and it is as it was."""
        critical = Severity.CRITICAL
        is_worse = assessment.severity is critical and self.severity is not critical
        facts = (assessment.standing.state, assessment.item.ends_at)
        is_same = facts == (self.state, self.ends_at)
        return is_same and not is_worse and now < min(self.until, latest(assessment, now))


def latest(assessment: Assessment, now: datetime) -> datetime:
    """Until when the item may be snoozed at most."""
    event, lost = assessment.standing.next, assessment.standing.data_lost_at
    instants = [event.at] if event else []
    if lost is not None and lost > now:
        instants.append(lost)
    return min([now + LONGEST, *(instant - LAST_DAY for instant in instants)])


def check_until(assessments: Iterable[Assessment], until: datetime, now: datetime) -> datetime:
    """The instant. Raises `Usage` where it is past, or where an item may not be snoozed so long."""
    if until <= now:
        raise Usage(_("That date is in the past"))
    for assessment in assessments:
        name, end = assessment.item.name or assessment.item.id, latest(assessment, now)
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
    """Every snooze of the account's present cloud, whether it is over or not."""
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
    """A snooze of the item as it is now. Raises `Usage` for what is not allowed."""
    check_until([assessment], until, now)
    standing = assessment.standing
    return Snooze(
        until, check_length(reason), standing.state, assessment.severity, assessment.item.ends_at
    )


def keep_snooze(
    db: sqlite3.Connection, account: str, key: ItemKey, snooze: Snooze | None
) -> Snooze | None:
    """Keep the snooze in place of the one before, which is given back; None wakes the item."""
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
    """The snoozes that hide each of these items now."""
    by_key = ((key_of(each.item), each) for each in assessments)
    return {
        key: stored[key] for key, each in by_key if key in stored and stored[key].hides(each, now)
    }
