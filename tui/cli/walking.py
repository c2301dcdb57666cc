"""A walk-through on a terminal, as numbered questions, one line after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from store.errors import RenewalError
from store.walks import progress
from store.walks.walkthrough import conclude, proof_now, walkthrough
from tui.cli.guide import step_lines
from tui.cli.options import say
from tui.plain import plain

if TYPE_CHECKING:
    from store.session import Session
    from store.walks.walkthrough import Walkthrough

ANSWERS = (
    "done, next step",
    "back one step",
    "save the Instance ID",
    "look whether it worked",
    "close it unfinished",
    "leave it for later",
)


def walk_in_lines(session: Session, walk_id: str, lang: str) -> None:
    """Ask what to do after each step, until the walk ends or is left; it is kept."""
    while True:
        through = walkthrough(session, walk_id, lang)
        if through.walk.ended:
            return
        for number, answer in enumerate(ANSWERS, 1):
            say(f"{number} {answer}")
        choice = click.prompt("Number", type=click.IntRange(1, len(ANSWERS)), err=True)
        if choice == len(ANSWERS):
            return
        try:
            _answer(session, through, choice)
        except RenewalError as error:
            say(error.message)
            continue
        after = walkthrough(session, walk_id, lang)
        for line in step_lines(after):
            click.echo(plain(line, limit=4000))


def _answer(session: Session, through: Walkthrough, choice: int) -> None:
    db, walk_id, now = session.db, through.walk.id, session.now()
    match choice:
        case 1:
            progress.go_on(db, walk_id, now)
        case 2:
            progress.back(db, walk_id, now)
        case 3:
            typed = click.prompt("Instance ID", default=through.instance_id, err=True)
            progress.save(db, walk_id, "instance_id", typed, now)
        case 4:
            session.sync()
            shown = proof_now(session, through.walk)
            say(shown.sentence)
            if shown.shown:
                conclude(session, through.walk, shown, now)
        case _:
            reason = click.prompt("Why? The reason is kept", err=True)
            progress.close(db, walk_id, reason, now)
