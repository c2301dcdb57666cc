"""An item in line mode: its facts, its rules, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from store import formats
from store.i18n import _
from store.items.assessment import Assessment
from store.items.manual_licenses import manual_license_ids
from store.items.names import item_name
from store.models import License
from store.rules.clauses import CLAUSES
from store.rules.sources import Source
from store.walkthroughs.opening import open_walks
from tui.actions.annotate import write_note
from tui.actions.auto_renew import change_auto_renewal
from tui.actions.binding import bind_license
from tui.actions.edit import accept_proposal, edit_item
from tui.actions.licenses import remove_license
from tui.actions.renew import renew_items
from tui.actions.snooze import snooze_items
from tui.actions.walks import procedures_for, walk_label, walk_through
from tui.commands.registry import command
from tui.line_mode.lines import choose, write_line
from tui.line_mode.prompter import LinePrompter
from tui.panes.item_facts import item_facts
from tui.prompts import Choice, Fact, Menu
from tui.text import labels
from tui.text.details import proposed_kind


async def show_item(prompter: LinePrompter, item_id: str) -> None:
    """Show the item and run what is chosen, until the person goes back."""
    while True:
        overview = prompter.overview
        assessment = overview.of_id(item_id)
        if assessment is None:
            write_line(_("This item is no longer listed."))
            return
        write_line()
        write_line(item_line(assessment, overview.now))
        for fact in item_facts(assessment, overview, prompter.annotations):
            write_line(fact)
        if (lost := assessment.standing.data_lost_at) is not None:
            write_line(Fact(_("Data deleted"), formats.countdown(lost, overview.now)))
        for line in _rules(assessment):
            write_line(line)
        chosen = choose(Menu(item_name(assessment.item), _choices(prompter, assessment)))
        if chosen is None:
            return
        await prompter.attempt(_run_choice(prompter, assessment, chosen.value))


def _choices(prompter: LinePrompter, assessment: Assessment) -> list[Choice[str]]:
    walk = labels.sentence_case(_("walk-through"))
    opened = open_walks(prompter.session, assessment.item.id)
    choices = []
    for procedure in procedures_for(assessment, prompter.session):
        label = _("{label}: {text}").format(label=walk, text=walk_label(procedure, opened))
        choices.append(Choice(procedure.id, label))
    for command_id in _commands(prompter, assessment):
        choices.append(Choice(command_id, labels.sentence_case(command(command_id).title)))
    return choices


def _commands(prompter: LinePrompter, assessment: Assessment) -> Iterator[str]:
    """The IDs of the commands that apply to the item."""
    yield from ("renew", "auto", "note", "snooze")
    item = assessment.item
    is_manual = isinstance(item, License) and item.id in manual_license_ids(
        prompter.session.db, prompter.session.account.name
    )
    if isinstance(item, License):
        yield "bind"
    if is_manual or (not prompter.session.is_practice and item.instance_id):
        yield "edit"
    if is_manual:
        yield "remove"
    if not prompter.session.is_practice and proposed_kind(assessment) is not None:
        yield "accept"


async def _run_choice(prompter: LinePrompter, assessment: Assessment, chosen: str) -> None:
    item_ids = [assessment.item.id]
    match chosen:
        case "renew":
            await renew_items(prompter, item_ids)
        case "auto":
            await change_auto_renewal(prompter, item_ids)
        case "note":
            await write_note(prompter, assessment)
        case "snooze":
            await snooze_items(prompter, item_ids)
        case "edit":
            await edit_item(prompter, assessment)
        case "bind":
            await bind_license(prompter, assessment)
        case "remove" if isinstance(assessment.item, License):
            await remove_license(prompter, assessment.item)
        case "accept":
            await accept_proposal(prompter, assessment)
        case procedure_id:
            await walk_through(prompter, procedure_id, assessment.item.id)


def item_line(assessment: Assessment, now: datetime | None = None) -> str:
    """The item in one line: name, state, severity, next state."""
    parts = [labels.state(assessment), _(labels.SEVERITIES[assessment.severity])]
    following = assessment.standing.next
    if following is not None:
        state = _(labels.STATES[following.state])
        then = _("then {state}, {moment}")
        parts.append(then.format(state=state, moment=formats.instant(following.at, now)))
    name = f"{item_name(assessment.item)} ({assessment.item.id})"
    return _("{label}: {text}").format(label=name, text=_(", ").join(parts))


def _rules(assessment: Assessment) -> Iterator[str]:
    for clause_id in assessment.standing.clauses:
        clause = CLAUSES[clause_id]
        says = _cited(_(clause.says), clause.source)
        yield _("{label}: {text}").format(label=clause.id, text=says)
        for remark in clause.remarks:
            if remark.source is not None:
                yield f"  {_cited(_(remark.text), remark.source)}"


def _cited(text: str, source: Source) -> str:
    return formats.with_aside(text, labels.source_and_date(source))
