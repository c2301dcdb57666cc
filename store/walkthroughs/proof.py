"""Proof that the goal of a procedure is reached, by the cloud's own data.

The only exception is a ticket, whose submission only the person can confirm.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from store import formats
from store.formats import fill
from store.i18n import _
from store.walkthroughs.goals import judge_goal, parse_instant
from store.walkthroughs.walk import Snapshot


class Proof(Struct, frozen=True):
    """Whether the goal is reached, and a sentence about it."""

    procedure: str
    item_id: str
    is_shown: bool
    sentence: str
    since: datetime | None
    """The instant of `before`: the start of the period in question."""
    before: Snapshot | None
    after: Snapshot | None


def prove_goal(
    procedure: str, before: Snapshot | None, after: Snapshot, now: datetime | None = None
) -> Proof:
    """Compare the snapshot at the start with that by the last sync, both of the same item.

    `now`: as in `formats.fill`.
    """
    is_shown, words, values = judge_goal(procedure, before, after)
    sentence = fill(words, now, **values)
    since = None if before is None else parse_instant(before["at"])
    if since is not None and not is_shown:
        waiting = fill(_("Not there yet; looking since {at}."), now, at=since)
        sentence = formats.sentences([sentence, waiting])
    return Proof(procedure, after["id"], is_shown, sentence, since, before, after)


def in_full(proof: Proof) -> Proof:
    """The proof with a sentence that tells year and zone of each instant, to be stored."""
    if proof.after is None:
        return proof
    return prove_goal(proof.procedure, proof.before, proof.after)


def submitted_proof(item_id: str, number: str = "") -> Proof:
    """The proof for P-TICKET: the person reports that the ticket was submitted, possibly with its
    number, which is stored with the walk."""
    number = number.strip()
    words = (
        fill(_("The ticket was submitted as {number}."), number=number)
        if number
        else _("The ticket was submitted.")
    )
    return Proof(
        "P-TICKET", item_id, is_shown=True, sentence=words, since=None, before=None, after=None
    )
