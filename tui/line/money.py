"""What costs money, on plain lines: renewing, auto-renewal, topping up, buying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.clouds import Capability
from store.errors import Stopped
from store.moments import wire_time
from store.money import typed_amount
from store.payments.auto_renewal import set_auto_renewal
from store.payments.buying import Bought, buy, purchase_offer
from store.payments.renewals import Result, Wish, pay_confirmed, prepared
from store.payments.renewing import Offer
from tui.line.asking import ask, number_of, proved, tell

if TYPE_CHECKING:
    from decimal import Decimal

    from store.models import Item
    from store.session import Session

LAST = 4


def order_of(session: Session, item: Item) -> tuple[Item, ...]:
    """Everything that is renewed with the item: of a license, its whole order (LIC-3)."""
    if not item.instance_id:
        return (item,)
    return tuple(seen.item for seen in session.overview().of_instance(item.instance_id))


def renew(session: Session, item: Item) -> Result | None:
    """Ask the term, show the offer, have it proved, pay; None: it was left."""
    months = number_of(ask("Months (1 to 9, 12, 24 or 36):"), "number of months")
    offer = prepared(session.payer, order_of(session, item), Wish(months))
    _show(offer)
    proof = offer.instance_id[-LAST:]
    if not proved(proof, f"the last {LAST} characters of {offer.instance_id}"):
        tell("Not confirmed; nothing was sent.")
        return None
    result = pay_confirmed(session.payer, offer)
    tell(f"{result.outcome.value}: {result.message}")
    if result.ends_after is not None:
        tell(f"Ends {wire_time(result.ends_before)}, now {wire_time(result.ends_after)}.")
    return result


def _show(offer: Offer) -> None:
    price = offer.quote.amount
    names = ", ".join(dict.fromkeys(item.name for item in offer.covers))
    tell(f"Renew {names} ({offer.instance_id}) for {offer.months} months.")
    if offer.sdks:
        tell(f"It covers the whole order: {', '.join(offer.sdks)}.")
    words = "not quoted" if price is None else f"{offer.quote.currency} {price:,.2f}"
    tell(f"Price: {words}. Available: {offer.balance.currency} {offer.balance.available:,.2f}.")


def auto_renew(session: Session, item: Item) -> None:
    """Ask the term, have it proved, set it."""
    typed = ask("Auto-renewal for how many months (1, 2, 3, 6, 12; 0 turns it off):")
    months = number_of(typed, "number of months") or None
    if proved(item.instance_id[-LAST:], f"the last {LAST} characters of {item.instance_id}"):
        set_auto_renewal(session.payer, order_of(session, item), months)
        tell("Auto-renewal is set.")


def top_up(session: Session) -> None:
    """Practice only: money arrives. Elsewhere its walk-through says how."""
    if Capability.TOP_UP not in session.cloud.capabilities:
        raise Stopped("top up in the console; the walk-through P-TOPUP says how", "P-TOPUP")
    if session.read_only:
        raise Stopped("read-only: nothing is paid or changed. Start without --read-only.")
    amount = typed_amount(ask("How much arrives:"))
    session.practice.top_up(amount)
    session.sync()
    tell(f"{amount:,.2f} arrived.")


def purchase(session: Session, item: Item, monthly_price: Decimal | None = None) -> Bought | None:
    """Buy one like this; None: it was left."""
    offer = purchase_offer(session.payer, item, monthly_price)
    price = offer.quote.amount
    words = "not quoted" if price is None else f"{offer.quote.currency} {price:,.2f}"
    tell(f"Buy one like {item.name or item.id} for {offer.months} months: {words}.")
    name = item.instance_id or item.id
    if not proved(name[-LAST:], f"the last {LAST} characters of {name}"):
        tell("Not confirmed; nothing was sent.")
        return None
    bought = buy(session.payer, offer)
    row = bought.payment
    tell(f"{row.state.value}: {row.note or row.error_message or ''}")
    session.sync()
    return bought
