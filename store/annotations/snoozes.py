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

    def hides(self, seen: Assessment, now: datetime) -> bool:
        """Whether the item sleeps still: the time is not over, and it is as it was."""
        worse = seen.severity is Severity.CRITICAL and self.severity is not Severity.CRITICAL
        same = (seen.standing.state, seen.item.ends_at) == (self.state, self.ends_at)
        return same and not worse and now < min(self.until, latest(seen, now))


def latest(seen: Assessment, now: datetime) -> datetime:
    """Until when the item may sleep at most."""
    coming, lost = seen.standing.next, seen.standing.data_lost_at
    moments = [coming.at] if coming else []
    if lost is not None and lost > now:
        moments.append(lost)
    return min([now + LONGEST, *(moment - LAST_DAY for moment in moments)])


def check_until(seen: Iterable[Assessment], until: datetime, now: datetime) -> datetime:
    """The instant. Raises `Usage` where it is past, or where an item may not sleep so long."""
    if until <= now:
        raise Usage(_("That date is in the past"))
    for one in seen:
        name, most = one.item.name or one.item.id, latest(one, now)
        if most <= now:
            raise Usage(
                _("{name} stops or is deleted within a day, so it cannot be snoozed").format(
                    name=name
                )
            )
        if until > most:
            day = formats.day(most)
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


def made(seen: Assessment, until: datetime, reason: str, now: datetime) -> Snooze:
    """A snooze of the item as it is now. Raises `Usage` for what is not allowed."""
    check_until([seen], until, now)
    standing = seen.standing
    return Snooze(until, check_length(reason), standing.state, seen.severity, seen.item.ends_at)


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


def asleep(
    known: dict[ItemKey, Snooze], seen: Iterable[Assessment], now: datetime
) -> dict[ItemKey, Snooze]:
    """The snoozes that hide one of these items now."""
    found = ((key_of(one.item), one) for one in seen)
    return {key: known[key] for key, one in found if key in known and known[key].hides(one, now)}
