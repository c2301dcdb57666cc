"""The journal: look at a payment, settle what is unknown, ask the cloud again."""

from __future__ import annotations

from textual.content import Content

from store.errors import CloudError
from store.i18n import _
from store.payments.journal import Payment, PaymentState
from store.payments.payment import Operation
from store.payments.reconciling import ask_again, close_unbought, reconcile
from store.session import Session
from tui.actions.sync import reload_all
from tui.actions.walks import a_reason
from tui.cells import content, padded
from tui.commands import command
from tui.dialogs.ask import Ask
from tui.dialogs.confirm import Confirm, last_four
from tui.dialogs.message import Tell
from tui.screens.base import DeskScreen
from tui.text import labels


async def show_payment(screen: DeskScreen, payment_id: str) -> None:
    """Everything that the journal knows of a payment."""
    if screen.snapshot is None:
        return
    row = next(one for one in screen.snapshot.payments if one.id == payment_id)
    await screen.desk.ask(Tell(_("Payment"), payment_lines(row), copy=screen.desk.copy_out))


def payment_lines(row: Payment) -> list[Content | str]:
    """The facts of a payment, one a line. What is bought has not ended before."""
    renews = row.operation is Operation.RENEW
    facts = [
        (_("What"), _(labels.OPERATIONS[row.operation.value])),
        (_("For"), row.instance_id),
        (_("Months"), str(row.months)),
        (_("Quoted"), labels.amount(row.quoted, row.currency)),
        (_("State"), _(labels.PAYMENTS[row.state])),
        (_("Order"), row.order_id or _("none")),
        *([(_("Ended"), labels.instant(row.ends_before) or _("not known"))] if renews else []),
        (_("Ends now"), labels.instant(row.ends_after) or _("not known")),
        (_("Planned"), labels.instant(row.created_at)),
        (_("Sent"), labels.instant(row.sent_at) or _("never")),
        (_("Settled"), labels.instant(row.settled_at) or _("not yet")),
        *([(_("Token"), row.client_token)] if row.client_token else []),
    ]
    if row.error_code:
        facts.append((_("Error"), f"{row.error_code}: {row.error_message}"))
    if row.note:
        facts.append((_("Note"), row.note))
    return [Content.assemble((padded(label, 9), "bold"), content(text)) for label, text in facts]


async def reconcile_all(screen: DeskScreen) -> None:
    """Look what came of what is open; where that does not settle it, offer to ask again."""
    app = screen.desk
    rows = await app.in_store(lambda session: reconcile(session.payer))
    reload_all(screen)
    if not rows:
        screen.notify(_("No payment is open."), markup=False, timeout=4)
        return
    for row in rows:
        if row.state is PaymentState.UNKNOWN and row.client_token:
            await _offer_to_ask_again(screen, row)
        else:
            await app.ask(Tell(_("Payment"), payment_lines(row) + _way_on(row), copy=app.copy_out))


def _way_on(row: Payment) -> list[Content | str]:
    if not row.is_doubtful_purchase:
        return []
    way = _("Look in the console, under Orders. If it was not bought, {key} closes it.")
    return ["", way.format(key=command("unbought").key)]


async def settle_what_was_left(screen: DeskScreen) -> None:
    """At the start: what an end in the middle left open is looked for, and settled by what the
    cloud shows. Nothing is sent that could pay."""
    rows = await screen.desk.in_store(_look_at_what_was_left)
    reload_all(screen)
    for row in rows:
        sentence = _("The payment for {instance_id}, left open before: {state}.")
        told = sentence.format(instance_id=row.instance_id, state=_(labels.PAYMENTS[row.state]))
        if row.is_open:
            told += " " + _("R looks again and settles it.")
        screen.notify(
            told, severity="warning" if row.is_open else "information", markup=False, timeout=10
        )


def _look_at_what_was_left(session: Session) -> list[Payment]:
    """A cloud that cannot be reached is told of by the sync that comes next."""
    try:
        return reconcile(session.payer)
    except CloudError:
        return []


async def _offer_to_ask_again(screen: DeskScreen, row: Payment) -> None:
    app = screen.desk
    lines: list[Content | str] = [
        _("The cloud shows no order for this payment yet. It can be asked again with the same "
          "token: if it took the first call, it pays nothing and tells what it did then."),
        "",
        *payment_lines(row),
    ]  # fmt: skip
    proof = last_four(row.instance_id)
    if await app.ask(Confirm(_("Ask the cloud again"), lines, proof=proof, yes=_("Ask"))):
        after = await app.in_store(lambda session: _again(session, row))
        reload_all(screen)
        await app.ask(Tell(_("Payment"), payment_lines(after), copy=app.copy_out))


def _again(session: Session, row: Payment) -> Payment:
    return ask_again(session.payer, row)


async def close_as_unbought(screen: DeskScreen, row: Payment) -> None:
    """Close a purchase on the person's word; the reason is asked for and kept."""
    app = screen.desk
    lines: list[Content | str] = [labels.what_unbought_means(), "", *payment_lines(row)]
    asked = Ask(
        _("It was not bought"),
        _("How do you know? The reason is kept."),
        a_reason,
        lines=lines,
    )
    reason = await app.ask(asked)
    if reason is None:
        return
    after = await app.in_store(lambda session: close_unbought(session.payer, row, reason))
    reload_all(screen)
    await app.ask(Tell(_("Payment"), payment_lines(after), copy=app.copy_out))
