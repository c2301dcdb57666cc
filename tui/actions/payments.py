"""Look at payments, settle those with an unknown outcome, and ask the cloud again."""

from __future__ import annotations

from store import formats
from store.errors import CloudError
from store.i18n import _
from store.payments.journal import is_paying
from store.payments.payment import Operation, Payment, PaymentState
from store.payments.reconcile import close_unbought, reconcile, resend_payment
from store.session import Session
from tui.actions.prompter import Prompter
from tui.actions.walks import check_reason
from tui.prompts import Choice, Confirmation, Fact, Line, Menu, Message, Question, last_characters
from tui.text import labels, payment_text


async def show_payment(prompter: Prompter, payment: Payment) -> None:
    """Show everything that the journal holds about a payment."""
    await prompter.tell(Message(_("Payment"), payment_facts(prompter, payment)))


def payment_facts(prompter: Prompter, payment: Payment) -> list[Line]:
    """The facts of a payment; those without a value are left out."""
    name = payment_text.item_names(prompter.overview, [payment])[payment.instance_id]
    renews, unknown = payment.operation is Operation.RENEW, _("unknown")
    error = f"{payment.error_code}: {payment.error_message}" if payment.error_code else None
    facts: list[tuple[str, str | None]] = [
        (_("Operation"), _(payment_text.OPERATIONS[payment.operation.value])),
        (_("Name"), name if name != payment.instance_id else None),
        (_("Instance ID"), payment.instance_id),
        (_("Term"), labels.months(payment.months)),
        (_("Quoted price"), formats.amount(payment.quoted, payment.currency)),
        (_("State"), _(payment_text.PAYMENTS[payment.state])),
        (_("Order"), payment.order_id or _("none")),
        (_("End before"), (formats.instant(payment.ends_before) or unknown) if renews else None),
        (_("End after"), formats.instant(payment.ends_after) or unknown),
        (_("Planned"), formats.instant(payment.created_at)),
        (_("Sent"), formats.instant(payment.sent_at) or _("never")),
        (_("Settled"), formats.instant(payment.settled_at) or _("not yet")),
        (_("Client token"), payment.client_token),
        (_("Error"), error),
        (_("Note"), payment.note),
    ]
    return [Fact(label, text) for label, text in facts if text]


async def reconcile_all(prompter: Prompter) -> None:
    """Settle open payments by checking the cloud; for one that stays unknown, offer to ask
    again."""
    payments = await prompter.in_store(lambda session: reconcile(session.payer))
    prompter.data_changed()
    if not payments:
        prompter.notify(_("No open payments."), timeout=4)
    for payment in payments:
        if payment.state is PaymentState.UNKNOWN and payment.client_token:
            await _offer_to_ask_again(prompter, payment)
        else:
            lines = payment_facts(prompter, payment) + _next_step_lines(prompter, payment)
            await prompter.tell(Message(_("Payment"), lines))


def _next_step_lines(prompter: Prompter, payment: Payment) -> list[Line]:
    if not payment.is_doubtful_purchase:
        return []
    sentence = _("Check Orders in the console. If it was not bought, use {unbought} to close it.")
    return ["", sentence.format(unbought=prompter.name_of("unbought"))]


async def settle_open_payments(prompter: Prompter) -> None:
    """At the start, settle payments left open by checking the cloud. Nothing that could pay is
    sent."""
    payments = await prompter.in_store(_reconcile_if_reachable)
    prompter.data_changed()
    names = payment_text.item_names(prompter.overview, payments)
    for payment in payments:
        sentence = _("Payment for {name} from the last session: {state}.").format(
            name=names[payment.instance_id], state=_(payment_text.PAYMENTS[payment.state])
        )
        if payment.is_open:
            again = _("Use {reconcile} to check again.")
            sentence += " " + again.format(reconcile=prompter.name_of("reconcile"))
        prompter.notify(sentence, "warning" if payment.is_open else "information", timeout=10)


def _reconcile_if_reachable(session: Session) -> list[Payment]:
    """Reconcile; if the cloud is unreachable, leave it to the sync that follows to report that."""
    try:
        return reconcile(session.payer)
    except CloudError:
        return []


async def _offer_to_ask_again(prompter: Prompter, payment: Payment) -> None:
    lines: list[Line] = [
        _("The cloud shows no order for this payment yet. Asking again sends the same client "
          "token: if the cloud took the first request, it pays nothing and returns that result."),
        "",
        *payment_facts(prompter, payment),
    ]  # fmt: skip
    proof = last_characters(payment.instance_id)
    confirmation = Confirmation(_("Ask the cloud again"), lines, proof, _("Ask again"))
    if await prompter.confirm(confirmation):
        after = await prompter.in_store(lambda session: resend_payment(session.payer, payment))
        prompter.data_changed()
        await show_payment(prompter, after)


async def close_as_unbought(prompter: Prompter, payment: Payment) -> None:
    """Close a purchase as not bought, on the person's word, with a reason."""
    reason = await prompter.ask(
        Question(
            _("Close as not bought"),
            _("How do you know?"),
            check_reason,
            [payment_text.closing_warning(), "", *payment_facts(prompter, payment)],
        )
    )
    if reason is None:
        return
    after = await prompter.in_store(lambda session: close_unbought(session.payer, payment, reason))
    prompter.data_changed()
    await show_payment(prompter, after)


async def confirm_quit(prompter: Prompter) -> bool:
    """Whether to quit; asks only while a payment is in progress."""
    if not await prompter.in_store(lambda session: is_paying(session.db)):
        return True
    choices = [
        Choice("stay", _("Stay until its outcome is known")),
        Choice("quit", _("Quit; it stays in the journal and is settled at the next start")),
    ]
    title = _("A payment is in progress")
    return await prompter.choose(Menu(title, choices, has_refusal=True)) == "quit"
