"""The draft of a ticket to the cloud's support, as plain text.

It holds what the support asks for, and no secret: the account's name, the item, its
Instance ID or that it is empty, what was tried, and each error as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct

from store.models import Item, License
from store.sanitize import plain
from store.times import in_utc8
from store.walkthroughs.procedures import load
from store.walkthroughs.sentences import say
from store.walkthroughs.walk import Walk

Attempt = tuple[datetime, str, str, str | None]
"""A payment that was tried: when, what (`renew, 12 months`), its outcome, the error."""


class Tried(Struct, frozen=True):
    """Who asks, and what was tried before."""

    account: str
    site: str
    """`china` or `international`."""
    walks: Sequence[Walk] = ()
    attempts: Sequence[Attempt] = ()


def draft(
    item: Item,
    tried: Tried,
    lang: str = "en",
    when: Callable[[datetime], str] = in_utc8,
) -> str:
    """The text of the ticket, one fact a line.

    Foreign text stays on its line: control characters in it are shown as escapes.
    """
    site = say(f"site-{tried.site}", lang)
    lines = [
        say("ticket-about", lang, name=plain(item.name)),
        "",
        say("ticket-account", lang, account=plain(tried.account), site=site),
        say("ticket-kind", lang, kind=say(f"kind-{item.kind}", lang)),
        *_of_item(item, tried, lang),
    ]
    if item.ends_at is not None:
        lines.append(say("ticket-end", lang, at=when(item.ends_at)))
    errors = _errors(tried)
    lines += [
        "",
        say("ticket-tried", lang),
        *(_list(_steps_taken(tried, lang, when)) or [f"- {say('ticket-nothing', lang)}"]),
        "",
        say("ticket-errors", lang),
        *(_list(errors) or [f"- {say('ticket-no-error', lang)}"]),
        "",
        say("ticket-wish", lang),
    ]
    return "\n".join(lines) + "\n"


def _of_item(item: Item, tried: Tried, lang: str) -> list[str]:
    lines = []
    if item.region:
        lines.append(say("ticket-region", lang, region=plain(item.region)))
    if isinstance(item, License):
        sdks = plain(("、" if lang == "zh" else ", ").join(item.sdks))
        lines.append(
            say(
                "ticket-application",
                lang,
                application=plain(item.application),
                package=plain(item.package),
            )
            if item.application
            else say("ticket-unbound", lang)
        )
        lines.append(say("ticket-license", lang, id=plain(item.id), sdks=sdks))
    if item.instance_id:
        lines.append(say("ticket-id", lang, id=plain(item.instance_id)))
    else:
        lines.append(say("ticket-id-empty", lang))
    saved = {walk.saved.get("instance_id", "") for walk in tried.walks} - {"", item.instance_id}
    lines += [say("ticket-id-saved", lang, id=plain(other)) for other in sorted(saved)]
    return lines


def _steps_taken(tried: Tried, lang: str, when: Callable[[datetime], str]) -> list[str]:
    taken = []
    for walk in (one for one in tried.walks if one.procedure != "P-TICKET"):
        procedure = load(walk.procedure, lang)
        at, step = walk.touched_at, procedure.step(walk.step).title
        words = {"title": procedure.title, "step": step}
        taken.append((at, say("ticket-walk", lang, at=when(at), **words)))
    for at, operation, outcome, _ in tried.attempts:
        words = {"operation": plain(operation), "outcome": plain(outcome)}
        taken.append((at, say("ticket-attempt", lang, at=when(at), **words)))
    return [line for _, line in sorted(taken)]


def _errors(tried: Tried) -> list[str]:
    received = [walk.entered_because for walk in tried.walks]
    received += [error for _, _, _, error in tried.attempts]
    return list(dict.fromkeys(plain(error) for error in received if error))


def _list(lines: Sequence[str]) -> list[str]:
    return [f"- {line}" for line in lines]
