"""Take the present step of a walk-through: do it here where the cloud lets us, and go on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from decimal import Decimal

from textual.content import Content

from store.clouds import Capability
from store.errors import Exit, Stopped, Usage
from store.i18n import _
from store.models import Kind, License
from store.payments.renewals import How, pay_confirmed, prepared
from store.payments.wish import Wish
from store.session import Session
from store.walkthroughs import progress
from store.walkthroughs.proof import Proof, submitted
from store.walkthroughs.view import Walkthrough, begin_inside, conclude, proof_now
from store.walkthroughs.walk import Entry, Walk
from tui.actions.purchase import bind, buy_license, buy_plan, can, upgrade
from tui.actions.renew import ask_months, confirmation, grouped, set_auto, tell_results
from tui.actions.sync import reload_all
from tui.actions.top_up import top_up_here
from tui.cells import plain_lines
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.dialogs.message import Tell, outcome
from tui.screens.walk import WalkScreen
from tui.text import labels

Step = Callable[[WalkScreen, Walkthrough], Awaitable[bool]]
"""Does a step; whether the walk-through goes on to the next one."""


async def take_step(screen: WalkScreen, through: Walkthrough) -> None:
    """What enter does: the step's own act, then the next step."""
    try:
        done = await _STEPS.get(through.step.action, _nothing)(screen, through)
    except Stopped as stopped:
        await _stopped(screen, stopped)
        return
    if done:
        await screen.desk.in_store(
            lambda session: progress.go_on(session.db, through.walk.id, session.now())
        )
    reload_all(screen)


async def _nothing(screen: WalkScreen, through: Walkthrough) -> bool:
    """A step that is done in the console, or by reading."""
    del screen, through
    return True


async def _stopped(screen: WalkScreen, stopped: Stopped) -> None:
    """Too little money goes through P-TOPUP and comes back to this step."""
    if stopped.procedure != "P-TOPUP":
        await screen.desk.tell(_("Stopped; nothing was sent"), stopped.message)
        return
    go = await screen.desk.ask(
        Choose(
            _("Stopped; nothing was sent"),
            [
                Choice("go", _("top up now, and come back to this step")),
                Choice("no", _("leave it")),
            ],
            lines=[stopped.message],
        )
    )
    if go == "go":
        walk = await screen.desk.in_store(
            lambda session: begin_inside(session, screen.walk_id, "P-TOPUP")
        )
        screen.app.push_screen(WalkScreen(walk.id))


async def _save_instance_id(screen: WalkScreen, through: Walkthrough) -> bool:
    """The Instance ID is saved with the walk; an empty one leads to method 2, or a ticket."""
    typed = await screen.desk.ask(
        Ask(
            _("Find and save the Instance ID"),
            _("The Instance ID as the console shows it; leave it empty if it shows none"),
            str,
            value=through.instance_id,
        )
    )
    if typed is None:
        return False
    await screen.desk.in_store(
        lambda session: progress.save(
            session.db, through.walk.id, "instance_id", typed, session.now()
        )
    )
    if typed:
        return True
    await _offer_method_2(screen, _("the Instance ID is empty"))
    return False


async def _offer_method_2(screen: WalkScreen, because: str) -> None:
    choice = await screen.desk.ask(
        Choose(
            _("Method 1 does not work here"),
            [
                Choice("method2", _("method 2: buy a new license and bind it")),
                Choice("ticket", _("draft a ticket")),
                Choice("stay", _("stay here")),
            ],
            lines=[because],
        )
    )
    if choice == "method2":
        await go_to_method_2(screen, because)
    elif choice == "ticket":
        screen.do_ticket()


async def go_to_method_2(screen: WalkScreen, because: str) -> None:
    """Leave method 1 for method 2; why is kept with the walk-through."""
    entry = Entry("P-LIC-REPLACE", because=because)
    walk = await screen.desk.in_store(
        lambda session: progress.branch(session.db, screen.walk_id, entry, session.now())
    )
    reload_all(screen)
    screen.app.switch_screen(WalkScreen(walk.id))


async def _renew(screen: WalkScreen, through: Walkthrough) -> bool:
    item = through.item
    if item is None:
        raise Usage(_("the item of this walk-through is no longer known"))
    if through.instance_id != item.instance_id:
        raise Stopped(
            _("The saved Instance ID {saved} is not the one that the cloud tells ({told}). "
              "Go back and compare it with the console; nothing was sent.").format(
                saved=through.instance_id, told=item.instance_id or _("empty"))
        )  # fmt: skip
    app = screen.desk
    groups = grouped(screen, [item.id])
    months = await ask_months(screen, groups[0])
    if months is None:
        return False
    await app.in_store(
        lambda session: progress.save(
            session.db, through.walk.id, "months", str(months), session.now()
        )
    )
    offer = await app.in_store(lambda session: prepared(session.payer, groups[0], Wish(months)))
    if not await app.ask(confirmation([offer])):
        return False
    result = await app.in_store(lambda session: pay_confirmed(session.payer, offer))
    reload_all(screen)
    await tell_results(screen, [result])
    if result.outcome is How.REFUSED and isinstance(item, License):
        await _offer_method_2(screen, result.message)
    return result.exit is Exit.DONE


async def _auto_renew(screen: WalkScreen, through: Walkthrough) -> bool:
    """Recommended, not demanded (LIC-5)."""
    go = await screen.desk.ask(
        Choose(
            _("Auto-renewal"),
            [Choice("on", _("turn it on")), Choice("without", _("go on without"))],
        )
    )
    if go is None or through.item is None:
        return False
    return await set_auto(screen, [through.item.id]) if go == "on" else True


async def _top_up(screen: WalkScreen, through: Walkthrough) -> bool:
    if not await can(screen, Capability.TOP_UP):
        return True
    return await top_up_here(screen, through.missing or None)


async def _ticket(screen: WalkScreen, through: Walkthrough) -> bool:
    draft = through.step.carry or ""
    await screen.desk.ask(
        Tell(_("The draft"), plain_lines(draft), copy=lambda _text: screen.desk.copy_out(draft))
    )
    return True


async def _submitted(screen: WalkScreen, through: Walkthrough) -> bool:
    """A ticket's walk-through ends by the person's word."""
    number = await screen.desk.ask(
        Ask(_("The ticket is submitted"), _("Its number, if you have it"), str)
    )
    if number is None:
        return False
    proof = submitted(through.walk.subject.item_id, number, screen.desk.lang)
    await _end(screen, through, proof)
    return False


async def _see(screen: WalkScreen, through: Walkthrough) -> bool:
    """The end: the cloud's own data have to show the new state."""
    proof = await screen.desk.in_store(
        lambda session: _look(session, through.walk, screen.desk.lang)
    )
    if proof.shown:
        await _end(screen, through, proof)
    else:
        reload_all(screen)
        todo = _("Press enter again later; the walk-through is kept. x closes it unfinished.")
        await screen.desk.ask(
            Tell(_("Not seen yet"), outcome(proof.sentence, todo=todo), copy=screen.desk.copy_out)
        )
    return False


def _look(session: Session, walk: Walk, lang: str) -> Proof:
    session.sync()
    return proof_now(session, walk, lang)


async def _end(screen: WalkScreen, through: Walkthrough, proof: Proof) -> None:
    outer = await screen.desk.in_store(
        lambda session: conclude(session, through.walk, proof, session.now())
    )
    reload_all(screen)
    lines: list[Content | str] = [*outcome(proof.sentence), "", *_before_and_after(proof)]
    await screen.desk.ask(Tell(_("Done"), lines, copy=screen.desk.copy_out))
    below = screen.app.screen_stack[-2] if len(screen.app.screen_stack) > 1 else None
    waiting = outer is not None and not (
        isinstance(below, WalkScreen) and below.walk_id == outer.id
    )
    if waiting and outer is not None:
        screen.app.switch_screen(WalkScreen(outer.id))
    else:
        screen.app.pop_screen()


def _before_and_after(proof: Proof) -> list[str]:
    before, after = proof.before or {}, proof.after or {}
    lines = []
    for name, label, told in (
        ("ends_at", _("Ends"), _end_told),
        ("kind", _("Kind"), _kind_told),
        ("balance", _("Balance"), _balance_told),
    ):
        was, now = before.get(name), after.get(name)
        if was != now and now is not None:
            change = f"{told(was) if was else '—'} → {told(now)}"
            lines.append(_("{label}: {text}").format(label=label, text=change))
    return lines


def _end_told(value: str) -> str:
    return labels.instant(datetime.fromisoformat(value))


def _kind_told(value: str) -> str:
    return _(labels.KINDS[Kind(value)])


def _balance_told(value: Mapping[str, str]) -> str:
    available = labels.amount(Decimal(value["available"]), value["currency"])
    owed = Decimal(value["owed"])
    if not owed:
        return available
    told = _("owed {amount}").format(amount=labels.amount(owed))
    return f"{available} ({told})"


_STEPS: dict[str, Step] = {
    "save-instance-id": _save_instance_id,
    "renew": _renew,
    "auto-renew": _auto_renew,
    "top-up": _top_up,
    "buy-plan": buy_plan,
    "buy-license": buy_license,
    "upgrade": upgrade,
    "bind": bind,
    "ticket": _ticket,
    "submitted": _submitted,
    "see": _see,
}
