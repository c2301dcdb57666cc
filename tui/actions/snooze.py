"""Snooze items or mark them as done, until a day and for a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from store import formats
from store.annotations.notes import ItemKey, item_key
from store.annotations.snoozes import (
    LONGEST,
    Snooze,
    active_snoozes,
    check_until,
    latest_end,
    load_snoozes,
    make_snooze,
    store_snooze,
)
from store.i18n import N_, _, counted
from store.inputs import parse_day
from store.items.assessment import Assessment
from store.items.names import item_name
from store.session import Session
from tui.actions.prompter import Prompter
from tui.actions.undo import UndoEntry
from tui.actions.walks import check_reason
from tui.prompts import Choice, Menu, Question

LENGTHS = (
    (timedelta(days=1), N_("1 day")),
    (timedelta(days=3), N_("3 days")),
    (timedelta(days=7), N_("1 week")),
    (timedelta(days=30), N_("30 days")),
)
DONE, OTHER, WAKE = "done", "other", "wake"

Snoozes = Mapping[ItemKey, Snooze | None]
"""The snooze of each item; None: it is not snoozed."""


async def snooze_items(prompter: Prompter, item_ids: Sequence[str]) -> bool:
    """Ask until when and why, for all items together; returns whether it was done."""
    overview = prompter.overview
    if overview is None or overview.now is None:
        return False
    assessments = (overview.of_id(item_id) for item_id in item_ids)
    items = [assessment for assessment in assessments if assessment is not None]
    if not items:
        return False
    now, keys = overview.now, {item_key(assessment.item) for assessment in items}
    can_wake = await prompter.in_store(
        lambda session: bool(
            active_snoozes(load_snoozes(session.db, session.account.name), items, now)
        )
    )
    chosen = await prompter.choose(_menu(items, now, can_wake=can_wake))
    if chosen is None:
        return False
    new_snoozes: Snoozes = dict.fromkeys(keys)
    if chosen != WAKE:
        until = await _ask_until(prompter, chosen, items, now)
        if until is None:
            return False
        reason = await _ask_reason(prompter, _("done") if chosen == DONE else "")
        if reason is None:
            return False
        new_snoozes = {
            item_key(assessment.item): make_snooze(assessment, until, reason, now)
            for assessment in items
        }
    await _save_undoable(prompter, new_snoozes, _names_of_items(items))
    return True


def _names_of_items(items: Sequence[Assessment]) -> str:
    if len(items) == 1:
        return item_name(items[0].item)
    return counted("{n} item", "{n} items", len(items))


def _menu(items: Sequence[Assessment], now: datetime, *, can_wake: bool) -> Menu[str]:
    last = min(latest_end(assessment, now) for assessment in items)
    latest_text = formats.instant(last, now)
    too_late = _("something happens within a day") if last <= now else None
    choices = [
        Choice(
            str(number),
            _(label),
            formats.instant(now + length, now),
            off=too_late or (_("too long") if now + length > last else None),
        )
        for number, (length, label) in enumerate(LENGTHS)
    ]
    done = _("Mark done (hidden until {moment} at the latest)").format(moment=latest_text)
    choices += [Choice(DONE, done, off=too_late), Choice(OTHER, _("Other date"), off=too_late)]
    if can_wake:
        choices.insert(0, Choice(WAKE, _("Show it again now")))
    lines = [
        _("A snoozed item is hidden only from the due list. It comes back on that date, or earlier "
          "if its state or its end changes or if it becomes critical."),
    ]  # fmt: skip
    if too_late is None and last < now + LONGEST:
        latest_line = _("Until {moment} at the latest, a day before something happens.")
        lines.append(latest_line.format(moment=latest_text))
    return Menu(_("Snooze {name}").format(name=_names_of_items(items)), choices, lines)


async def _ask_until(
    prompter: Prompter, chosen: str, items: Sequence[Assessment], now: datetime
) -> datetime | None:
    if chosen == DONE:
        return min(latest_end(assessment, now) for assessment in items)
    if chosen != OTHER:
        return now + LENGTHS[int(chosen)][0]

    def check(text: str) -> datetime:
        return check_until(items, parse_day(text), now)

    return await prompter.ask(Question(_("Snooze"), _("Until (YYYY-MM-DD)"), check))


async def _ask_reason(prompter: Prompter, proposed: str) -> str | None:
    prompt = _("Reason")
    return await prompter.ask(Question(_("Snooze"), prompt, check_reason, value=proposed))


async def _save_undoable(prompter: Prompter, wanted: Snoozes, name: str) -> None:
    before = await _save(prompter, wanted)

    async def take_back() -> None:
        await _save(prompter, before)

    prompter.undo_stack.push(UndoEntry(_("the snooze of {name}").format(name=name), take_back))


async def _save(prompter: Prompter, wanted: Snoozes) -> Snoozes:
    """Save the snoozes; returns those that they replace."""

    def save(session: Session) -> Snoozes:
        account = session.account.name
        return {
            key: store_snooze(session.db, account, key, snooze) for key, snooze in wanted.items()
        }

    before = await prompter.in_store(save)
    prompter.data_changed()
    return before
