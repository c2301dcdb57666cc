"""A walk-through as the person sees it: the step filled in, the checks, the proof.

Reads the store only; whoever wants the cloud's newest word syncs first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from store.errors import Usage
from store.i18n import _
from store.items.assessment import Assessment
from store.items.overview import Overview
from store.items.queries import last_sync
from store.models import DEFAULT_MONTHS, Item, Kind, License, ResourcePlan
from store.orders import Quote
from store.payments.journal import open_payments, payments_of
from store.payments.payment import Payment, PaymentState
from store.rules.standing import State
from store.session import Session
from store.times import in_utc8
from store.walkthroughs import progress
from store.walkthroughs.checks import Check, Circumstances, checks
from store.walkthroughs.procedures import Procedure, load
from store.walkthroughs.proof import Proof, proof
from store.walkthroughs.sentences import say
from store.walkthroughs.state import snapshot
from store.walkthroughs.step import Around, FilledStep, filled, missing_amount, values
from store.walkthroughs.ticket import Attempt, Tried, draft
from store.walkthroughs.walk import Entry, Snapshot, Subject, Walk


class Walkthrough(Struct, frozen=True):
    """A walk with everything that its screen shows."""

    walk: Walk
    procedure: Procedure
    step: FilledStep
    position: int
    """Which step it is at, from 0."""
    seen: Assessment | None
    """The item; None: the account itself, or no longer known."""
    checks: tuple[Check, ...]
    """What bears on the procedure, looked at before the first step."""
    outer: Walk | None
    """The walk that waits for this one."""
    missing: Decimal | None
    """What has to be added to pay what is owed and what this item costs; None: not known."""

    @property
    def item(self) -> Item | None:
        return None if self.seen is None else self.seen.item

    @property
    def instance_id(self) -> str:
        """The Instance ID that the person saved, else the one that the cloud tells."""
        known = getattr(self.item, "instance_id", "")
        return self.walk.saved.get("instance_id") or known


def begin(
    session: Session,
    procedure: str,
    item_id: str = "",
    because: str | None = None,
    lang: str = "en",
) -> Walk:
    """Start the procedure for the item, or take up the walk that is open for it (`take_up`).

    Raises `Usage` for an item that is not known, or of a kind that it is not for.
    """
    whole = session.overview()
    item = _named(whole, item_id) if item_id else None
    if item_id and item is None:
        raise Usage(
            _("no item {item_id!r} is known for this account; `renewal status` lists them").format(
                item_id=item_id
            )
        )
    kinds = load(procedure).kinds
    if item is not None and item.kind not in kinds:
        fitting = ", ".join(kind.value for kind in kinds)
        raise Usage(
            _("{procedure} is not for {id} ({value}); it is for {fitting}").format(
                procedure=procedure, id=item.id, value=item.kind.value, fitting=fitting
            )
        )
    if item is None and procedure != "P-TOPUP":
        raise Usage(
            _("{procedure} needs an item to be walked through for").format(procedure=procedure)
        )
    entry = Entry(procedure, _snapshot(session, whole, item), because or _why(procedure, item))
    kind = None if item is None else item.kind.value
    subject = Subject(session.account.name, _identity(session), kind, item.id if item else "")
    walk = progress.start(session.db, subject, entry, session.now())
    return take_up(session, walk.id, lang)


def begin_inside(session: Session, outer_id: str, procedure: str) -> Walk:
    """Start a procedure for the account's sake inside another walk, which waits for it."""
    outer = progress.by_id(session.db, outer_id)
    whole = session.overview()
    item = _item(whole, outer.subject.item_id)
    entry = Entry(procedure, _snapshot(session, whole, item))
    return progress.nest(session.db, outer_id, entry, session.now())


def _why(procedure: str, item: Item | None) -> str | None:
    """Why method 2 is entered without a try of method 1 (LIC-2)."""
    if procedure == "P-LIC-REPLACE" and isinstance(item, License):
        if not item.instance_id:
            return _("the Instance ID is empty")
        if item.renewal_refused:
            return _("a renewal was refused for this end date")
    return None


def _identity(session: Session) -> str:
    synced = last_sync(session.db, session.account.name)
    if synced is None:
        raise Usage(_("there are no data for this account yet; sync first"))
    return synced.identity


def _named(whole: Overview, name: str) -> Item | None:
    """The item with that id, or the first one that the Instance ID stands for."""
    order = whole.of_instance(name)
    return _item(whole, name) or (order[0].item if order else None)


def _item(whole: Overview, item_id: str) -> Item | None:
    seen = whole.of_id(item_id)
    return None if seen is None else seen.item


def _snapshot(session: Session, whole: Overview, item: Item | None) -> Snapshot:
    """What can take the item's place is a license or a plan: of those an account has few."""
    seen = whole.of_id(item.id) if item is not None else None
    others = whole.items.undated if whole.items else ()
    return snapshot(
        item,
        session.now(),
        items=[one.item for one in others if _is_listed(one)],
        balance=whole.balance,
        listed=item is None or (seen is not None and _is_listed(seen)),
    )


def _is_listed(seen: Assessment) -> bool:
    return seen.standing.state is not State.MISSING


def walkthrough(
    session: Session, walk_id: str, lang: str = "en", overview: Overview | None = None
) -> Walkthrough:
    """The walk as it stands, with the item's present values in its step. `overview`: the
    account, where the caller has read it already."""
    walk = progress.by_id(session.db, walk_id)
    whole = overview or session.overview()
    seen = whole.of_id(walk.subject.item_id)
    procedure = load(walk.procedure, lang)
    around = _around(session, whole, walk, seen)
    found = values(seen.item if seen else None, around, in_utc8, lang)
    if walk.saved.get("instance_id"):
        found["instance_id"] = walk.saved["instance_id"]
    if walk.procedure == "P-LIC-RENEW" and seen is not None:
        found["sdks"] = ", ".join(_sdks_of_order(whole, seen.item)) or found.get("sdks")
    step = procedure.step(walk.step)
    if step.carry == "ticket" and seen is not None:
        found["ticket"] = _ticket(session, walk, whole, seen.item, lang)
    return Walkthrough(
        walk,
        procedure,
        filled(step, found, lang),
        procedure.position(walk.step),
        seen,
        _checks(session, whole, walk, seen, lang),
        progress.waiting(session.db, walk_id),
        None if around.balance is None else missing_amount(around.balance, around.quote),
    )


def _sdks_of_order(whole: Overview, item: Item) -> list[str]:
    """Every SDK of the license's order, each once: a renewal covers all of it (LIC-3)."""
    order = whole.of_instance(item.instance_id) if item.instance_id else ()
    return list(
        dict.fromkeys(
            sdk for one in order if isinstance(one.item, License) for sdk in one.item.sdks
        )
    )


def _around(session: Session, whole: Overview, walk: Walk, seen: Assessment | None) -> Around:
    months = months_of(walk)
    coming = seen.standing.next if seen else None
    return Around(
        session.account.name,
        whole.site,
        whole.balance,
        _price(whole, seen, months),
        months,
        released_at=seen.standing.data_lost_at if seen else None,
        stops_at=coming.at if coming and coming.state is State.STOPPED else None,
    )


def months_of(walk: Walk) -> int:
    """The term that the person chose in this walk, or the usual one."""
    return int(walk.saved.get("months", DEFAULT_MONTHS))


def _price(whole: Overview, seen: Assessment | None, months: int) -> Quote | None:
    """What the procedure will cost as far as the stored prices tell; the cloud quotes later."""
    if seen is None or whole.balance is None:
        return None
    item = seen.item
    amount: Decimal | None
    if isinstance(item, ResourcePlan):
        amount = item.price
    elif isinstance(item, License) and item.instance_id:
        order = [one.item for one in whole.of_instance(item.instance_id)]
        amount = _sum([getattr(one, "monthly_price", None) for one in order])
        amount = None if amount is None else amount * months
    elif item.kind in {Kind.ENTERPRISE, Kind.LICENSE}:
        monthly = getattr(item, "monthly_price", None)
        amount = None if monthly is None else monthly * months
    else:
        return None
    return Quote(amount, whole.balance.currency, None)


def _sum(prices: Sequence[Decimal | None]) -> Decimal | None:
    known = [price for price in prices if price is not None]
    return sum(known, Decimal(0)) if len(known) == len(prices) else None


def _checks(
    session: Session, whole: Overview, walk: Walk, seen: Assessment | None, lang: str
) -> tuple[Check, ...]:
    if seen is None or whole.now is None:
        return ()
    under_way = open_payments(
        session.db, walk.subject.account, walk.subject.identity, seen.item.instance_id
    )
    around = Circumstances(
        whole.now,
        whole.balance,
        _price(whole, seen, months_of(walk)),
        bool(under_way),
        _refusal(session, walk, seen.item),
        seen.standing.data_lost_at,
    )
    return checks(walk.procedure, seen.item, around, lang)


def _refusal(session: Session, walk: Walk, item: Item) -> str | None:
    """The cloud's words, when it refused a renewal for the present end date."""
    for payment in reversed(_attempts(session, walk, item)):
        if payment.state is PaymentState.REFUSED and payment.ends_before == item.ends_at:
            return payment.error_message
    return None


def _attempts(session: Session, walk: Walk, item: Item) -> list[Payment]:
    ids = {item.id, item.instance_id} - {""}
    return payments_of(session.db, walk.subject.account, walk.subject.identity, ids)


def _ticket(session: Session, walk: Walk, whole: Overview, item: Item, lang: str) -> str:
    """The draft of a ticket about this walk's item."""
    attempts: Sequence[Attempt] = [
        (
            payment.created_at,
            _("{operation}, {months} months").format(
                operation=payment.operation.value, months=payment.months
            ),
            payment.state.value,
            payment.error_message,
        )
        for payment in _attempts(session, walk, item)
    ]
    walks = progress.of_item(session.db, walk.subject)
    return draft(item, Tried(session.account.name, whole.site, walks, attempts), lang)


def proof_now(session: Session, walk: Walk, lang: str = "en") -> Proof:
    """Whether the stored data show the new state, compared with the beginning."""
    whole = session.overview()
    item = _item(whole, walk.subject.item_id) if walk.subject.item_id else None
    if walk.subject.item_id and item is None:
        nothing = snapshot(None, session.now(), balance=whole.balance, listed=False)
        seen: Snapshot = {**nothing, "id": walk.subject.item_id}
    else:
        seen = _snapshot(session, whole, item)
    return proof(walk.procedure, walk.before, seen, lang)


def take_up(session: Session, walk_id: str, lang: str = "en") -> Walk:
    """The walk, for a person who comes back to it or is about to pay in it.

    One whose goal the stored data show since it began is ended as done; its reason says what was
    reached, and when that was known. What was renewed elsewhere is so never renewed once more.
    """
    walk = progress.by_id(session.db, walk_id)
    if walk.ended is not None:
        return walk
    shown = proof_now(session, walk, lang)
    if not shown.shown:
        return walk
    known_at = say("known-at", lang, at=in_utc8(_known_at(session, walk)))
    shown = replace(shown, sentence=f"{shown.sentence} {known_at}")
    return progress.finish(session.db, walk_id, shown, session.now())


def _known_at(session: Session, walk: Walk) -> datetime:
    """When the goal was reached: by the journal, where a payment of it came to that, else by the
    sync that shows it."""
    item = _item(session.overview(), walk.subject.item_id)
    rows = [] if item is None else _attempts(session, walk, item)
    settled = [
        row.settled_at
        for row in rows
        if row.state is PaymentState.PAID and row.settled_at and row.settled_at >= walk.started_at
    ]
    synced = last_sync(session.db, session.account.name)
    return max(settled) if settled else synced.as_of if synced else session.now()


def conclude(session: Session, walk: Walk, shown: Proof, now: datetime) -> Walk | None:
    """End the walk by its proof; the walk that waited for it, if any."""
    outer = progress.waiting(session.db, walk.id)
    progress.finish(session.db, walk.id, shown, now)
    return outer
