"""`renewal guide`: a walk-through in line mode."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from store.i18n import N_, _
from tui.cli.completion_candidates import item_ids, procedure_ids
from tui.cli.exits import CLOUD
from tui.cli.help_page import Example, Page
from tui.cli.options import Options, emit, json_option, pass_options
from tui.cli.summaries import SUMMARIES

if TYPE_CHECKING:
    from store.session import Session
    from store.walkthroughs.view import Walkthrough

LIST_SCHEMA = "renewal.guides/1"
STEP_SCHEMA = "renewal.guide/1"


@click.command(
    "guide",
    cls=Page,
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
    """List, start or continue walk-throughs, by which arguments there are."""
    from store.walkthroughs.view import begin, walkthrough

    with options.session() as session:
        lang = options.lang
        if session.needs_first_sync():
            session.sync()
        if procedure is None:
            emit(_listed(session, lang), _list_lines(session, lang), as_json=as_json)
            return
        walk = begin(session, procedure.upper(), item_id or "", lang=lang)
        if not as_json and sys.stdin.isatty() and sys.stdout.isatty():
            from tui.line_mode.walk import walk_in_lines

            walk_in_lines(session, walk.id, lang)
            return
        through = walkthrough(session, walk.id, lang)
        from tui.text.step_text import step_lines

        emit(_step(through), step_lines(through), as_json=as_json)


def _listed(session: Session, lang: str) -> dict[str, Any]:
    from store.walkthroughs.procedures import catalogue
    from tui.snapshot import take_snapshot

    return {
        "schema": LIST_SCHEMA,
        "procedures": [
            {"id": procedure.id, "title": procedure.title} for procedure in catalogue(lang)
        ],
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
    from store.walkthroughs.procedures import catalogue
    from tui.snapshot import take_snapshot

    for procedure in catalogue(lang):
        yield f"{procedure.id:<14} {procedure.title}"
    for line in take_snapshot(session, lang).walks:
        item = line.walk.subject.item_id or session.account.name
        place = _("step {n} of {steps}").format(n=line.position, steps=line.steps)
        yield _("open: {procedure} {item}, {place}").format(
            procedure=line.walk.procedure, item=item, place=place
        )


def _step(through: Walkthrough) -> dict[str, Any]:
    step, source = through.step, through.procedure.source
    return {
        "schema": STEP_SCHEMA,
        "walk": through.walk.id,
        "ended": through.walk.ended,
        "reason": through.walk.reason,
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
