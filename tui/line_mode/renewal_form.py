"""The renewal form in line mode: terms with their prices, auto-renewal, and the proof."""

from __future__ import annotations

from collections.abc import Mapping

from store.i18n import _
from tui.line_mode.confirmation import ask_proof
from tui.line_mode.lines import choose, write_line
from tui.prompts import Choice, Fact, Line, Menu, RenewalAnswer, RenewalForm, ShownTerm
from tui.text import labels

AUTO_RENEWAL, TOP_UP = "a", "t"


async def ask_renewal(form: RenewalForm) -> RenewalAnswer | None:
    """The confirmed answer; None if the person leaves. Raises `NoTerminal` without a terminal."""
    shown = {months: await form.quote(months) for months in form.terms[: form.quoted_at_once]}
    months, setting = form.initial_term, None
    for line in _heading(form):
        write_line(line)
    while True:
        chosen = choose(_menu(form, shown, months, setting))
        if chosen is None:
            return None
        if chosen.value == TOP_UP:
            return RenewalAnswer(months, setting, wants_top_up=True)
        if chosen.value == AUTO_RENEWAL and form.auto_renewal is not None:
            setting = form.auto_renewal.after(setting)
            continue
        months = int(chosen.value)
        if months not in shown:
            shown[months] = await form.quote(months)
        if shown[months].obstacle:
            write_line(shown[months].obstacle)
            continue
        if _is_confirmed(form, shown[months], months, setting):
            return RenewalAnswer(months, setting)
        write_line(_("Not confirmed; nothing was sent."))
        return None


def _heading(form: RenewalForm) -> list[Line]:
    return ["", form.title, *([form.notice] if form.notice else [])]


def _menu(
    form: RenewalForm,
    shown: Mapping[int, ShownTerm],
    months: int,
    setting: bool | None,  # noqa: FBT001
) -> Menu[str]:
    """The menu: the terms, with the last chosen one preset, auto-renewal, and a top-up if that term
    needs one."""
    choices = [
        Choice(str(term), _term(form, term), _hint(shown.get(term)), answer=str(term))
        for term in form.terms
    ]
    if form.auto_renewal is not None:
        now = form.auto_renewal.text(setting, months)
        choices.append(Choice(AUTO_RENEWAL, _("Auto-renewal"), now, answer=AUTO_RENEWAL))
    if months in shown and shown[months].is_short:
        missing = shown[months].obstacle
        choices.append(Choice(TOP_UP, _("Top up"), missing, answer=TOP_UP))
    preset = form.terms.index(months)
    return Menu(_("Choose a term"), choices, [" · ".join(form.titles[1:])], preset=preset)


def _term(form: RenewalForm, months: int) -> str:
    return labels.months(months) + ("*" if months in form.terms_with_remark else "")


def _hint(shown: ShownTerm | None) -> str:
    if shown is None:
        return ""
    return " · ".join(text for text in (shown.price, shown.new_end, shown.balance_left) if text)


def _is_confirmed(
    form: RenewalForm,
    shown: ShownTerm,
    months: int,
    setting: bool | None,  # noqa: FBT001
) -> bool:
    """Show what will be paid, and ask for the proof; returns whether it was typed."""
    write_line()
    for line in shown.lines:
        write_line(line)
    write_line(Fact(_("Term"), labels.months(months)))
    write_line(Fact(form.titles[1], shown.price))
    if form.auto_renewal is not None:
        write_line(Fact(_("Auto-renewal"), form.auto_renewal.text(setting, months)))
    return ask_proof(shown.proof)
