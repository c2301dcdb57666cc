"""Composes the messages of `renewal notify` in plain text."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import datetime

from store import formats
from store.export.notices import Notice, Reason
from store.export.notify import Message
from store.i18n import N_, _, counted
from store.items.names import item_name
from store.items.overview import Overview
from store.money import format_money
from store.sanitize import plain
from tui.text import labels
from tui.text.tones import SIGNS

MAX_ITEMS = 50
_RENEWED_BY_COMMAND = ("P-IOT-RENEW", "P-LIC-RENEW")

_SENTENCES = {
    Reason.LOST: N_("{consequence}, since {when}"),
    Reason.CRITICAL: N_("{consequence}: {when}"),
    Reason.DUE: N_("{consequence}: {when}"),
    Reason.RENEWED: N_("renewed: it now ends {when}"),
}


def compose(overview: Overview, notices: Sequence[Notice]) -> Message:
    """The message about these notices, the most urgent first."""
    now = overview.now
    lines = [line for notice in notices[:MAX_ITEMS] for line in _lines(notice, overview, now)]
    if len(notices) > MAX_ITEMS:
        lines.append(counted("{n} more", "{n} more", len(notices) - MAX_ITEMS))
    lines += (
        ["", _("Times are in {zone}.").format(zone=formats.zone(formats.local(now)))] if now else []
    )
    return Message(_title(overview, notices), "\n".join(lines))


def test_message(account: str) -> Message:
    """A message that tests an address."""
    return Message(
        _("Renewal Assistant · {account}: test").format(account=plain(account, limit=200)),
        _("This is a test message. No action is needed."),
    )


def _title(overview: Overview, notices: Sequence[Notice]) -> str:
    urgent = sum(notice.reason in {Reason.LOST, Reason.CRITICAL, Reason.OWED} for notice in notices)
    counts = [counted("{n} critical", "{n} critical", urgent)] if urgent else []
    if others := len(notices) - urgent:
        counts.append(counted("{n} notice", "{n} notices", others))
    return _("Renewal Assistant · {account}: {counts}").format(
        account=plain(overview.account, limit=200), counts=formats.joined(counts)
    )


def _lines(notice: Notice, overview: Overview, now: datetime | None) -> list[str]:
    if notice.assessment is None:
        return [_of_account(notice, overview, now)]
    assessment = notice.assessment
    item = assessment.item
    mark = SIGNS[labels.tone(assessment)].strip() or "✓"
    name, item_id = plain(item_name(item), limit=200), plain(item.id, limit=200)
    who = f"{mark} {name} ({_(labels.KINDS[item.kind])}, {item_id})"
    sentence = _(_SENTENCES[notice.reason]) if notice.reason in _SENTENCES else ""
    what = sentence.format(
        consequence=labels.consequence(assessment) or labels.state(assessment),
        when=formats.countdown(notice.at, now) or _("now"),
    )
    lines = [f"{who}: {what or labels.consequence(assessment) or labels.state(assessment)}"]
    if notice.reason is not Reason.RENEWED and assessment.standing.remedy:
        lines.append(f"   {_remedy(overview, assessment.standing.remedy, item)}")
    return lines


def _remedy(overview: Overview, procedure: str, item: object) -> str:
    item_id = plain(getattr(item, "id", ""), limit=200)
    instance_id = plain(getattr(item, "instance_id", ""), limit=200) or item_id
    if procedure in _RENEWED_BY_COMMAND:
        command, key = _command(overview, "renew", instance_id, "--months", "12"), "r"
    else:
        command, key = _command(overview, "guide", procedure, item_id), "w"
    return _("To {remedy}: {command}, or press {key} in the app").format(
        remedy=_(labels.REMEDIES[procedure]), command=command, key=key
    )


def _command(overview: Overview, *words: str) -> str:
    """The command line for the account of the message, which need not be the default one."""
    return shlex.join(["renewal", "--account", plain(overview.account, limit=200), *words])


def _of_account(notice: Notice, overview: Overview, now: datetime | None) -> str:
    when = formats.countdown(notice.at, now)
    if notice.reason is Reason.SYNC_FAILED:
        error = overview.sync_error.message if overview.sync_error else ""
        return _(
            "? The last successful sync was {when}, so this may be out of date: {error}"
        ).format(when=when, error=plain(error, limit=200))
    if notice.reason is Reason.CLOCK:
        return _(
            "? The data is from {when}, later than the clock of the machine "
            "({now}), so nothing can be assessed. Set its clock."
        ).format(when=when, now=formats.countdown(now, now) if now else "?")
    forecast, balance = overview.forecast, overview.balance
    top_up = _command(overview, "guide", "P-TOPUP")
    if notice.reason is Reason.OWED and balance is not None:
        return _(
            "! {owed}. Until it is paid, nothing can be renewed or bought, and what is billed by "
            "use can stop. Pay it: {command}"
        ).format(owed=labels.owed(balance), command=top_up)
    short = forecast.shortfall if forecast else None
    amount = format_money(short, balance.currency) if short is not None and balance else "?"
    return _("! The balance is {amount} short from {when}. Top up: {command}").format(
        amount=amount, when=when, command=top_up
    )
