"""The journal: look at a payment, settle what is unknown, ask the cloud again."""

from __future__ import annotations

from store import formats
from store.errors import CloudError
from store.i18n import _
from store.payments.payment import Operation, Payment, PaymentState
from store.payments.reconcile import close_unbought, reconcile, send_again
from store.session import Session
from tui.actions.prompter import Prompter
from tui.actions.walks import check_reason
from tui.prompts import Confirmation, Fact, Line, Message, Question, last_characters
from tui.text import labels


async def show_payment(prompter: Prompter, payment: Payment) -> None:
    """Everything that the journal knows of a payment."""
    await prompter.tell(Message(_("Payment"), payment_facts(payment)))


def payment_facts(payment: Payment) -> list[Line]:
    """The facts of a payment. What is bought has not ended before."""
    renews = payment.operation is Operation.RENEW
    facts = [
        (_("What"), _(labels.OPERATIONS[payment.operation.value])),
        (_("For"), payment.instance_id),
        (_("Months"), str(payment.months)),
        (_("Quoted"), formats.amount(payment.quoted, payment.currency)),
        (_("State"), _(labels.PAYMENTS[payment.state])),
        (_("Order"), payment.order_id or _("none")),
        *([(_("Ended"), formats.instant(payment.ends_before) or _("not known"))] if renews else []),
        (_("Ends now"), formats.instant(payment.ends_after) or _("not known")),
        (_("Planned"), formats.instant(payment.created_at)),
        (_("Sent"), formats.instant(payment.sent_at) or _("never")),
        (_("Settled"), formats.instant(payment.settled_at) or _("not yet")),
        *([(_("Token"), payment.client_token)] if payment.client_token else []),
    ]
    if payment.error_code:
        facts.append((_("Error"), f"{payment.error_code}: {payment.error_message}"))
    if payment.note:
        facts.append((_("Note"), payment.note))
    return [Fact(label, text) for label, text in facts]


async def reconcile_all(prompter: Prompter) -> None:
    """Settle by looking what is open; where that does not settle it, offer to ask again."""
    payments = await prompter.in_store(lambda session: reconcile(session.payer))
    prompter.data_changed()
    if not payments:
        prompter.notify(_("No payment is open."), timeout=4)
    for payment in payments:
        if payment.state is PaymentState.UNKNOWN and payment.client_token:
            await _offer_to_ask_again(prompter, payment)
        else:
            lines = payment_facts(payment) + _next_step(prompter, payment)
            await prompter.tell(Message(_("Payment"), lines))


def _next_step(prompter: Prompter, payment: Payment) -> list[Line]:
    if not payment.is_doubtful_purchase:
        return []
    sentence = _("Look in the console, under Orders. If it was not bought, {key} closes it.")
    return ["", sentence.format(key=prompter.name_of("unbought"))]


async def settle_what_was_left(prompter: Prompter) -> None:
    """At the start: settle by looking what was left open. Nothing is sent that could pay."""
    payments = await prompter.in_store(_look_at_what_was_left)
    prompter.data_changed()
    for payment in payments:
        sentence = _("The payment for {instance_id}, left open before: {state}.").format(
            instance_id=payment.instance_id, state=_(labels.PAYMENTS[payment.state])
        )
        if payment.is_open:
            again = _("{reconcile} looks again and settles it.")
            sentence += " " + again.format(reconcile=prompter.name_of("reconcile"))
        prompter.notify(sentence, "warning" if payment.is_open else "information", timeout=10)


def _look_at_what_was_left(session: Session) -> list[Payment]:
    """That a cloud cannot be reached is told by the sync that comes next."""
    try:
        return reconcile(session.payer)
    except CloudError:
        return []


async def _offer_to_ask_again(prompter: Prompter, payment: Payment) -> None:
    lines: list[Line] = [
        _("The cloud shows no order for this payment yet. It can be asked again with the same "
          "token: if it took the first call, it pays nothing and tells what it did then."),
        "",
        *payment_facts(payment),
    ]  # fmt: skip
    proof = last_characters(payment.instance_id)
    confirmation = Confirmation(_("Ask the cloud again"), lines, proof, _("Ask"))
    if await prompter.confirm(confirmation):
        after = await prompter.in_store(lambda session: send_again(session.payer, payment))
        prompter.data_changed()
        await show_payment(prompter, after)


async def close_as_unbought(prompter: Prompter, payment: Payment) -> None:
    """Close a purchase on the person's word; the reason is asked for and kept."""
    reason = await prompter.ask(
        Question(
            _("It was not bought"),
            _("How do you know? The reason is kept."),
            check_reason,
            [labels.what_unbought_means(), "", *payment_facts(payment)],
        )
    )
    if reason is None:
        return
    after = await prompter.in_store(lambda session: close_unbought(session.payer, payment, reason))
    prompter.data_changed()
    await show_payment(prompter, after)
