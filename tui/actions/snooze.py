"""Snooze items or mark them as done, with a reason and a day at which they come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from store.annotations.notes import ItemKey, key_of
from store.annotations.snoozes import Snooze, check_until, keep_snooze, latest, made
from store.i18n import N_, _, counted
from store.inputs import parse_day
from store.items.assessment import Assessment
from store.session import Session
from tui.actions.sync import reload_all
from tui.actions.undo import remember
from tui.actions.walks import a_reason
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.screens.base import DeskScreen
from tui.text import labels
from tui.undo_stack import UndoEntry
from tui.widgets.record_table import RecordTable

LENGTHS = (
    (timedelta(days=1), N_("a day")),
    (timedelta(days=3), N_("three days")),
    (timedelta(days=7), N_("a week")),
    (timedelta(days=30), N_("30 days")),
)
DONE, OTHER, WAKE = "done", "other", "wake"


async def snooze_items(
    screen: DeskScreen, item_ids: Sequence[str], table: RecordTable | None = None
) -> None:
    """Ask until when and why; all of the items together."""
    snapshot = screen.snapshot
    if snapshot is None or snapshot.overview.now is None:
        return
    seen = [one for item_id in item_ids if (one := snapshot.seen(item_id)) is not None]
    if not seen:
        return
    now = snapshot.overview.now
    asleep = [one for one in seen if snapshot.own.snooze(one.item)]
    chosen = await screen.desk.ask(_question(seen, now, can_wake=bool(asleep)))
    if chosen is None:
        return
    snoozes: dict[ItemKey, Snooze | None] = dict.fromkeys(key_of(one.item) for one in seen)
    if chosen != WAKE:
        until = await _until(screen, chosen, seen, now)
        if until is None:
            return
        first = _("done") if chosen == DONE else ""
        reason = await screen.desk.ask(
            Ask(_("Snooze"), _("Why? The reason is kept."), a_reason, value=first)
        )
        if reason is None:
            return
        snoozes = {key_of(one.item): made(one, until, reason, now) for one in seen}
    await _keep(screen, snoozes, _named(seen))
    if table is not None:
        table.clear_marks()


def _named(seen: Sequence[Assessment]) -> str:
    if len(seen) == 1:
        return labels.called(seen[0].item)
    return counted("{n} item", "{n} items", len(seen))


def _question(seen: Sequence[Assessment], now: datetime, *, can_wake: bool) -> Choose[str]:
    most = min(latest(one, now) for one in seen)
    too_long = _("{moment} at most, a day before something happens").format(
        moment=labels.instant(most)
    )
    choices = [
        Choice(
            str(number),
            _(label),
            labels.instant(now + length),
            off=too_long if now + length > most else None,
        )
        for number, (length, label) in enumerate(LENGTHS)
    ]
    done = _("done for this time: until {moment} at most").format(moment=labels.instant(most))
    off = too_long if most <= now else None
    choices += [Choice(DONE, done, off=off), Choice(OTHER, _("another day"), off=off)]
    if can_wake:
        choices.insert(0, Choice(WAKE, _("bring it back now")))
    lines = [
        _("It leaves “What happens next”, and nothing else: its pane, its page and `renewal "
          "status` tell of it as before. It comes back by itself on that day, and at once when "
          "its state or its end changes, or when it becomes critical."),
    ]  # fmt: skip
    return Choose(_("Snooze {name}").format(name=_named(seen)), choices, lines=lines)


async def _until(
    screen: DeskScreen, chosen: str, seen: Sequence[Assessment], now: datetime
) -> datetime | None:
    if chosen == DONE:
        return min(latest(one, now) for one in seen)
    if chosen != OTHER:
        return now + LENGTHS[int(chosen)][0]

    def checked(text: str) -> datetime:
        return check_until(seen, parse_day(text), now)

    return await screen.desk.ask(Ask(_("Snooze"), _("Until which day, as 2026-12-01"), checked))


async def _keep(screen: DeskScreen, snoozes: Mapping[ItemKey, Snooze | None], name: str) -> None:
    before = await _put(screen, snoozes)

    async def back() -> None:
        await _put(screen, before)

    remember(screen, UndoEntry(_("the snooze of {name}").format(name=name), back))


async def _put(
    screen: DeskScreen, snoozes: Mapping[ItemKey, Snooze | None]
) -> dict[ItemKey, Snooze | None]:
    def put(session: Session) -> dict[ItemKey, Snooze | None]:
        account = session.account.name
        return {
            key: keep_snooze(session.db, account, key, snooze) for key, snooze in snoozes.items()
        }

    before = await screen.desk.in_store(put)
    reload_all(screen)
    return before
