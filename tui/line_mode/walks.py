"""A walk-through on plain lines: the same steps, the same acts, the same proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from store.clouds import Capability, Console
from store.errors import Exit, RenewalError, Stopped
from store.i18n import N_, _
from store.inputs import parse_shown_amount
from store.models import License
from store.walkthroughs import progress
from store.walkthroughs.procedures import PAYING
from store.walkthroughs.proof import Proof, submitted
from store.walkthroughs.view import begin_inside, conclude, proof_now, take_up, walkthrough
from store.walkthroughs.walk import Entry
from tui.cli.guide import step_lines
from tui.confirmation import NoTerminal
from tui.line_mode import renew
from tui.line_mode.questions import ask, choose, tell
from tui.text import labels

if TYPE_CHECKING:
    from store.session import Session
    from store.walkthroughs.view import Walkthrough

DO, BACK, METHOD_2, CLOSE, LEAVE = range(5)
ANSWERS = (
    N_("do this step, and go on"),
    N_("back one step"),
    N_("method 2: buy a new license and bind it"),
    N_("close it unfinished"),
    N_("leave it for later; it is kept"),
)


def walk_in_lines(session: Session, walk_id: str, lang: str) -> None:
    """Step after step, until the walk ends or is left. It is kept at every step."""
    take_up(session, walk_id, lang)
    while True:
        through = walkthrough(session, walk_id, lang)
        if through.walk.ended:
            tell(_("It has ended: {reason}").format(reason=through.walk.reason or ""))
            return
        tell()
        for line in step_lines(through):
            tell(line)
        choice = choose(_("What now?"), [_(answer) for answer in ANSWERS])
        if choice in {None, LEAVE}:
            return
        try:
            walk_id = _answered(session, through, choice or DO, lang)
        except NoTerminal:
            raise
        except RenewalError as error:
            tell(error.message)
            if getattr(error, "procedure", None) == "P-TOPUP":
                tell(_("Top up first; this walk-through waits."))
                inner = begin_inside(session, walk_id, "P-TOPUP")
                walk_in_lines(session, inner.id, lang)


def _answered(session: Session, through: Walkthrough, choice: int, lang: str) -> str:
    """Do what was chosen; the walk to go on with."""
    db, walk_id, now = session.db, through.walk.id, session.now()
    if choice == BACK:
        progress.back(db, walk_id, now)
    elif choice == METHOD_2:
        because = ask(_("Why? The reason is kept."))
        entry = Entry("P-LIC-REPLACE", because=because)
        return progress.branch(db, walk_id, entry, now).id
    elif choice == CLOSE:
        progress.close(db, walk_id, ask(_("Why? The reason is kept.")), now)
    elif through.step.action in PAYING and take_up(session, walk_id, lang).ended:
        pass
    elif _STEPS.get(through.step.action, _nothing)(session, through, lang):
        progress.go_on(db, walk_id, session.now())
    return walk_id


def _nothing(session: Session, through: Walkthrough, lang: str) -> bool:
    del session, through, lang
    return True


def _save_id(session: Session, through: Walkthrough, lang: str) -> bool:
    del lang
    known = through.instance_id
    question = _("The Instance ID as the console shows it ({known}):")
    typed = ask(question.format(known=known or _("empty"))) or known
    progress.save(session.db, through.walk.id, "instance_id", typed, session.now())
    if not typed:
        tell(_("Without an Instance ID there is method 2, or a ticket."))
    return bool(typed)


def _renew(session: Session, through: Walkthrough, lang: str) -> bool:
    del lang
    if through.item is None or through.instance_id != through.item.instance_id:
        raise Stopped(
            _("the saved Instance ID is not the one that the cloud tells; nothing was sent")
        )
    result = renew.renew(session, through.item)
    return result is not None and result.exit is Exit.DONE


def _auto_renew(session: Session, through: Walkthrough, lang: str) -> bool:
    del lang
    if (
        choose(_("Auto-renewal is recommended."), [_("turn it on")]) == 0
        and through.item is not None
    ):
        renew.auto_renew(session, through.item)
    return True


def _top_up(session: Session, through: Walkthrough, lang: str) -> bool:
    del lang
    if Capability.TOP_UP in session.cloud.capabilities:
        if through.missing:
            tell(_("Missing: {amount}.").format(amount=labels.amount(through.missing)))
        renew.top_up(session)
    return True


def _buy(session: Session, through: Walkthrough, lang: str) -> bool:
    del lang
    item = through.item
    wanted = Capability(through.step.action)
    if wanted not in session.cloud.capabilities or item is None:
        return True
    if isinstance(item, License) and not item.application:
        return True  # it was bought before; only the binding is left
    price = parse_shown_amount(ask(_("Price a month:"))) if wanted is Capability.UPGRADE else None
    bought = renew.purchase(session, item, price)
    if bought is None or bought.new_id is None:
        return False
    progress.save(session.db, through.walk.id, "bought", bought.new_id, session.now())
    return True


def _bind(session: Session, through: Walkthrough, lang: str) -> bool:
    del lang
    if Capability.BIND not in session.cloud.capabilities:
        return True
    if session.read_only:
        raise Stopped(_("read-only mode: nothing is paid or changed. Start without --read-only."))
    item = through.item
    license_id = through.walk.saved.get("bought", item.id if item else "")
    application = ask(_("Bind it to which application:")) or getattr(item, "application", "")
    cast(Console, session.cloud).bind(license_id, application)
    session.sync()
    return True


def _submitted(session: Session, through: Walkthrough, lang: str) -> bool:
    number = ask(_("The ticket's number, if you have it:"))
    _end(session, through, submitted(through.walk.subject.item_id, number, lang))
    return False


def _see(session: Session, through: Walkthrough, lang: str) -> bool:
    session.sync()
    shown = proof_now(session, through.walk, lang)
    tell(shown.sentence)
    if shown.shown:
        _end(session, through, shown)
    return False


def _end(session: Session, through: Walkthrough, shown: Proof) -> None:
    conclude(session, through.walk, shown, session.now())


_STEPS: dict[str, Callable[[Session, Walkthrough, str], bool]] = {
    "save-instance-id": _save_id,
    "renew": _renew,
    "auto-renew": _auto_renew,
    "top-up": _top_up,
    "buy-plan": _buy,
    "buy-license": _buy,
    "upgrade": _buy,
    "bind": _bind,
    "submitted": _submitted,
    "see": _see,
}
