"""`renewal guide`: a walk-through in line mode."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import Options, emit, json_option, pass_options

if TYPE_CHECKING:
    from store.session import Session
    from store.walks.walkthrough import Walkthrough

LIST_SCHEMA = "renewal.guides/1"
STEP_SCHEMA = "renewal.guide/1"


@click.command("guide")
@click.argument("procedure", required=False)
@click.argument("item_id", required=False, metavar="ID")
@json_option
@pass_options
def command(options: Options, procedure: str | None, item_id: str | None, *, as_json: bool) -> None:
    """A walk-through in line mode. Without arguments: the procedures and the open ones."""
    from store.walks.walkthrough import begin, walkthrough

    lang = options.lang or "en"
    with options.session() as session:
        if session.needs_first_sync():
            session.sync()
        if procedure is None:
            emit(_listed(session, lang), _list_lines(session, lang), as_json=as_json)
            return
        walk = begin(session, procedure.upper(), item_id or "")
        if not as_json and sys.stdin.isatty() and sys.stdout.isatty():
            from tui.line.asking import EndOfAnswersError
            from tui.line.walking import walk_in_lines

            with suppress(EndOfAnswersError):
                walk_in_lines(session, walk.id, lang)
            return
        through = walkthrough(session, walk.id, lang)
        emit(_step(through), step_lines(through), as_json=as_json)


def _listed(session: Session, lang: str) -> dict[str, Any]:
    from store.procedures import catalogue
    from tui.snapshot import take_snapshot

    return {
        "schema": LIST_SCHEMA,
        "procedures": [{"id": one.id, "title": one.title} for one in catalogue(lang)],
        "open": [
            {
                "id": line.walk.id,
                "procedure": line.walk.procedure,
                "item": line.walk.subject.item_id,
                "step": line.position,
                "steps": line.steps,
            }
            for line in take_snapshot(session, lang).walks
        ],
    }


def _list_lines(session: Session, lang: str) -> Iterator[str]:
    from store.procedures import catalogue
    from tui.snapshot import take_snapshot

    for one in catalogue(lang):
        yield f"{one.id:<14} {one.title}"
    for line in take_snapshot(session, lang).walks:
        item = line.walk.subject.item_id or session.account.name
        yield f"open: {line.walk.procedure} {item}, step {line.position} of {line.steps}"


def _step(through: Walkthrough) -> dict[str, Any]:
    step, source = through.step, through.procedure.source
    return {
        "schema": STEP_SCHEMA,
        "walk": through.walk.id,
        "procedure": through.procedure.id,
        "item": through.walk.subject.item_id,
        "step": through.position + 1,
        "steps": len(through.procedure.steps),
        "title": step.title,
        "where": step.where,
        "page": step.page,
        "does": step.does,
        "carry": step.carry,
        "notes": list(step.notes),
        "clauses": list(step.clauses),
        "source": {
            "document": source.document,
            "date": source.date.isoformat(),
            "url": source.url,
        },
    }


def step_lines(through: Walkthrough) -> Iterator[str]:
    """The present step as lines, with its document and date."""
    step, source = through.step, through.procedure.source
    name = through.item.name if through.item else through.walk.subject.account
    yield f"{through.procedure.title} ({through.procedure.id}) · {name}"
    yield f"Step {through.position + 1} of {len(through.procedure.steps)}: {step.title}"
    yield f"Where: {step.where}"
    yield f"Page: {step.page}"
    yield step.does
    if step.carry:
        yield from (f"Carry: {line}" for line in step.carry.split("\n") if line)
    yield from step.notes
    if through.position == 0:
        yield from (f"[{check.outcome.value}] {check.sentence}" for check in through.checks)
    yield f"Source: {source.document}, {source.date.isoformat()} · {' '.join(step.clauses)}"
    yield source.url
