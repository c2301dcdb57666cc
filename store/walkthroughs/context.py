"""A walk with the stored facts of its item and account, read once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from store.clouds import Capability
from store.i18n import _
from store.items.assessment import Assessment
from store.items.overview import Overview
from store.items.spare_licenses import spare_licenses, unbound_licenses
from store.items.top_up_need import Need, decode_need, for_debt, for_forecast, for_payment
from store.models import DEFAULT_MONTHS, Item, Kind, License, ResourcePlan
from store.money import decimal_or_none, sum_known
from store.orders import Quote
from store.payments.journal import payments_for
from store.payments.payment import Payment
from store.rules.standing import State
from store.session import Session
from store.times import json_time
from store.walkthroughs import progress
from store.walkthroughs.procedures import Action, Procedure, load_procedure
from store.walkthroughs.proof import Proof, prove_goal
from store.walkthroughs.snapshot import snapshot
from store.walkthroughs.walk import Snapshot, Walk

LICENSE_MONTHS = 12
"""The term of a newly bought license."""

NEED = "need"
"""The name under which a walk saves the `Need` that a top-up is for."""

_PAID = frozenset({Action.BUY_PLAN, Action.BUY_LICENSE, Action.UPGRADE})


class Context(Struct, frozen=True, dict=True):
    """A walk and everything that is needed to show it. Reads the store only."""

    session: Session
    walk: Walk
    overview: Overview
    procedure: Procedure
    """With the steps for this account."""
    outer: Walk | None
    """The walk that is waiting for this one."""

    @classmethod
    def of(cls, session: Session, walk: Walk, overview: Overview | None = None) -> Context:
        """The context of a walk. `overview`: the account, if the caller has read it already."""
        procedure = load_procedure(walk.procedure, session.account.charged_to)
        outer = progress.waiting_walk(session.db, walk)
        return cls(session, walk, overview or session.overview(), procedure, outer)

    @cached_property
    def assessment(self) -> Assessment | None:
        """The item; None for the account itself, and for an item that is no longer stored."""
        item_id = self.walk.subject.item_id
        return self.overview.of_id(item_id) if item_id else None

    @property
    def item(self) -> Item | None:
        return None if self.assessment is None else self.assessment.item

    @cached_property
    def snapshot(self) -> Snapshot:
        """The snapshot by the last sync, to be compared with the one at the start."""
        return current_snapshot(
            self.session, self.overview, self.walk.subject.item_id, self.separate_instance
        )

    @cached_property
    def goal(self) -> Proof:
        """Whether the stored data shows that the goal is reached."""
        return prove_goal(self.walk.procedure, self.walk.before, self.snapshot, self.overview.now)

    @cached_property
    def program_actions(self) -> frozenset[Action]:
        """The actions that the program can do on this account; all others are done in the
        console."""
        return program_actions(self.session)

    @property
    def separate_instance(self) -> Item | None:
        """The Enterprise instance that was bought instead of an upgrade."""
        instance_id = self.walk.saved.get("new_instance_id")
        assessment = self.overview.of_id(instance_id) if instance_id else None
        return None if assessment is None else assessment.item

    @cached_property
    def bindable(self) -> tuple[License, ...]:
        """The licenses that this walk can bind, the best first: the one that was bought in it or is
        its item, then those with all SDKs, by latest end date."""
        if not isinstance(self.item, License) or not self.overview.items:
            return ()
        first = self.walk.saved.get("bought", self.item.id)
        return unbound_licenses(self.overview.items.undated, self.item, first)

    @property
    def spare(self) -> License | None:
        """An unbound license that holds every SDK of the item and ends later, so that none has to
        be bought."""
        if not isinstance(self.item, License):
            return None
        return next(iter(spare_licenses(self.item, self.bindable)), None)

    @cached_property
    def attempts(self) -> tuple[Payment, ...]:
        """The payments for the item, oldest first."""
        item, subject = self.item, self.walk.subject
        ids = {subject.item_id, item.instance_id if item else ""} - {""}
        return tuple(payments_for(self.session.db, subject.account, subject.identity, ids))

    @property
    def months(self) -> int:
        """The term chosen in this walk, or the usual one."""
        return int(self.walk.saved.get("months", DEFAULT_MONTHS))

    @cached_property
    def quote(self) -> Quote | None:
        """The cost of the walk, or of the walk that waits for it, by stored prices; None if nothing
        is paid for."""
        return _quote(self, self.outer or self.walk)

    @cached_property
    def need(self) -> Need | None:
        """The money that this walk, or the walk that waits for it, needs; None if the balance is
        unknown."""
        balance, forecast = self.overview.balance, self.overview.forecast
        if balance is None:
            return None
        if text := self.walk.saved.get(NEED):
            return decode_need(text, balance)
        if self.quote is not None:
            return for_payment(balance, self.quote)
        is_for_the_account = self.walk.procedure == "P-TOPUP" and self.outer is None
        if not is_for_the_account or forecast is None or (balance.owed and self._is_billed_by_use):
            return for_debt(balance)
        return for_forecast(balance, forecast)

    @property
    def _is_billed_by_use(self) -> bool:
        return self.item is not None and self.item.kind in {Kind.PUBLIC_PREVIOUS, Kind.VOD}


def program_actions(session: Session) -> frozenset[Action]:
    """The actions that the program may do on this account."""
    if session.read_only:
        return frozenset()
    actions = {Action(capability.value) for capability in session.capabilities - {Capability.CLOCK}}
    if not session.account.payments:
        return frozenset(actions - _PAID)
    return frozenset({*actions, Action.RENEW, Action.AUTO_RENEW})


def current_snapshot(
    session: Session, overview: Overview, item_id: str, separate: Item | None = None
) -> Snapshot:
    """The snapshot of the item by the stored data (empty id: of the account).

    Only undated items are included as its replacements: these are licenses and plans, of which an
    account has few.
    """
    assessment = overview.of_id(item_id) if item_id else None
    others = overview.items.undated if overview.items else ()
    state = snapshot(
        None if assessment is None else assessment.item,
        session.now(),
        items=[other.item for other in others if _is_listed(other)],
        balance=overview.balance,
        listed=_is_listed(assessment) if assessment else not item_id,
    )
    state |= {"id": state["id"] or item_id, "charged_to": session.account.charged_to.value}
    state["state"] = assessment.standing.state.value if assessment else None
    if separate is not None:
        state["separate"] = {
            "id": separate.id,
            "kind": str(separate.kind),
            "ends_at": json_time(separate.ends_at),
        }
    return state


def _is_listed(assessment: Assessment) -> bool:
    return assessment.standing.state is not State.MISSING


def _quote(context: Context, walk: Walk) -> Quote | None:
    item, balance = context.item, context.overview.balance
    if item is None or balance is None:
        return None
    months = int(walk.saved.get("months", DEFAULT_MONTHS))
    amount: Decimal | None
    if isinstance(item, ResourcePlan):
        amount = item.price
    elif isinstance(item, License) and walk.procedure == "P-LIC-REPLACE":
        amount = _times(LICENSE_MONTHS, [item.monthly_price])
    elif isinstance(item, License):
        order = sdk_order(context.overview, item)
        amount = _times(months, [each.monthly_price for each in order])
    elif item.kind is Kind.ENTERPRISE:
        amount = _times(months, [getattr(item, "monthly_price", None)])
    elif walk.procedure == "P-IOT-UPGRADE":
        price = walk.saved.get("price")
        amount = decimal_or_none(price)
    else:
        return None
    return Quote(amount, balance.currency, None)


def sdk_order(overview: Overview, item: License) -> list[License]:
    """Every license of the license's order, since a renewal covers all of them (LIC-3)."""
    if not item.instance_id:
        return [item]
    items = (each.item for each in overview.of_instance(item.instance_id))
    return [each for each in items if isinstance(each, License)]


def _times(months: int, prices: Sequence[Decimal | None]) -> Decimal | None:
    monthly = sum_known(prices)
    return None if monthly is None else monthly * months


def reason_for(procedure: str, item: Item | None) -> str | None:
    """Why method 2 is used without trying method 1 (LIC-2); None for any other procedure."""
    if procedure == "P-LIC-REPLACE" and isinstance(item, License) and item.application:
        if not item.instance_id:
            return _("the Instance ID is empty")
        if item.renewal_refused:
            return _("a renewal was refused for this end date")
    return None
