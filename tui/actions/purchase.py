"""Buy and bind, where the cloud lets the program do what a person does in its console."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from textual.content import Content

from store.clouds import Capability, Console
from store.errors import Stopped, Usage
from store.i18n import _, counted
from store.inputs import parse_shown_amount
from store.models import License
from store.payments.buying import Bought, PurchaseOffer, buy, purchase_offer
from store.payments.journal import PaymentState
from store.session import Session
from store.walkthroughs import progress
from store.walkthroughs.view import Walkthrough
from store.walkthroughs.walk import Walk
from tui.actions.sync import reload_all
from tui.actions.undo import remember_payment
from tui.cells import content, padded
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.confirm import Confirm, last_four
from tui.screens.walk import WalkScreen
from tui.text import labels


async def can(screen: WalkScreen, capability: Capability) -> bool:
    """Whether the cloud lets the program do it; otherwise it is a step in the console."""
    return await screen.desk.in_store(lambda session: capability in session.cloud.capabilities)


async def buy_plan(screen: WalkScreen, through: Walkthrough) -> bool:
    """A plan like this one; it stacks (VOD-5)."""
    return await _buy(screen, through, Capability.BUY_PLAN)


async def buy_license(screen: WalkScreen, through: Walkthrough) -> bool:
    """A license order like this license's, bound to nothing yet (LIC-6)."""
    item = through.item
    if isinstance(item, License) and not item.application:
        return True  # it was bought before; only the binding is left
    return await _buy(screen, through, Capability.BUY_LICENSE)


async def upgrade(screen: WalkScreen, through: Walkthrough) -> bool:
    """An Enterprise Edition instance in place of the public one (IOT-10)."""
    if not await can(screen, Capability.UPGRADE):
        return True
    price = await screen.desk.ask(
        Ask(
            _("Upgrade to Enterprise Edition"),
            _("The price a month of the edition that was chosen"),
            parse_shown_amount,
        )
    )
    return price is not None and await _buy(screen, through, Capability.UPGRADE, price)


async def _buy(
    screen: WalkScreen, through: Walkthrough, capability: Capability, price: Decimal | None = None
) -> bool:
    if not await can(screen, capability):
        return True
    item, app = through.item, screen.desk
    if item is None:
        raise Usage(_("the item of this walk-through is no longer known"))
    offer = await app.in_store(lambda session: purchase_offer(session.payer, item, price))
    if not await app.ask(_purchase_confirmation(offer)):
        return False
    bought = await app.in_store(lambda session: _bought(session, through.walk, offer))
    reload_all(screen)
    return await _tell_bought(screen, bought)


def _bought(session: Session, walk: Walk, offer: PurchaseOffer) -> Bought:
    bought = buy(session.payer, offer)
    if bought.new_id:
        progress.save(session.db, walk.id, "bought", bought.new_id, session.now())
        session.sync()
    return bought


def _purchase_confirmation(offer: PurchaseOffer) -> Confirm:
    quote, balance = offer.quote, offer.balance
    left = balance.available - (quote.amount or Decimal(0))
    rows = [
        (_("Buy"), _("one like {name}").format(name=offer.like.name or offer.like.id)),
        (_("For"), counted("{n} month", "{n} months", offer.months)),
        (_("Price"), labels.amount(quote.amount, quote.currency)),
        (_("From"), _("{available} available, {left} left afterwards").format(
            available=labels.amount(balance.available, balance.currency),
            left=labels.amount(left, balance.currency))),
    ]  # fmt: skip
    if isinstance(offer.like, License):
        rows.insert(1, (_("Holds"), ", ".join(offer.like.sdks)))
    lines = [content(padded(label, 8) + text) for label, text in rows]
    lines.append(Content(_("A payment cannot be undone.")))
    proof = last_four(offer.like.instance_id or offer.like.id)
    return Confirm(_("Buy"), lines, proof=proof, yes=_("Pay"))


async def _tell_bought(screen: WalkScreen, bought: Bought) -> bool:
    row = bought.payment
    if row.state is not PaymentState.REFUSED:
        remember_payment(screen)
    if row.state is PaymentState.PAID:
        await screen.desk.tell(_("Bought"), row.note or "")
        return True
    meaning = (
        _("Nothing was paid.")
        if row.state is PaymentState.REFUSED
        else _("Whether it was paid is not known; it is in the journal. It is never sent twice.")
    )
    await screen.desk.tell(_("It did not work"), row.error_message or "", meaning)
    return False


async def bind(screen: WalkScreen, through: Walkthrough) -> bool:
    """A license that is free to an application; the one just bought comes first (LIC-6)."""
    if not await can(screen, Capability.BIND):
        return True
    item, snapshot = through.item, screen.snapshot
    if not isinstance(item, License) or snapshot is None:
        raise Usage(_("the license of this walk-through is no longer known"))
    free = [
        seen.item
        for seen in snapshot.overview.items
        if isinstance(seen.item, License) and not seen.item.application
    ]
    if not free:
        raise Stopped(_("There is no license that is free to be bound. Go back and buy one."))
    bought = through.walk.saved.get("bought", item.id)
    free.sort(key=lambda one: one.id != bought)
    license_id = await screen.desk.ask(
        Choose(
            _("Bind which license"),
            [Choice(one.id, ", ".join(one.sdks), f"{one.id} {one.instance_id}") for one in free],
        )
    )
    if license_id is None:
        return False
    application = await screen.desk.ask(
        Ask(_("Bind the license"), _("To which application"), _some_text, value=item.application)
    )
    if application is None:
        return False
    if screen.desk.session.read_only:
        raise Stopped(_("read-only: nothing is paid or changed. Start without --read-only."))
    await screen.desk.in_store(lambda session: _bind_it(session, license_id, application))
    reload_all(screen)
    return True


def _some_text(text: str) -> str:
    if not text:
        raise Usage(_("Type the name of the application."))
    return text


def _bind_it(session: Session, license_id: str, application: str) -> None:
    cast(Console, session.cloud).bind(license_id, application)
    session.sync()
