"""Messages about new facts, one to each address, through the library apprise.

Nothing else imports apprise. `store.db` holds what was sent to whom: a notice is claimed before it
is sent, so that two runs at once do not send it twice, and released where the address does not
accept it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from store.annotations.load import annotations_of
from store.database.open import immediate
from store.errors import BadFile
from store.export.notices import (
    Notice,
    Reason,
    Reported,
    item_notices,
    owed_notice,
    renewal_notice,
    shortage_notice,
)
from store.i18n import _
from store.items.overview import Overview
from store.items.queries import last_sync
from store.rules.severity import Severity
from store.times import from_epoch, to_epoch

if TYPE_CHECKING:
    from apprise import NotifyBase

    from store.session import Session

FRESH_ENOUGH = timedelta(hours=1)
FAILING_FOR = timedelta(days=1)
"""How long syncs may fail before a message is sent."""
CLAIM_SECONDS = 600
"""After so long, a notice claimed by a run that died is released."""
_NOT_SECRET_PATHS = ("mailto", "mailtos")
_WEB_HOOKS = ("json", "jsons", "xml", "xmls", "form", "forms")
_EVERYONE = ""
"""The address under which the time of the first failed sync is stored."""


class Message(Struct, frozen=True):
    """A message in plain text."""

    title: str
    body: str


class Address(Struct, frozen=True):
    """One address, ready for sending."""

    service: NotifyBase
    shown: str
    """The address without its secrets."""
    digest: str
    """Identifies the address in the database."""


class Delivery(Struct, frozen=True):
    """The result of sending to one address."""

    to: str
    items: tuple[str, ...]
    """The ids of the items in the message."""
    message: Message
    error: str = ""
    """Why the address did not accept it; empty where it did, or in a dry run."""


Compose = Callable[[Overview, Sequence[Notice]], Message]


def parse_addresses(urls: Sequence[str]) -> list[Address]:
    """The addresses of `[notify] to`. Raises `BadFile`, with its index, for a wrong one."""
    from apprise import Apprise
    from apprise.logger import logger

    logger.disabled = True  # its lines can hold addresses; what matters is told by us
    addresses = []
    for index, url in enumerate(urls):
        service = Apprise.instantiate(url, suppress_exceptions=True)
        if service is None:
            scheme = url.partition("://")[0][:20]
            raise BadFile(
                f"config.toml: notify.to[{index}]",
                f"{scheme}://…",
                _("an Apprise address such as mailto://user:password@example.com"),
            )
        addresses.append(Address(service, masked(service), sha256(url.encode()).hexdigest()))
    return addresses


def masked(service: NotifyBase) -> str:
    """The address without passwords, tokens, and options that can hold secrets."""
    url = str(service.url(privacy=True)).partition("?")[0].rstrip("/")  # type: ignore[no-untyped-call]
    scheme, _separator, rest = url.partition("://")
    if scheme in _NOT_SECRET_PATHS:
        return url
    host, slash, _path = rest.rpartition("@")[2].partition("/")
    if scheme in _WEB_HOOKS:  # both what stands before the host and the path can be a token
        return f"{scheme}://{host}{'/…' if slash else ''}"
    return url


def notify(
    session: Session, addresses: Sequence[Address], compose: Compose, *, dry_run: bool = False
) -> Iterator[Delivery]:
    """Sync where the data are old, and send each address the facts that are new to it."""
    thresholds = session.config.notify.thresholds
    within = timedelta(days=max(thresholds, default=30))
    overview = session.overview(within, FRESH_ENOUGH)
    synced = last_sync(session.db, session.account.name)
    log = NoticeLog(session.db, session.account.name, synced.identity if synced else "")
    notices = [*_of_account(overview, session.now(), log)]
    if overview.now is not None and overview.items and not overview.from_future:
        snoozes = annotations_of(session.db, overview).snoozes
        pressing = (
            assessment
            for assessment in overview.items
            if assessment.severity is not Severity.OK
            and (assessment.item.kind.value, assessment.item.id) not in snoozes
        )
        notices += item_notices(pressing, overview.now, thresholds)
    for address in addresses:
        fresh = sorted(_new_to(address, notices, overview, log), key=lambda each: each.urgency)
        if fresh:
            message = compose(overview, fresh)
            error = "" if dry_run else _deliver(address, fresh, message, log)
            items = tuple(notice.item_key[1] for notice in fresh if notice.assessment)
            yield Delivery(address.shown, items, message, error)


def send_test(address: Address, message: Message) -> Delivery:
    """Send a test message; nothing of it is stored."""
    return Delivery(address.shown, (), message, _send(address, message))


def _of_account(overview: Overview, now: datetime, log: NoticeLog) -> Iterator[Notice]:
    if overview.sync_error is None:
        log.forget(_EVERYONE, Reason.SYNC_FAILED)
    else:
        since = log.failing_since(now)
        if now - since >= FAILING_FOR:
            yield Notice(Reason.SYNC_FAILED, f"{Reason.SYNC_FAILED}:{to_epoch(since)}", None, since)
    if overview.from_future and overview.as_of is not None:
        yield Notice(Reason.CLOCK, f"{Reason.CLOCK}:{to_epoch(overview.as_of)}", at=overview.as_of)
        return
    yield from filter(None, (owed_notice(overview), shortage_notice(overview)))


def _new_to(
    address: Address, notices: Sequence[Notice], overview: Overview, log: NoticeLog
) -> Iterator[Notice]:
    reported = log.reported(address.digest)
    for reason in {Reason.SHORT, Reason.OWED} - {notice.reason for notice in notices}:
        log.forget(address.digest, reason)
    nothing = Reported(frozenset(), None)
    for notice in notices:
        known = reported.get(notice.item_key, nothing).keys
        # A day that only comes nearer is no news: the first one that was told counts.
        told_earlier = notice.reason is Reason.SHORT and any(
            key.startswith("short:") and key <= notice.key for key in known
        )
        if notice.key not in known and not told_earlier:
            yield notice
    for (_kind, item_id), known_item in reported.items():
        if item_id and known_item.ends_at is not None:
            renewed = renewal_notice(overview.of_id(item_id), known_item)
            if renewed is not None and renewed.key not in known_item.keys:
                yield renewed


def _deliver(address: Address, fresh: list[Notice], message: Message, log: NoticeLog) -> str:
    """Send what no other run is sending; return why the address did not accept it, or nothing."""
    claimed = log.claim(address.digest, fresh)
    if not claimed:
        return ""
    error = _send(address, message)
    log.settle(address.digest, fresh, sent=not error)
    return error


def _send(address: Address, message: Message) -> str:
    from apprise import NotifyFormat, NotifyType

    taken = address.service.notify(
        body=message.body,
        title=message.title,
        notify_type=NotifyType.WARNING,
        body_format=NotifyFormat.TEXT,
    )
    return "" if taken else _("not accepted, or the service cannot be reached")


class NoticeLog(Struct, frozen=True):
    """The stored record of what was sent to whom, for an account's present cloud."""

    db: sqlite3.Connection
    account: str
    identity: str

    def reported(self, address: str) -> dict[tuple[str, str], Reported]:
        """What the address was sent, by kind and id, with what is being sent now."""
        rows = self.db.execute(
            "SELECT kind, id, json_group_array(notice) AS keys, max(ends_at) AS ends_at "
            "FROM notices WHERE account = ? AND identity = ? AND address = ? "
            "AND (sent OR claimed_at > ?) GROUP BY kind, id",
            (self.account, self.identity, address, int(time.time()) - CLAIM_SECONDS),
        )
        from json import loads

        return {
            (row["kind"], row["id"]): Reported(
                frozenset(loads(row["keys"])),
                None if row["ends_at"] is None else from_epoch(row["ends_at"]),
            )
            for row in rows
        }

    def claim(self, address: str, notices: Sequence[Notice]) -> bool:
        """Claim the notices for this run. False: another run has claimed one of them."""
        now = int(time.time())
        with immediate(self.db):
            known = self.reported(address)
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

    def settle(self, address: str, notices: Sequence[Notice], *, sent: bool) -> None:
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
        """Since when syncs fail; from now on where the last one did not."""
        with immediate(self.db):
            self.db.execute(
                "INSERT OR IGNORE INTO notices VALUES (?, ?, ?, '', '', ?, ?, 0, 1)",
                (
                    self.account, self.identity, _EVERYONE, Reason.SYNC_FAILED.value, to_epoch(now),
                ),
            )  # fmt: skip
            row = self.db.execute(
                "SELECT ends_at FROM notices WHERE account = ? AND identity = ? AND address = ? "
                "AND notice = ?",
                (self.account, self.identity, _EVERYONE, Reason.SYNC_FAILED.value),
            ).fetchone()
        return from_epoch(row["ends_at"])

    def forget(self, address: str, reason: Reason) -> None:
        """Drop what is stored for that reason: it will be new again."""
        with immediate(self.db):
            self.db.execute(
                "DELETE FROM notices WHERE account = ? AND identity = ? AND address = ? "
                "AND id = '' AND notice LIKE ? || '%'",
                (self.account, self.identity, address, reason.value),
            )


def _ends_at(notice: Notice) -> int | None:
    item = notice.assessment.item if notice.assessment else None
    return None if item is None or item.ends_at is None else to_epoch(item.ends_at)
