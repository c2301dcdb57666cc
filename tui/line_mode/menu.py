"""The program on plain lines: what needs attention, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from store.annotations.load import awake, own_of
from store.errors import RenewalError
from store.i18n import N_, _, counted
from store.items.outlook import days_ahead
from store.payments.journal import payments
from store.payments.reconciling import ask_again, close_unbought, reconcile
from store.rules.clauses import CLAUSES
from store.times import parse_duration
from store.walkthroughs.procedures import for_kind
from store.walkthroughs.progress import open_walks
from store.walkthroughs.view import begin
from tui.cli.payments import payment_line
from tui.cli.status_lines import status_lines
from tui.confirmation import NoTerminal
from tui.line_mode import annotate, renew
from tui.line_mode.questions import EndOfAnswersError, ask, choose, tell
from tui.line_mode.undo import Here, undo
from tui.line_mode.walks import walk_in_lines
from tui.panes.outlook import in_words
from tui.text import labels
from tui.text.formats import day
from tui.undo_stack import payment

if TYPE_CHECKING:
    from store.items.assessment import Assessment
    from store.models import Item
    from store.session import Session

AT_ONCE = 30
"""Items that are listed before it is asked whether there should be more."""
OLD_AFTER = timedelta(minutes=15)


def run_lines(session: Session, lang: str) -> int:
    """The main menu, until it is left; the exit code."""
    here = Here(lang)
    try:
        if session.needs_sync(OLD_AFTER):
            _safely(_sync, session, here)
        annotate.tell_changes(session)
        while True:
            tell()
            for line in list(status_lines(session.overview()))[:4]:
                tell(line)
            labels = [_(label) for label, _job in JOBS]
            choice = choose(_("Renewal Assistant"), labels, back=_("leave"))
            if choice is None:
                annotate.keep_seen(session)
                return 0
            _safely(JOBS[choice][1], session, here)
    except EndOfAnswersError:
        return 0


def _safely(job: Callable[[Session, Here], None], session: Session, here: Here) -> None:
    """Do a job; what goes wrong is told, and the menu goes on. A question that pays and cannot be
    asked ends the program: what comes next from a pipe would answer another question."""
    try:
        job(session, here)
    except NoTerminal:
        raise
    except RenewalError as error:
        tell(error.message)


def _attention(session: Session, here: Here) -> None:
    found = session.overview()
    if not found.items:
        _pick(session, here, _("What needs attention"), iter(()))
        return
    kept = own_of(session.db, found)
    if kept.pressing:
        tell(counted("{n} snoozed", "{n} snoozed", len(kept.pressing)))
    pressing = (seen for _place, seen in awake(found.items, kept).rows())
    _pick(session, here, _("What needs attention"), pressing)


def _ahead(session: Session, here: Here) -> None:
    del here
    seen = session.overview()
    for line in in_words(days_ahead(seen), seen.balance.currency if seen.balance else ""):
        tell(line)


def _all_items(session: Session, here: Here) -> None:
    items = session.overview().items
    seen = (one for _place, one in items.by_deadline.rows()) if items else iter(())
    _pick(session, here, _("All items"), seen)


def _pick(session: Session, here: Here, title: str, seen: Iterator[Assessment]) -> None:
    """Read as it is asked for: nobody is read a million lines to choose one of them."""
    while True:
        page = list(islice(seen, AT_ONCE))
        if not page:
            tell(_("{label}: {text}").format(label=title, text=_("none")))
            return
        more = [_("more")] if len(page) == AT_ONCE else []
        choice = choose(title, [*map(_short, page), *more])
        if choice is None:
            return
        if choice < len(page):
            _item(session, page[choice], here)
            return


def _short(seen: Assessment) -> str:
    parts = [labels.state(seen), _(labels.SEVERITIES[seen.severity])]
    if seen.standing.next is not None:
        coming = seen.standing.next
        told = _("then {state}, {moment}")
        state = _(labels.STATES[coming.state])
        parts.append(told.format(state=state, moment=labels.instant(coming.at)))
    name = f"{labels.called(seen.item)} ({seen.item.id})"
    return _("{label}: {text}").format(label=name, text=_(", ").join(parts))


def _item(session: Session, seen: Assessment, here: Here) -> None:
    item, standing = seen.item, seen.standing
    tell(_short(seen))
    if item.ends_at is not None:
        tell(_("{label}: {text}").format(label=_("Ends"), text=labels.instant(item.ends_at)))
    if standing.data_lost_at is not None:
        lost = labels.instant(standing.data_lost_at)
        tell(_("{label}: {text}").format(label=_("Data deleted"), text=lost))
    for clause_id in standing.clauses:
        clause = CLAUSES[clause_id]
        tell(f"{clause.id}: {_(clause.says)} ({clause.source.title}, {day(clause.source.dated)})")
    annotate.tell_own(session, item)
    procedures = for_kind(item.kind, here.lang, standing.remedy)
    label = _("walk-through")
    acts = [
        _("{label}: {text}").format(label=label, text=procedure.title) for procedure in procedures
    ]
    more: tuple[tuple[str, Callable[[], object]], ...] = (
        (_("renew"), lambda: _renew(session, item, here)),
        (_("auto-renewal"), lambda: renew.auto_renew(session, item)),
        (_("note"), lambda: annotate.write_note(session, item, here)),
        (_("snooze"), lambda: annotate.snooze(session, seen, here)),
    )
    choice = choose(labels.called(item), [*acts, *(label for label, _act in more)])
    if choice is None:
        return
    if choice < len(procedures):
        walk = begin(session, procedures[choice].id, item.id, lang=here.lang)
        walk_in_lines(session, walk.id, here.lang)
    else:
        more[choice - len(procedures)][1]()


def _renew(session: Session, item: Item, here: Here) -> None:
    result = renew.renew(session, item)
    if result is not None and result.outcome in {"paid", "unknown"}:
        here.done.append(payment())


def _walks(session: Session, here: Here) -> None:
    found = open_walks(session.db, session.account.name, session.cloud.identity)
    lines = [
        _("{procedure} for {item}").format(
            procedure=walk.procedure, item=walk.subject.item_id or _("the account")
        )
        for walk in found
    ]
    if not lines:
        tell(_("{label}: {text}").format(label=_("Open walk-throughs"), text=_("none")))
        return
    choice = choose(_("Open walk-throughs"), lines)
    if choice is not None:
        walk_in_lines(session, found[choice].id, here.lang)


def _payments(session: Session, here: Here) -> None:
    del here
    for row in payments(session.db):
        tell(payment_line(row))
    for row in reconcile(session.payer):
        tell(payment_line(row))
        if row.settled_at is None and row.client_token:
            tell(_("The cloud can be asked again with the same token; it pays nothing twice."))
            if renew.meant(row.instance_id):
                tell(payment_line(ask_again(session.payer, row)))
        elif row.is_doubtful_purchase and not session.read_only:
            tell(labels.what_unbought_means())
            reason = ask(_("It was not bought? How do you know (nothing leaves it open):"))
            if reason:
                tell(payment_line(close_unbought(session.payer, row, reason)))


def _top_up(session: Session, here: Here) -> None:
    del here
    renew.top_up(session)


def _sync(session: Session, here: Here) -> None:
    del here
    tell(counted("{n} item synced", "{n} items synced", session.sync()))


def _clock(session: Session, here: Here) -> None:
    del here
    if not session.is_practice:
        tell(_("only the practice account has a clock of its own"))
        return
    session.practice.advance(parse_duration(ask(_("By how much, as 3d12h:"))))
    session.sync()
    tell(f"{labels.instant(session.now())} UTC+8")


def _snoozed(session: Session, here: Here) -> None:
    _pick(session, here, _("What is snoozed"), iter(annotate.sleepers(session)))


def _undo(session: Session, here: Here) -> None:
    del session
    undo(here)


JOBS: tuple[tuple[str, Callable[[Session, Here], None]], ...] = (
    (N_("what needs attention"), _attention),
    (N_("all items"), _all_items),
    (N_("open walk-throughs"), _walks),
    (N_("payments"), _payments),
    (N_("top up"), _top_up),
    (N_("sync"), _sync),
    (N_("move the practice clock"), _clock),
    (N_("the coming 90 days"), _ahead),
    (N_("what is snoozed"), _snoozed),
    (N_("undo"), _undo),
)
"""The main menu, in its order."""
