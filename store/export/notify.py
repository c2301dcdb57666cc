"""Sending messages about new facts, one to each address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from store.annotations.load import load_annotations
from store.export.addresses import Address
from store.export.notice_log import EVERYONE, NoticeLog
from store.export.notices import (
    Notice,
    Reason,
    SentNotices,
    item_notices,
    owed_notice,
    renewal_notice,
    shortage_notice,
)
from store.i18n import _
from store.items.overview import Overview
from store.items.queries import last_sync
from store.rules.severity import Severity
from store.times import to_epoch

if TYPE_CHECKING:
    from store.session import Session

MAX_DATA_AGE = timedelta(hours=1)
"""Older data is synced first."""
FAILING_FOR = timedelta(days=1)
"""How long syncs may fail before a message is sent."""


class Message(Struct, frozen=True):
    """A message in plain text."""

    title: str
    body: str


class Delivery(Struct, frozen=True):
    """The result of sending to one address."""

    to: str
    items: tuple[str, ...]
    """The ids of the items in the message."""
    message: Message
    error: str = ""
    """Why the address did not accept it; empty if it did, and in a dry run."""


Compose = Callable[[Overview, Sequence[Notice]], Message]


def notify(
    session: Session, addresses: Sequence[Address], compose: Compose, *, dry_run: bool = False
) -> Iterator[Delivery]:
    """Sync if the data is old, and send each address the facts that are new to it."""
    thresholds = session.config.notify.thresholds
    within = timedelta(days=max(thresholds, default=30))
    overview = session.overview(within, MAX_DATA_AGE)
    synced = last_sync(session.db, session.account.name)
    log = NoticeLog(session.db, session.account.name, synced.identity if synced else "")
    notices = [*_account_notices(overview, session.now(), log)]
    if overview.now is not None and overview.items and not overview.is_from_future:
        snoozes = load_annotations(session.db, overview).snoozes
        pressing = (
            assessment
            for assessment in overview.items
            if assessment.severity is not Severity.OK
            and (assessment.item.kind.value, assessment.item.id) not in snoozes
        )
        notices += item_notices(pressing, overview.now, thresholds)
    for address in addresses:
        new_notices = sorted(
            _new_notices(address, notices, overview, log), key=lambda notice: notice.urgency
        )
        if new_notices:
            message = compose(overview, new_notices)
            error = "" if dry_run else _deliver(address, new_notices, message, log)
            items = tuple(notice.item_key[1] for notice in new_notices if notice.assessment)
            yield Delivery(address.shown, items, message, error)


def send_test(address: Address, message: Message) -> Delivery:
    """Send a test message, which is not stored."""
    return Delivery(address.shown, (), message, _send(address, message))


def _account_notices(overview: Overview, now: datetime, log: NoticeLog) -> Iterator[Notice]:
    if overview.sync_error is None:
        log.delete_notices(EVERYONE, Reason.SYNC_FAILED)
    else:
        since = log.failing_since(now)
        if now - since >= FAILING_FOR:
            yield Notice(Reason.SYNC_FAILED, f"{Reason.SYNC_FAILED}:{to_epoch(since)}", None, since)
    if overview.is_from_future and overview.as_of is not None:
        yield Notice(Reason.CLOCK, f"{Reason.CLOCK}:{to_epoch(overview.as_of)}", at=overview.as_of)
        return
    yield from filter(None, (owed_notice(overview), shortage_notice(overview)))


def _new_notices(
    address: Address, notices: Sequence[Notice], overview: Overview, log: NoticeLog
) -> Iterator[Notice]:
    reported = log.sent_notices(address.digest)
    for reason in {Reason.SHORT, Reason.OWED} - {notice.reason for notice in notices}:
        log.delete_notices(address.digest, reason)
    nothing = SentNotices(frozenset(), None)
    for notice in notices:
        known = reported.get(notice.item_key, nothing).keys
        # An earlier day of the shortage is new, a later one is not.
        is_reported = notice.reason is Reason.SHORT and any(
            key.startswith("short:") and key <= notice.key for key in known
        )
        if notice.key not in known and not is_reported:
            yield notice
    for (_kind, item_id), known_item in reported.items():
        if item_id and known_item.ends_at is not None:
            renewed = renewal_notice(overview.of_id(item_id), known_item)
            if renewed is not None and renewed.key not in known_item.keys:
                yield renewed


def _deliver(address: Address, new_notices: list[Notice], message: Message, log: NoticeLog) -> str:
    """Send the notices unless another run is sending one of them; returns why the address did not
    accept them, or nothing."""
    claimed = log.claim(address.digest, new_notices)
    if not claimed:
        return ""
    error = _send(address, message)
    log.finish_claim(address.digest, new_notices, sent=not error)
    return error


def _send(address: Address, message: Message) -> str:
    from apprise import NotifyFormat, NotifyType

    is_accepted = address.service.notify(
        body=message.body,
        title=message.title,
        notify_type=NotifyType.WARNING,
        body_format=NotifyFormat.TEXT,
    )
    return "" if is_accepted else _("not accepted, or the service cannot be reached")
