"""The snapshot that all screens show: an account, read from the store at one time."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from store.annotations.load import Annotations, load_annotations
from store.annotations.views import View, load_views
from store.items.assessment import Assessment
from store.items.due import DueItems, due_items
from store.items.manual_licenses import manual_license_ids
from store.items.overview import Overview
from store.items.queries import last_sync
from store.models import Kind
from store.payments.journal import all_payments
from store.payments.payment import Payment
from store.session import Session
from store.walkthroughs.walk import Walk, read_open_walks

if TYPE_CHECKING:
    from store.diagnosis.setup_checks import Check

OLD_AFTER = 60.0
"""Age in seconds at which a snapshot is taken anew: time passes, and other processes sync."""


class WalkLine(Struct, frozen=True):
    """An open walk-through as a line of the list."""

    walk: Walk
    title: str
    step: str
    position: int
    steps: int


class Snapshot(Struct, frozen=True, dict=True):
    """One stored account."""

    overview: Overview
    walks: tuple[WalkLine, ...]
    payments: tuple[Payment, ...]
    practice: bool
    read_only: bool
    annotations: Annotations
    manual_licenses: frozenset[str] = frozenset()
    """The IDs of the licenses that were added by hand."""
    views: Mapping[str, View] = field(default_factory=dict)
    """The filter and the order of each pane."""
    checks: tuple[Check, ...] = ()
    """The checklist of a real account."""

    @property
    def undated(self) -> Sequence[Assessment]:
        """The items whose assessment needs more than their dates, by deadline."""
        return self.overview.items.undated if self.overview.items else ()

    def undated_of(self, kinds: Collection[Kind]) -> list[Assessment]:
        """The undated items of these kinds."""
        return [assessment for assessment in self.undated if assessment.item.kind in kinds]

    @cached_property
    def dated_count(self) -> int:
        """The number of items that are assessed by their dates alone."""
        return self.overview.items.count_dated() if self.overview.items else 0

    @cached_property
    def due(self) -> DueItems | None:
        """What needs attention and is not snoozed; None: no data yet."""
        if not self.overview.items:
            return None
        due = due_items(self.overview.items)
        snoozed = list(self.annotations.snoozes)
        return DueItems(due.listing.without(snoozed), due.gone.without(snoozed))

    @cached_property
    def due_count(self) -> int:
        """How many items are due, those that are gone left out."""
        return len(self.due.listing) if self.due else 0

    @cached_property
    def gone(self) -> tuple[Assessment, ...]:
        """The first page of the items that are lost for good."""
        page = self.due.gone.page() if self.due else ()
        return tuple(item for _position, item in page)

    @cached_property
    def gone_count(self) -> int:
        """How many items are lost for good."""
        return len(self.due.gone) if self.due else 0

    @property
    def open_checks(self) -> int:
        """How many lines of the checklist are open."""
        return sum(check.is_open for check in self.checks)

    def walk(self, walk_id: str | None) -> Walk | None:
        """The open walk-through with that id."""
        return next((line.walk for line in self.walks if line.walk.id == walk_id), None)

    def payment(self, payment_id: str | None) -> Payment | None:
        """The payment with that ID."""
        return next((payment for payment in self.payments if payment.id == payment_id), None)


class SnapshotCache:
    """The newest snapshot, shared by all screens until something changes or it is too old."""

    def __init__(self) -> None:
        self.version = 0
        """Counts changes."""
        self._overview: Overview | None = None
        """The overview that the last change has read, until it is used."""
        self._snapshot: Snapshot | None = None
        self._taken_at = 0.0

    @property
    def current(self) -> Snapshot | None:
        """The snapshot, while nothing has changed."""
        is_old = monotonic() - self._taken_at > OLD_AFTER
        return None if is_old else self._snapshot

    def take_overview(self) -> Overview | None:
        """The overview that the last change has read, once: it can be outdated by the next call."""
        overview, self._overview = self._overview, None
        return overview

    def keep(self, snapshot: Snapshot, version: int) -> None:
        """Keep a snapshot that was begun at that version, unless something has changed since."""
        if version == self.version and snapshot is not self._snapshot:
            self._snapshot, self._taken_at = snapshot, monotonic()

    def forget(self, overview: Overview | None = None) -> None:
        """Record a change. `overview`: the account after it, if already read."""
        self.version += 1
        self._snapshot = None
        self._overview = overview


def pin_overview(overview: Overview, session: Session) -> Overview:
    """The overview on a connection of its own, with a read transaction: as long as a screen shows
    it, it reads the store as of now, whatever is written meanwhile."""
    if not overview.items:
        return overview
    reader = session.copy()
    _begin_read(reader.db, overview.account)
    items = replace(overview.items, db=reader.db)
    weakref.finalize(items, reader.close)
    return replace(overview, items=items)


def repin_overview(overview: Overview, session: Session) -> None:
    """Begin a new read transaction, once nothing shows the older state.

    The write-ahead log cannot restart under an open read transaction, and would grow for as long as
    these overlap. So the session checkpoints it between two of them; the pinned connection may be
    in the middle of a read.
    """
    if overview.items:
        pinned = overview.items.db
        pinned.execute("COMMIT")
        session.db.execute("PRAGMA wal_checkpoint(PASSIVE)")
        _begin_read(pinned, overview.account)


def _begin_read(db: sqlite3.Connection, account: str) -> None:
    """Begin a read transaction; the first read fixes the state that it sees."""
    db.execute("BEGIN")
    last_sync(db, account)


def take_snapshot(session: Session, overview: Overview | None = None) -> Snapshot:
    """Read what all screens show, without asking the cloud; items are read when they are shown.
    `overview`: the account, if already read."""
    synced = last_sync(session.db, session.account.name)
    walks = read_open_walks(session.db, session.account.name, synced.identity) if synced else []
    overview = pin_overview(overview or session.overview(), session)
    snapshot = Snapshot(
        overview=overview,
        walks=tuple(_walk_line(walk, session.account.charged_to) for walk in walks),
        payments=tuple(
            row for row in reversed(all_payments(session.db)) if row.account == session.account.name
        ),
        practice=session.is_practice,
        read_only=session.read_only,
        annotations=load_annotations(session.db, overview),
        manual_licenses=manual_license_ids(session.db, session.account.name),
        views=load_views(session.db, session.account.name),
        checks=() if session.is_practice else _checks(session, overview),
    )
    # Count in this thread, not while a screen is painted.
    _ = snapshot.dated_count, snapshot.due_count, snapshot.gone_count
    return snapshot


def _checks(session: Session, overview: Overview) -> tuple[Check, ...]:
    from store.diagnosis.checklist import checklist  # of a real account only

    return checklist(session, overview)


def _walk_line(walk: Walk, charged_to: str) -> WalkLine:
    from store.walkthroughs.procedures import load_procedure  # most accounts have no open walk

    procedure = load_procedure(walk.procedure, charged_to)
    return WalkLine(
        walk,
        procedure.title,
        procedure.step(walk.step).title,
        procedure.position(walk.step) + 1,
        len(procedure.steps),
    )
