"""What costs money, on plain lines: renewing, auto-renewal, topping up, buying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.clouds import Capability
from store.errors import Stopped
from store.i18n import _
from store.inputs import parse_shown_amount
from store.money import currency_label
from store.payments.auto_renewal import set_auto_renewal
from store.payments.buying import Bought, buy, purchase_offer
from store.payments.renewals import Result, pay_confirmed, prepared
from store.payments.wish import Wish
from tui.confirmation import typed_back
from tui.line_mode.offers import LAST, last_four, offer_lines
from tui.line_mode.questions import ask, number_of, tell
from tui.text import labels

if TYPE_CHECKING:
    from decimal import Decimal

    from store.models import Item
    from store.session import Session


def order_of(session: Session, item: Item) -> tuple[Item, ...]:
    """Everything that is renewed with the item: of a license, its whole order (LIC-3)."""
    if not item.instance_id:
        return (item,)
    return tuple(seen.item for seen in session.overview().of_instance(item.instance_id))


def renew(session: Session, item: Item) -> Result | None:
    """Ask the term, show the offer, have it proved, pay; None: it was left."""
    months = number_of(ask(_("Months (1 to 9, 12, 24 or 36):")))
    offer = prepared(session.payer, order_of(session, item), Wish(months))
    for line in offer_lines(offer):
        tell(line)
    if not meant(offer.instance_id):
        tell(_("Not confirmed; nothing was sent."))
        return None
    result = pay_confirmed(session.payer, offer)
    tell(_("{label}: {text}").format(label=_(labels.OUTCOMES[result.outcome]), text=result.message))
    if result.ends_after is not None:
        before, after = labels.instant(result.ends_before), labels.instant(result.ends_after)
        tell(_("Ends: {before} → {after} (UTC+8).").format(before=before, after=after))
    return result


def meant(name: str) -> bool:
    """Whether the person types the end of the ID, and so means this one."""
    return typed_back(name[-LAST:], last_four(name))


def auto_renew(session: Session, item: Item) -> None:
    """Ask the term, have it proved, set it."""
    typed = ask(_("Auto-renewal for how many months (1, 2, 3, 6, 12; 0 turns it off):"))
    months = number_of(typed) or None
    if meant(item.instance_id):
        set_auto_renewal(session.payer, order_of(session, item), months)
        tell(_("Auto-renewal is set."))


def top_up(session: Session) -> None:
    """Practice only: money arrives. Elsewhere its walk-through says how."""
    if Capability.TOP_UP not in session.cloud.capabilities:
        raise Stopped(_("top up in the console; the walk-through P-TOPUP says how"), "P-TOPUP")
    if session.read_only:
        raise Stopped(_("read-only mode: nothing is paid or changed. Start without --read-only."))
    balance = session.overview().balance
    currency = balance.currency if balance else ""
    question = _("How much arrives, in {currency}:").format(currency=currency_label(currency))
    amount = parse_shown_amount(ask(question))
    session.practice.top_up(amount)
    session.sync()
    tell(_("{amount} arrived").format(amount=labels.amount(amount, currency)))


def purchase(session: Session, item: Item, monthly_price: Decimal | None = None) -> Bought | None:
    """Buy one like this; None: it was left."""
    offer = purchase_offer(session.payer, item, monthly_price)
    tell(
        _("Buy one like {name} for {term}: {price}.").format(
            name=labels.called(item),
            term=labels.months(offer.months),
            price=labels.price(offer.quote),
        )
    )
    if not meant(item.instance_id or item.id):
        tell(_("Not confirmed; nothing was sent."))
        return None
    bought = buy(session.payer, offer)
    row = bought.payment
    told = row.note or row.error_message or ""
    tell(_("{label}: {text}").format(label=_(labels.PAYMENTS[row.state]), text=told))
    session.sync()
    return bought
