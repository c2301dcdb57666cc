"""Shows the results of renewals, and offers what to do after a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct

from store import formats
from store.errors import Exit, Stopped, Unreachable
from store.i18n import _
from store.items.assessment import Assessment
from store.items.names import item_name
from store.items.remedy_cost import is_bound_next
from store.models import Item, License
from store.payments.results import RenewalOutcome, Result
from store.session import Session
from store.walkthroughs.procedures import load_procedure
from tui.actions.prompter import Prompter
from tui.prompts import Choice, Emphasis, Line, Menu, Message, outcome
from tui.text import labels, payment_text


class RenewedItem(Struct, frozen=True):
    """The result of one renewal, and of setting auto-renewal after it."""

    result: Result
    auto_renewal: str = ""
    """A sentence; "": auto-renewal was not changed."""


class Renewed(Struct, frozen=True):
    """The results of several renewals, in order."""

    items: tuple[RenewedItem, ...]
    unsent: int = 0
    """The number of renewals that were not started, since the person stopped them."""

    @property
    def is_complete(self) -> bool:
        """Whether all were paid."""
        return not self.unsent and all(renewal.result.exit is Exit.DONE for renewal in self.items)


async def tell_results(prompter: Prompter, renewed: Renewed) -> None:
    """Show each outcome, with the end before and after."""
    lines: list[Line] = []
    for renewal in renewed.items:
        lines += _result_lines(prompter, renewal)
    if renewed.unsent:
        lines.append(payment_text.not_sent(renewed.unsent))
    outcomes = [renewal.result.outcome for renewal in renewed.items]
    if {RenewalOutcome.PAID, RenewalOutcome.UNKNOWN} & set(outcomes):
        prompter.undo_stack.push_payment()
    title = _("{paid} of {all} paid").format(
        paid=outcomes.count(RenewalOutcome.PAID), all=len(outcomes) + renewed.unsent
    )
    await prompter.tell(Message(title, lines))


def _result_lines(prompter: Prompter, item: RenewedItem) -> list[Line]:
    result = item.result
    mark = "✓" if result.exit is Exit.DONE else "!"
    label = _(payment_text.OUTCOMES[result.outcome])
    lines: list[Line] = [Emphasis(f"{mark} {_names_with_id(prompter, result.instance_id)} {label}")]
    if result.ends_after is not None and result.outcome is RenewalOutcome.PAID:
        lines.append(f"  {formats.day(result.ends_before)} → {formats.day(result.ends_after)}")
    lines.append(f"  {labels.capitalized(result.message)}")
    if result.outcome is RenewalOutcome.UNKNOWN:
        again = _("Use {reconcile} to check again.")
        lines.append("  " + again.format(reconcile=prompter.name_of("reconcile")))
    if item.auto_renewal:
        lines.append(f"  {item.auto_renewal}")
    return lines


def _names_with_id(prompter: Prompter, instance_id: str) -> str:
    """`Boiler house (iot-060a1f3e)`: the names of the items of one Instance ID, and the ID."""
    items = prompter.overview.of_instance(instance_id) if prompter.overview else ()
    names = formats.joined(list(dict.fromkeys(item_name(assessment.item) for assessment in items)))
    return f"{names} ({instance_id})" if names else instance_id


@contextmanager
def before_sending() -> Iterator[None]:
    """What is asked of the cloud before a payment is sent: no answer stops the payment. Raises
    `Stopped`."""
    try:
        yield
    except Unreachable as error:
        words = _("{reason}. Nothing was sent; try again later.")
        raise Stopped(words.format(reason=formats.clause(error.message))) from error


async def tell_stop(prompter: Prompter, stopped: Stopped, item_ids: Sequence[str]) -> None:
    """Show why an action was stopped, and offer what helps: the procedure, if there is one, and
    first of all to bind a spare license."""
    title = _("Stopped; nothing was sent")
    if stopped.procedure is None or not item_ids:
        await prompter.tell(Message(title, outcome(stopped.message)))
        return
    await _offer_procedures(prompter, title, stopped.message, stopped.procedure, item_ids[0])


async def offer_after_refusal(prompter: Prompter, renewed: Renewed, item: Item) -> None:
    """If the cloud refused the renewal, offer what is left: another license (LIC-2), a top-up or a
    ticket."""
    refused = [
        renewal.result
        for renewal in renewed.items
        if renewal.result.outcome is RenewalOutcome.REFUSED
    ]
    if refused:
        procedure = await prompter.in_store(lambda session: procedure_after_refusal(session, item))
        title = _("The cloud refused the renewal")
        if procedure == "P-LIC-REPLACE":
            title = _("Method 1 is not possible")
        await _offer_procedures(prompter, title, refused[0].message, procedure, item.id)


def procedure_after_refusal(session: Session, item: Item) -> str:
    """The procedure after a refusal. One for lack of money does not rule out method 1."""
    overview = session.overview()
    assessment = overview.of_id(item.id)
    license_ = assessment.item if assessment is not None else None
    if isinstance(license_, License) and license_.renewal_refused:
        return "P-LIC-REPLACE"
    is_for_money = isinstance(license_, License) or (overview.balance and overview.balance.owed)
    return "P-TOPUP" if is_for_money else "P-TICKET"


async def _offer_procedures(
    prompter: Prompter, title: str, because: str, procedure: str, item_id: str
) -> None:
    to_bind = _replaceable_license(prompter, item_id) if procedure == "P-LIC-REPLACE" else None
    offered = [procedure, "P-TICKET"] if procedure == "P-LIC-REPLACE" else [procedure]
    choices = [
        Choice(procedure_id, load_procedure(procedure_id).title, procedure_id)
        for procedure_id in offered
    ]
    if to_bind is not None:
        choices.insert(0, Choice("bind", _("Bind an unbound license")))
    chosen = await prompter.choose(Menu(title, choices, [labels.capitalized(because)]))
    if chosen == "bind" and to_bind is not None:
        from tui.actions.binding import bind_license

        await bind_license(prompter, to_bind)
    elif chosen is not None:
        from tui.actions.walks import walk_through

        await walk_through(prompter, chosen, "" if chosen == "P-TOPUP" else item_id)


def _replaceable_license(prompter: Prompter, item_id: str) -> Assessment | None:
    """The license, if an unbound license of the account can replace it; else None."""
    overview = prompter.overview
    assessment = overview.of_id(item_id) if overview is not None else None
    if overview is None or assessment is None:
        return None
    return assessment if is_bound_next(assessment, overview) else None
