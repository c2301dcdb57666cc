"""`renewal guide`: a walk-through in line mode."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from store.i18n import N_, _
from tui.cli.completion_candidates import item_ids, procedure_ids
from tui.cli.exits import CLOUD
from tui.cli.help_page import Example, PageCommand
from tui.cli.options import Options, json_option, pass_options, print_result
from tui.cli.summaries import SUMMARIES

if TYPE_CHECKING:
    from store.rules.sources import Source
    from store.session import Session
    from store.walkthroughs.procedures import Procedure
    from store.walkthroughs.view import Walkthrough

LIST_SCHEMA = "renewal.guides/1"
STEP_SCHEMA = "renewal.guide/1"


@click.command(
    "guide",
    cls=PageCommand,
    summary=SUMMARIES["guide"],
    details=(
        N_(
            "Without arguments it lists the procedures and the open walk-throughs. "
            "With arguments it starts a walk-through, or continues the open one at "
            "its step. Without a terminal it prints the current step and keeps the "
            "walk-through open."
        ),
    ),
    argument_help={
        "PROCEDURE": N_("The procedure, such as P-IOT-RENEW; leave it out for a list."),
        "ID": N_("The ID of the item; leave it out for P-TOPUP."),
    },
    exits=CLOUD,
    examples=(
        Example("renewal guide", N_("List the procedures and the open walk-throughs.")),
        Example(
            "renewal guide P-IOT-RENEW iot-060a0bcd",
            N_("Renew an Enterprise Edition instance, step by step."),
        ),
    ),
)
@click.argument("procedure", required=False, shell_complete=procedure_ids)
@click.argument("item_id", required=False, metavar="ID", shell_complete=item_ids)
@json_option
@pass_options
def command(options: Options, procedure: str | None, item_id: str | None, *, as_json: bool) -> None:
    """Without a procedure, list walk-throughs; with one, start or continue it."""
    from store.walkthroughs import progress
    from store.walkthroughs.opening import open_walk
    from store.walkthroughs.view import read_walkthrough

    with options.session() as session:
        if session.needs_first_sync():
            session.sync()
        if procedure is None:
            listed = _guide_list(session)
            print_result(_list_document(listed), _list_lines(listed), as_json=as_json)
            return
        walk = open_walk(session, procedure.upper(), item_id or "")
        if not as_json and sys.stdin.isatty() and sys.stdout.isatty():
            from tui.line_mode.prompter import walk_in_lines

            walk_in_lines(session, walk)
            return
        if walk.ended is None:
            walk = progress.store_walk(session.db, walk, session.now())
        through = read_walkthrough(session, walk)
        from tui.text.step_text import step_lines

        print_result(_step_document(through), step_lines(through), as_json=as_json)


class _GuideList(NamedTuple):
    """The contents of the list."""

    account: str
    procedures: Sequence[Procedure]
    open: Sequence[Walkthrough]
    ended: Sequence[Walkthrough]
    """The walk-throughs that listing has just ended, since their goals were reached."""


def _guide_list(session: Session) -> _GuideList:
    from store.walkthroughs.opening import open_walks, resume
    from store.walkthroughs.procedures import all_procedures
    from store.walkthroughs.view import read_walkthrough

    walks = [read_walkthrough(session, resume(session, walk)) for walk in open_walks(session)]
    return _GuideList(
        session.account.name,
        all_procedures(session.account.charged_to),
        [through for through in walks if through.walk.ended is None],
        [through for through in walks if through.walk.ended is not None],
    )


def _list_document(listed: _GuideList) -> dict[str, Any]:
    return {
        "schema": LIST_SCHEMA,
        "procedures": [
            {"id": procedure.id, "title": procedure.title} for procedure in listed.procedures
        ],
        "open": [
            {
                "id": through.walk.id,
                "procedure": through.walk.procedure,
                "item": through.walk.subject.item_id,
                "step": through.position + 1,
                "steps": len(through.steps),
            }
            for through in listed.open
        ],
        "ended": [
            {
                "id": through.walk.id,
                "procedure": through.walk.procedure,
                "item": through.walk.subject.item_id,
                "reason": through.walk.reason,
            }
            for through in listed.ended
        ],
    }


def _list_lines(listed: _GuideList) -> Iterator[str]:
    for procedure in listed.procedures:
        yield f"{procedure.id:<14} {procedure.title}"
    for through in listed.open:
        walk = through.walk
        item = walk.subject.item_id or listed.account
        place = _("step {n} of {steps}").format(n=through.position + 1, steps=len(through.steps))
        yield _("open: {procedure} {item}, {place}").format(
            procedure=walk.procedure, item=item, place=place
        )
    for through in listed.ended:
        walk = through.walk
        yield _("done: {procedure} {item}: {reason}").format(
            procedure=walk.procedure,
            item=walk.subject.item_id or listed.account,
            reason=walk.reason or "",
        )


def _step_document(through: Walkthrough) -> dict[str, Any]:
    step, walk = through.step, through.walk
    return {
        "schema": STEP_SCHEMA,
        "walk": walk.id,
        "ended": walk.ended,
        "reason": walk.reason,
        "procedure": through.procedure.id,
        "item": walk.subject.item_id,
        "step": through.position + 1,
        "steps": len(through.steps),
        "title": step.title,
        "status": through.status.status.value,
        "status_reason": through.status.reason,
        "enter": through.status.enter.value,
        "where": step.where,
        "page": step.page,
        "does": step.does,
        "carry": step.carry,
        "notes": [note.text for note in step.notes],
        "citations": [
            None if note.source is None else _source_document(note.source) for note in step.notes
        ],
        "checks": [
            {
                "id": check.id,
                "outcome": check.outcome.value,
                "text": check.sentence,
                "procedure": check.procedure,
            }
            for check in through.checks
        ],
        "clauses": list(step.clauses),
        "source": _source_document(through.procedure.source),
        "all_steps": [
            {
                "id": shown_step.id,
                "title": shown_step.title,
                "status": shown_step.status.value,
                "reason": shown_step.reason,
            }
            for shown_step in through.steps
        ],
    }


def _source_document(source: Source) -> dict[str, Any]:
    return {
        "document": _(source.title),
        "date": None if source.dated is None else source.dated.isoformat(),
        "url": source.url,
    }
