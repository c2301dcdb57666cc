"""Turn auto-renewal on or off."""

from __future__ import annotations

from collections.abc import Sequence

from store.errors import RenewalError, Stopped
from store.i18n import _, counted
from store.models import AUTO_RENEWAL_MONTHS, DEFAULT_MONTHS
from store.payments.batch import set_auto_renewal
from store.payments.terms import Group, Omitted
from store.session import Session
from tui.actions.prompter import JobProgress, Prompter
from tui.actions.renew import group_items
from tui.actions.renewal_form import auto_renewal_choice, group_names, omitted_lines
from tui.actions.renewal_results import tell_stop
from tui.prompts import Choice, Confirmation, Fact, Line, Menu, Message, last_characters, outcome
from tui.text import labels, payment_text


async def change_auto_renewal(prompter: Prompter, item_ids: Sequence[str]) -> bool:
    """Turn auto-renewal on for a term, or off; whether it was done."""
    try:
        groups, omitted = group_items(prompter, item_ids)
    except Stopped as stopped:
        await tell_stop(prompter, stopped, item_ids)
        return False
    if not groups:
        return False
    months = await prompter.choose(_terms(groups))
    if months is None or not await prompter.confirm(_confirmation(groups, omitted, months)):
        return False
    failures = await prompter.work(
        _("Auto-renewal"),
        lambda session, steps: _set_all(session, groups, months or None, steps),
    )
    prompter.data_changed()
    for failure in failures:
        await prompter.tell(Message(_("Failed"), outcome(failure)))
    if not failures:
        prompter.undo_stack.push_final(
            _("Auto-renewal"),
            _("Use {auto} to change it.").format(auto=prompter.name_of("auto")),
        )
        prompter.notify(_("Auto-renewal was set."), timeout=4)
    return not failures


def _terms(groups: Sequence[Group]) -> Menu[int]:
    """The menu of periods in months; 0 turns auto-renewal off."""
    choices = [
        Choice(months, counted("Every {n} month", "Every {n} months", months), answer=str(months))
        for months in AUTO_RENEWAL_MONTHS
    ]
    choices.append(Choice(0, _("Off"), answer="off"))
    default = AUTO_RENEWAL_MONTHS.index(DEFAULT_MONTHS)
    lines: list[Line] = [Fact(_("Items"), group_names(groups))]
    if (setting := auto_renewal_choice(groups)) is not None:
        lines.append(Fact(_("Now"), setting.now))
    return Menu(_("Auto-renewal"), choices, lines, default)


def _confirmation(groups: Sequence[Group], omitted: Sequence[Omitted], months: int) -> Confirmation:
    lines: list[Line] = [
        Fact(_("Items"), group_names(groups)),
        *omitted_lines(omitted),
        Fact(_("Set to"), labels.months(months) if months else _("Off")),
    ]
    if months:
        when = _("The cloud tries to pay 9 days before the end, then every day until the end.")
        lines.append(when)
    proof = last_characters(groups[0][0].instance_id)
    return Confirmation(_("Set auto-renewal"), lines, proof, _("Set"))


def _set_all(
    session: Session, groups: Sequence[Group], months: int | None, steps: JobProgress
) -> list[str]:
    """Set it for each group; returns sentences about what failed and what the person stopped."""
    failures: list[str] = []
    for done, group in enumerate(groups):
        if not steps.begin_step(done, len(groups)):
            failures.append(payment_text.not_sent(len(groups) - done))
            break
        try:
            set_auto_renewal(session.payer, group, months)
        except RenewalError as error:
            failures.append(error.message)
    return failures
