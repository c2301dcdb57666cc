"""The main menu of line mode, and its entries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import Any, TypeVar

from store.annotations.changes import changes_since, store_visit
from store.diagnosis.checklist import checklist
from store.diagnosis.setup_checks import Check
from store.i18n import N_, _, counted
from store.items.assessment import Assessment
from store.items.due import due_items
from store.items.expired_licenses import expired_orders
from store.items.names import item_name
from store.items.outlook import days_ahead
from store.payments.journal import all_payments
from store.payments.payment import Payment
from store.session import Session
from store.walkthroughs.opening import open_walks
from store.walkthroughs.procedures import load_procedure
from store.walkthroughs.walk import Walk
from tui.actions.accounts import choose_account
from tui.actions.clock import move_clock
from tui.actions.license_import import import_licenses
from tui.actions.licenses import add_license
from tui.actions.payments import close_as_unbought, reconcile_all, show_payment
from tui.actions.sync import start_up, sync_now
from tui.actions.top_up import top_up
from tui.actions.undo import UndoStack, undo
from tui.actions.walks import continue_walk
from tui.commands.registry import command
from tui.line_mode.account import show_account
from tui.line_mode.item import item_line, show_item
from tui.line_mode.lines import EndOfAnswersError, choose, write_line
from tui.line_mode.plan import keep_everything
from tui.line_mode.prompter import LinePrompter, run
from tui.panes.changes import changes_in_full
from tui.prompts import Choice, Menu
from tui.text import labels
from tui.text.checklist_text import checklist_lines
from tui.text.due_text import due_line
from tui.text.outlook_text import outlook_lines
from tui.text.payment_text import item_names, payment_line
from tui.text.status_text import nothing_due, status_lines

PAGE_SIZE = 30
"""Entries of a list that are shown at once; More shows the next ones."""

Value = TypeVar("Value")


def run_lines(session: Session) -> int:
    """Run the main menu until the person quits; returns the exit code."""
    try:
        run(_menu(LinePrompter(session)))
    except EndOfAnswersError:
        return 0
    return 0


async def _menu(prompter: LinePrompter) -> None:
    await prompter.attempt(start_up(prompter))
    await _show_changes(prompter)
    await _show_open_checks(prompter)
    while True:
        prompter.data_changed()  # time has passed
        write_line()
        for line in islice(status_lines(prompter.overview), 4):
            write_line(line)
        jobs = [
            Choice(job, _(label))
            for label, job in JOBS
            if job is not move_clock or prompter.session.is_practice
        ]
        chosen = choose(Menu(_("Renewal Assistant"), jobs), _("Quit"))
        if chosen is None:
            store_visit(prompter.session.db, prompter.overview)
            return
        await prompter.attempt(chosen.value(prompter))


async def _show_changes(prompter: LinePrompter) -> None:
    """Write what has changed since the last session, if anything."""
    overview = prompter.overview
    changes = changes_since(prompter.session.db, overview)
    if changes is not None:
        write_line(_("What has changed"))
        for line in changes_in_full(changes, overview.now):
            if line:
                write_line(line)


async def _show_open_checks(prompter: LinePrompter) -> None:
    """At the start: the checklist of a real account, while something of it is open."""
    if any(check.is_open for check in _checks(prompter)):
        await _show_checklist(prompter)


async def _show_checklist(prompter: LinePrompter) -> None:
    checks = _checks(prompter)
    if not checks:
        write_line(_("The practice account needs no checklist."))
    else:
        for line in checklist_lines(checks, lambda command_id: command(command_id).title):
            write_line(line)


def _checks(prompter: LinePrompter) -> tuple[Check, ...]:
    prompter.data_changed()
    return checklist(prompter.session, prompter.overview)


async def choose_entry(
    title: str,
    entries: Iterator[Value],
    line_of: Callable[[Value], str],
    then: Callable[[Value], Awaitable[None]],
) -> None:
    """List the entries page by page, and call `then` with the chosen one.

    They are read when they are shown: nobody chooses from a million lines.
    """
    while True:
        page = list(islice(entries, PAGE_SIZE))
        if not page:
            write_line(_("{label}: {text}").format(label=title, text=_("none")))
            return
        choices: list[Choice[Value | None]] = [Choice(entry, line_of(entry)) for entry in page]
        if len(page) == PAGE_SIZE:
            choices.append(Choice(None, _("More")))
        chosen = choose(Menu(title, choices))
        if chosen is None:
            return
        if chosen.value is not None:
            await then(chosen.value)
            return


async def _pick_item(
    prompter: LinePrompter,
    title: str,
    items: Iterable[Assessment],
    line_of: Callable[[Assessment], str] = item_line,
) -> None:
    async def show(item: Assessment) -> None:
        await show_item(prompter, item.item.id)

    await choose_entry(title, iter(items), line_of, show)


async def _show_due(prompter: LinePrompter) -> None:
    overview = prompter.overview
    if not overview.items:
        write_line(nothing_due(overview))
        return
    annotations = prompter.annotations
    if annotations.hidden:
        write_line(counted("{n} snoozed", "{n} snoozed", len(annotations.hidden)))
    due, snoozed = due_items(overview.items), list(annotations.snoozes)
    listings = due.listing.without(snoozed), due.gone.without(snoozed)
    rows = (item for _position, item in chain(*listings))
    first = next(rows, None)
    if first is None:
        write_line(nothing_due(overview))
        return
    await _pick_item(
        prompter,
        _("What needs attention"),
        chain([first], rows),
        lambda item: due_line(item, overview),
    )


async def _show_all_items(prompter: LinePrompter) -> None:
    await _pick_item(prompter, _("All items"), prompter.overview.items)


async def _show_snoozed(prompter: LinePrompter) -> None:
    await _pick_item(prompter, _("Snoozed items"), prompter.annotations.snoozed)


async def _show_walks(prompter: LinePrompter) -> None:
    await choose_entry(
        _("Open walk-throughs"),
        iter(open_walks(prompter.session)),
        partial(_walk_line, prompter),
        lambda walk: continue_walk(prompter, walk),
    )


def _walk_line(prompter: LinePrompter, walk: Walk) -> str:
    assessment = prompter.overview.of_id(walk.subject.item_id)
    name = item_name(assessment.item) if assessment else walk.subject.item_id or _("the account")
    title = load_procedure(walk.procedure, prompter.session.account.charged_to).title
    return _("{procedure} for {item}").format(procedure=title, item=name)


async def _show_payments(prompter: LinePrompter) -> None:
    """Settle open payments, then list all of them."""
    await reconcile_all(prompter)
    session = prompter.session
    rows = [
        row for row in reversed(all_payments(session.db)) if row.account == session.account.name
    ]

    async def show(payment: Any) -> None:
        await show_payment(prompter, payment)
        if payment.is_doubtful_purchase and not session.read_only:
            await close_as_unbought(prompter, payment)

    names = item_names(prompter.overview, rows)

    def line_of(payment: Payment) -> str:
        return payment_line(payment, names[payment.instance_id])

    await choose_entry(_("Payments"), iter(rows), line_of, show)


async def _show_outlook(prompter: LinePrompter) -> None:
    overview = prompter.overview
    currency = overview.balance.currency if overview.balance else ""
    expired = labels.expired(expired_orders(overview), currency)
    for line in outlook_lines(days_ahead(overview), currency, expired):
        write_line(line)


async def _switch_account(prompter: LinePrompter) -> None:
    name = await choose_account(prompter, with_all=False)
    if name is not None:
        session = prompter.session
        prompter.session = Session.open(session.home, name, read_only=session.read_only)
        session.close()
        prompter.undo_stack = UndoStack()
        prompter.data_changed()
        await start_up(prompter)


Job = Callable[[LinePrompter], Coroutine[Any, Any, object]]
JOBS: tuple[tuple[str, Job], ...] = (
    (N_("What needs attention"), _show_due),
    (N_("All items"), _show_all_items),
    (N_("Keep everything"), keep_everything),
    (N_("Open walk-throughs"), _show_walks),
    (N_("Payments"), _show_payments),
    (N_("Top up"), top_up),
    (N_("Sync"), sync_now),
    (N_("Advance the practice clock"), move_clock),
    (N_("The next 90 days"), _show_outlook),
    (N_("Snoozed items"), _show_snoozed),
    (N_("Undo"), undo),
    (N_("Switch account"), _switch_account),
    (N_("Balance and bills"), show_account),
    (N_("Checklist"), _show_checklist),
    (N_("Add a license"), add_license),
    (N_("Import licenses"), import_licenses),
)
"""The entries of the main menu, in order."""
