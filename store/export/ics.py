"""The calendar: ends, auto-renewal attempts, and losses of data (RFC 5545).

The UID of an event does not depend on its date, so importing the calendar again moves events and
duplicates none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from store import formats
from store.i18n import N_, _
from store.items.assessment import Assessment
from store.items.names import item_name
from store.items.overview import Overview
from store.rules.clauses import CLAUSES
from store.rules.standing import State
from store.sanitize import plain
from store.times import to_epoch

AUTO_RENEWAL_FIRST_TRY = timedelta(days=9)
"""The time before the end at which the China site first attempts an auto-renewal."""


_NEXT = {
    State.STOPPED: N_("{name}: stops"),
    State.RELEASED: N_("{name}: is released"),
    State.EXPIRED: N_("{name}: expires"),
    State.USED_UP: N_("{name}: used up"),
    State.ACTIVE: N_("{name}: takes effect"),
    State.RUNNING: N_("{name}: runs again"),
}
"""State to the title of the event that leads to it."""


class CalendarEvent(Struct, frozen=True):
    """One event of the calendar."""

    uid: str
    at: datetime
    title: str
    description: str
    has_alarms: bool = True
    """Whether it has reminders; the end of an item that ends on purpose has none."""


def calendar_events(overview: Overview) -> Iterator[CalendarEvent]:
    """The events of the calendar, item by item."""
    for assessment in overview.items:
        yield from _item_events(assessment, overview.account)


def _item_events(assessment: Assessment, account: str) -> Iterator[CalendarEvent]:
    item, standing = assessment.item, assessment.standing
    name = plain(item_name(item), limit=100)
    item_id = plain(item.id)
    who = _("{name} ({id}, account {account}).").format(
        name=name, id=item_id, account=plain(account, limit=100)
    )

    def entry(what: str, at: datetime, title: str, clause: str | None) -> CalendarEvent:
        sentences = [who]
        if clause:
            sentences.append(_(CLAUSES[clause].says))
        if standing.remedy:
            sentences.append(_("What to do: {procedure}.").format(procedure=standing.remedy))
        uid = f"{what}-{item.kind.value}-{item_id}@{plain(account)}.renewal-assistant"
        reminds = not standing.ends_on_purpose
        return CalendarEvent(
            uid, at, _(title).format(name=name), formats.sentences(sentences), reminds
        )

    event = standing.next
    if item.ends_at is not None:
        clause = event.clause if event and event.at == item.ends_at else None
        title = N_("{name} ends as planned") if standing.ends_on_purpose else N_("{name} ends")
        yield entry("end", item.ends_at, title, clause)
    if event is not None and event.at not in {item.ends_at, standing.data_lost_at}:
        yield entry("next", event.at, _NEXT[event.state], event.clause)
    if standing.data_lost_at is not None:
        clause = "IOT-4" if "IOT-4" in standing.clauses else None
        yield entry("lost", standing.data_lost_at, N_("{name}: data deleted"), clause)
    if (first := first_attempt(assessment)) is not None:
        yield entry("auto", first, N_("{name}: first auto-renewal attempt"), None)


def first_attempt(assessment: Assessment) -> datetime | None:
    """The time of the first auto-renewal attempt; None if it is off, or there is no end."""
    if assessment.auto_renewal is None or assessment.item.ends_at is None:
        return None
    return assessment.item.ends_at - AUTO_RENEWAL_FIRST_TRY


def calendar_text(overview: Overview, alarm_days: Sequence[int]) -> bytes:
    """The calendar in UTF-8, with the line ends of the standard.

    Each event has one alarm for each number of days before it in `alarm_days`.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Renewal Assistant//EN")
    calendar.add("version", "2.0")
    name = _("Renewals: {account}").format(account=plain(overview.account))
    calendar.add("x-wr-calname", name)
    as_of = overview.as_of
    for entry in calendar_events(overview) if as_of else ():
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", _utc(as_of or entry.at))
        event.add("sequence", to_epoch(as_of or entry.at) // 60)
        event.add("dtstart", _utc(entry.at))
        event.add("summary", entry.title)
        event.add("description", entry.description)
        event.add("transp", "TRANSPARENT")
        for days in alarm_days if entry.has_alarms else ():
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", entry.title)
            alarm.add("trigger", -timedelta(days=days))
            event.add_component(alarm)
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text


def _utc(moment: datetime) -> datetime:
    from datetime import UTC

    return moment.astimezone(UTC)
