"""Buy, upgrade and bind, if the cloud lets the program do what a person does in its console.

Each function does one step of a walk-through and returns whether the walk goes on; if so, the
caller shows what has changed.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from store import formats
from store.errors import Stopped, Usage
from store.i18n import _
from store.inputs import parse_shown_amount
from store.items.names import item_name
from store.models import Item, License, ResourcePlan
from store.payments import purchases
from store.payments.payment import Operation, PaymentState
from store.payments.purchases import Purchase, PurchaseOffer, offer_purchase
from store.session import Session
from store.walkthroughs import progress
from store.walkthroughs.view import Walkthrough
from store.walkthroughs.walk import Walk
from tui.actions.binding import ask_application, bind_here, choose_license
from tui.actions.prompter import Prompter
from tui.actions.renewal_results import before_sending
from tui.prompts import (
    Confirmation,
    Fact,
    Line,
    Message,
    Question,
    last_characters,
    outcome,
)
from tui.text import labels, payment_text


async def upgrade(prompter: Prompter, through: Walkthrough) -> bool:
    """Upgrade the public instance to Enterprise Edition, at the price that the person enters
    (IOT-10)."""
    currency = through.balance.currency if through.balance else ""
    price = await prompter.ask(
        Question(
            _("Upgrade to Enterprise Edition"),
            _("Monthly price of the edition you chose"),
            partial(parse_shown_amount, currency=currency),
            [_("The cloud quotes no price for an upgrade; the purchase page shows it.")],
            through.walk.saved.get("price", ""),
        )
    )
    if price is None:
        return False
    await prompter.in_store(
        lambda session: progress.save_value(
            session.db, through.walk, "price", str(price), session.now()
        )
    )
    return await buy(prompter, through, price)


async def buy(prompter: Prompter, through: Walkthrough, price: Decimal | None = None) -> bool:
    """Buy a plan like this one, which stacks (VOD-5), or an unbound license order like this
    license's (LIC-6); with a monthly price, the upgrade of the instance."""
    item = through.item
    if item is None:
        raise Usage(_("the item of this walk-through is no longer listed"))
    with before_sending():
        offer = await prompter.in_store(lambda session: offer_purchase(session.payer, item, price))
    if not await prompter.confirm(_confirmation(offer)):
        return False
    purchase = await prompter.in_store(lambda session: _buy_and_sync(session, through.walk, offer))
    paid = purchase.payment.state is PaymentState.PAID
    if not paid:
        prompter.data_changed()
    await _tell_purchase(prompter, purchase, item)
    return paid


def _buy_and_sync(session: Session, walk: Walk, offer: PurchaseOffer) -> Purchase:
    purchase = purchases.buy(session.payer, offer)
    if purchase.new_id:
        progress.save_value(session.db, walk, "bought", purchase.new_id, session.now())
        session.sync()
    return purchase


def _price_text(offer: PurchaseOffer) -> str:
    price = formats.amount(offer.quote.amount, offer.quote.currency)
    if isinstance(offer.template, License | ResourcePlan):
        return price
    return formats.with_aside(price, _("as you entered it; the cloud quotes none"))


def _confirmation(offer: PurchaseOffer) -> Confirmation:
    quote = offer.quote
    title, what = _purchase_texts(offer.template)
    lines: list[Line] = [
        Fact(_("Buy"), what.format(name=item_name(offer.template))),
        Fact(_("Term"), labels.months(offer.months)),
        Fact(_("Price"), _price_text(offer)),
        Fact(_("Paid from"), payment_text.balance_after(offer.balance, quote.amount or Decimal(0))),
        _("A payment cannot be undone."),
    ]
    if isinstance(offer.template, License):
        lines.insert(1, Fact(_("SDKs"), ", ".join(offer.template.sdks)))
    proof = last_characters(offer.template.instance_id or offer.template.id)
    return Confirmation(title, lines, proof, _("Pay"))


def _purchase_texts(like: Item) -> tuple[str, str]:
    """A title for the purchase, and a phrase for what is bought, with a field for the item's
    name."""
    if isinstance(like, License):
        return _("Buy a license"), _("a license with the same SDKs as {name}")
    if isinstance(like, ResourcePlan):
        return _("Buy a resource plan"), _("a resource plan like {name}")
    return _("Upgrade to Enterprise Edition"), _("an upgrade of {name} to Enterprise Edition")


async def _tell_purchase(prompter: Prompter, purchase: Purchase, like: Item) -> None:
    payment = purchase.payment
    if payment.state is not PaymentState.REFUSED:
        prompter.undo_stack.push_payment()
    if payment.state is PaymentState.PAID:
        await prompter.tell(_completion_message(purchase, like))
        return
    meaning = (
        _("Nothing was paid.")
        if payment.state is PaymentState.REFUSED
        else _("The outcome is unknown. The payment is in the journal and is never sent twice.")
    )
    lines = outcome(payment.error_message or "", meaning)
    await prompter.tell(Message(_("Failed"), lines))


def _completion_message(bought: Purchase, like: Item) -> Message:
    if bought.payment.operation is Operation.UPGRADE:
        sentence = _("{name} was upgraded to Enterprise Edition.")
        return Message(_("Upgrade complete"), outcome(sentence.format(name=item_name(like))))
    sentence = _("{id} was bought.")
    return Message(_("Purchase complete"), outcome(sentence.format(id=bought.new_id)))


async def bind(prompter: Prompter, through: Walkthrough) -> bool:
    """Bind an unbound license to an application; one just bought is proposed first (LIC-6)."""
    if not isinstance(through.item, License):
        raise Usage(_("the license of this walk-through is no longer listed"))
    if not through.bindable:
        raise Stopped(_("No unbound license is available. Go back and buy one."))
    license_id = await choose_license(prompter, through.bindable)
    if license_id is None:
        return False
    application = await ask_application(prompter, through.item.application)
    if application is None:
        return False
    await bind_here(prompter, license_id, application)
    return True
