"""The draft of a ticket to the cloud's support, as plain text.

It contains what the support asks for, and no secret: the account's name, the item, its Instance ID
or that it is empty, the attempts so far, and each error message.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from store import formats
from store.formats import fill
from store.i18n import N_, _
from store.items.names import item_name
from store.models import Item, Kind, License
from store.sanitize import plain
from store.walkthroughs.procedures import load_procedure
from store.walkthroughs.walk import Walk

SITES = {"china": N_("China site"), "international": N_("international site")}
_KINDS = {
    Kind.ENTERPRISE: N_("IoT Platform, Enterprise Edition instance"),
    Kind.PUBLIC_PREVIOUS: N_("IoT Platform, public instance of the previous version"),
    Kind.PUBLIC_NEW: N_("IoT Platform, public instance of the new version"),
    Kind.LICENSE: N_("ApsaraVideo VOD, SDK license"),
    Kind.PLAN: N_("ApsaraVideo VOD, resource plan"),
    Kind.VOD: N_("ApsaraVideo VOD"),
    Kind.OTHER: N_("other"),
}


class Attempt(Struct, frozen=True):
    """A payment attempt."""

    at: datetime
    operation: str
    """`renew, 12 months`"""
    outcome: str
    error: str | None
    """The cloud's message."""


class TicketFacts(Struct, frozen=True):
    """The facts for a ticket besides the item: the account, and the attempts so far."""

    account: str
    site: str
    """`china` or `international`."""
    walks: Sequence[Walk] = ()
    attempts: Sequence[Attempt] = ()


def draft_ticket(item: Item, tried: TicketFacts) -> str:
    """The text of the ticket, with one fact on each line. Control characters in foreign text are
    shown as marks."""
    lines = [
        fill(_("Help needed with {name}"), name=plain(item_name(item))),
        "",
        fill(
            _("Account: {account}, {site}"), account=plain(tried.account), site=_(SITES[tried.site])
        ),
        fill(_("Product: {kind}"), kind=_(_KINDS[item.kind])),
        *_item_lines(item, tried),
    ]
    if item.ends_at is not None:
        lines.append(fill(_("End: {at}"), at=item.ends_at))
    lines += ["", _("What was tried:")]
    lines += _list_lines(_steps_taken(tried) or [_("nothing yet")])
    lines += ["", _("Error as received:")]
    lines += _list_lines(_errors(tried) or [_("none")])
    lines += ["", _("Please tell us how to keep this running without interruption.")]
    return "\n".join(lines) + "\n"


def _item_lines(item: Item, tried: TicketFacts) -> list[str]:
    lines = []
    if item.region:
        lines.append(fill(_("Region: {region}"), region=plain(item.region)))
    if isinstance(item, License):
        lines += _license_lines(item)
    if item.instance_id:
        lines.append(fill(_("Instance ID: {id}"), id=plain(item.instance_id)))
    else:
        lines.append(_("Instance ID: empty in the console"))
    saved = {walk.saved.get("instance_id", "") for walk in tried.walks} - {"", item.instance_id}
    words = _("Instance ID noted in the console: {id}")
    return [*lines, *(fill(words, id=plain(other)) for other in sorted(saved))]


def _license_lines(item: License) -> list[str]:
    application = _("Application: none, the license is not bound")
    if item.application:
        application = fill(
            _("Application: {application} ({package})"),
            application=plain(item.application),
            package=plain(item.package),
        )
    sdks = plain(formats.joined(item.sdks))
    return [application, fill(_("License: {id}, SDKs: {sdks}"), id=plain(item.id), sdks=sdks)]


def _steps_taken(tried: TicketFacts) -> list[str]:
    """The attempts in order: a line for each walk-through and each payment."""
    taken: list[tuple[datetime, str]] = []
    for walk in tried.walks:
        if walk.procedure != "P-TICKET":
            procedure = load_procedure(walk.procedure)
            step = procedure.step(walk.step).title
            words = _('{at}: {title}, up to the step "{step}"')
            text = fill(words, at=walk.touched_at, title=procedure.title, step=step)
            taken.append((walk.touched_at, text))
    for attempt in tried.attempts:
        words = _("{at}: {operation}, outcome: {outcome}")
        operation, outcome = plain(attempt.operation), plain(attempt.outcome)
        text = fill(words, at=attempt.at, operation=operation, outcome=outcome)
        taken.append((attempt.at, text))
    return [text for _at, text in sorted(taken)]


def _errors(tried: TicketFacts) -> list[str]:
    received = [walk.entered_because for walk in tried.walks]
    received += [attempt.error for attempt in tried.attempts]
    return list(dict.fromkeys(plain(error) for error in received if error))


def _list_lines(lines: Sequence[str]) -> list[str]:
    return [f"- {line}" for line in lines]
