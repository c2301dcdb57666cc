"""Add, import, edit and remove licenses by hand, since no public API lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from store import formats
from store.errors import BadFile, Usage
from store.i18n import N_, _, counted
from store.inputs import parse_day
from store.items.license_changes import (
    FieldChange,
    ImportPreview,
    changed_fields,
    preview_import,
    stored_license,
)
from store.items.manual_licenses import (
    keep_licenses,
    license_of,
    manual_license_ids,
    remove_licenses,
)
from store.models import License
from store.session import Session
from store.times import json_time
from tui.actions.prompter import Prompter
from tui.actions.sync import sync_now
from tui.actions.undo import UndoEntry
from tui.prompts import (
    Choice,
    Emphasis,
    Field,
    Form,
    Line,
    Menu,
    Message,
    Question,
    WrongField,
    outcome,
)
from tui.text import labels

COLUMNS = {
    "license_id": N_("License ID"),
    "application": N_("Application"),
    "package": N_("Package"),
    "instance_id": N_("Instance ID"),
    "sdks": N_("SDKs"),
    "expires_at": N_("Ends"),
    "monthly_price": N_("Price a month"),
    "auto_renewal_months": N_("Auto-renewal"),
}
"""The columns of a license's row, by their labels."""
_COLUMN_OF = {"ends_at": "expires_at"}


async def add_license(prompter: Prompter) -> None:
    """Ask for a license, and keep it."""

    def check(texts: Mapping[str, str]) -> License:
        item = _license(texts)
        if prompter.overview is not None and prompter.overview.of_id(item.id) is not None:
            message = _("{id} is listed already: edit it instead").format(id=item.id)
            raise WrongField("license_id", message)
        return item

    item = await prompter.fill_in(
        Form(_("Add a license"), _fields(COLUMNS, None), check, _hints(), _("Add"))
    )
    if item is not None:
        name = _("the new license {id}").format(id=item.id)
        await _change(prompter, name, kept=[item], removed=[])


async def edit_license(prompter: Prompter, item: License) -> None:
    """Change a license that was added by hand; its license ID stays."""
    columns = [column for column in COLUMNS if column != "license_id"]

    def check(texts: Mapping[str, str]) -> License:
        return _license({**texts, "license_id": item.id})

    title = _("Edit license {id}").format(id=item.id)
    edited = await prompter.fill_in(Form(title, _fields(columns, item), check, _hints(), _("Save")))
    if edited is not None and changed_fields(item, edited):
        name = _("the change of license {id}").format(id=item.id)
        await _change(prompter, name, kept=[edited], removed=[])


async def is_manual(prompter: Prompter, license_id: str) -> bool:
    """Whether the license was added by hand, so that it can be edited and removed."""
    return await prompter.in_store(
        lambda session: license_id in manual_license_ids(session.db, session.account.name)
    )


async def remove_license(prompter: Prompter, item: License) -> None:
    """Remove a license that was added by hand, after a question. Raises `Usage` for one that the
    cloud lists."""
    if not await is_manual(prompter, item.id):
        raise Usage(_("{id} was not added by hand: the cloud lists it").format(id=item.id))
    title = _("Remove license {id}").format(id=item.id)
    lines = [_described(item), _("Only the entry on this machine is removed.")]
    choices = [Choice("no", _("Keep")), Choice("yes", _("Remove"))]
    if await prompter.choose(Menu(title, choices, lines)) == "yes":
        name = _("the removal of license {id}").format(id=item.id)
        await _change(prompter, name, kept=[], removed=[item.id])


async def import_licenses(prompter: Prompter) -> None:
    """Ask for a file, show what it changes, and import it once that is confirmed."""
    read = await _read_file(prompter)
    if read is None:
        return
    path, preview = read
    title, lines = path.name, list(preview_lines(preview))
    if not preview.kept:
        await prompter.tell(Message(title, [_("Nothing to import."), *lines]))
        return
    count = len(preview.kept)
    verb = counted("Import {n} license", "Import {n} licenses", count)
    if await prompter.choose(Menu(title, [Choice("yes", verb)], lines)) == "yes":
        name = _("the import of {file}").format(file=title)
        await _change(prompter, name, kept=preview.kept, removed=[])
        prompter.notify(counted("{n} license kept", "{n} licenses kept", count))


async def _read_file(prompter: Prompter) -> tuple[Path, ImportPreview] | None:
    """Ask for a path until the file can be read; None: the person left."""
    path = await prompter.ask(_path_question(""))
    while path is not None:
        try:
            return path, await prompter.in_store(partial(_preview, path=path))
        except BadFile as error:
            await prompter.tell(Message(_("Cannot be imported"), outcome(error.message)))
        path = await prompter.ask(_path_question(str(path)))
    return None


def _path_question(path: str) -> Question[Path]:
    columns = ", ".join(COLUMNS)
    lines = [_("The first line names the columns: {columns}.").format(columns=columns)]
    return Question(_("Import licenses"), _("Path of the CSV file"), _path, lines, path)


def _path(text: str) -> Path:
    if not text:
        raise Usage(_("Enter the path of a file"))
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise Usage(_("There is no home folder of that name")) from error


def _preview(session: Session, path: Path) -> ImportPreview:
    return preview_import(session.db, session.account.name, path)


def preview_lines(preview: ImportPreview) -> Iterator[Line]:
    """What the import changes, license by license."""
    if preview.added:
        yield Emphasis(counted("{n} added", "{n} added", len(preview.added)))
        yield from (f"+ {item.id}: {_described(item)}" for item in preview.added)
    if preview.changed:
        yield Emphasis(counted("{n} changed", "{n} changed", len(preview.changed)))
        for change in preview.changed:
            fields = _("; ").join(map(_field_change, change.fields))
            yield _("{label}: {text}").format(label=f"~ {change.after.id}", text=fields)
    if preview.rejected:
        yield Emphasis(counted("{n} rejected", "{n} rejected", len(preview.rejected)))
        yield from (f"! {row.error.message}" for row in preview.rejected)
    if preview.unchanged:
        unchanged = counted("{n} unchanged", "{n} unchanged", len(preview.unchanged))
        yield Emphasis(unchanged)
        yield formats.joined(item.id for item in preview.unchanged)


def _described(item: License) -> str:
    parts = [
        item.application or _("not bound"),
        ", ".join(item.sdks),
        item.instance_id or _("no Instance ID"),
        _("ends {day}").format(day=formats.day(item.ends_at)),
    ]
    return " · ".join(parts)


def _field_change(change: FieldChange) -> str:
    field = _(COLUMNS[_COLUMN_OF.get(change.field, change.field)])
    before, after = _shown(change.field, change.before), _shown(change.field, change.after)
    return f"{field} {before} → {after}"


def _shown(field: str, value: Any) -> str:
    match field:
        case "ends_at":
            return formats.instant(value)
        case "monthly_price":
            return formats.amount(value)
        case "auto_renewal_months":
            return labels.months(value) if value else _("off")
        case "sdks":
            return ", ".join(value)
        case _:
            return value or _("empty")


def _hints() -> list[Line]:
    return [
        _(
            "Leave empty what the console does not show. SDKs are separated by ;, an end is a "
            "date such as 2027-01-31 or a time such as 2027-01-31T12:00:00+08:00."
        )
    ]


def _fields(columns: Iterable[str], item: License | None) -> list[Field]:
    texts = _texts(item)
    return [Field(column, _(COLUMNS[column]), texts[column]) for column in columns]


def _texts(item: License | None) -> dict[str, str]:
    """The fields of a license as a row of text."""
    if item is None:
        return dict.fromkeys(COLUMNS, "")
    return {
        "application": item.application,
        "package": item.package,
        "instance_id": item.instance_id,
        "sdks": "; ".join(item.sdks),
        "expires_at": json_time(item.ends_at) or "",
        "monthly_price": "" if item.monthly_price is None else str(item.monthly_price),
        "auto_renewal_months": str(item.auto_renewal_months or ""),
    }


def _license(texts: Mapping[str, str]) -> License:
    """The license of the form. Raises `Usage` with the label of the wrong field."""
    try:
        return license_of("", {**texts, "expires_at": _instant(texts["expires_at"])})
    except BadFile as error:
        column = error.path.strip()
        expected = _("{label}: expected {expected}")
        message = expected.format(label=_(COLUMNS[column]), expected=error.expected)
        raise WrongField(column, message) from error


def _instant(text: str) -> str:
    """The start of a day that is given alone."""
    try:
        return json_time(parse_day(text)) or text
    except Usage:
        return text


async def _change(
    prompter: Prompter, what: str, kept: Sequence[License], removed: Sequence[str]
) -> None:
    """Keep and remove these licenses, so that it can be undone; then have them matched with the
    billing data."""
    undone = await prompter.in_store(lambda session: _keep(session, kept, removed))
    await _match(prompter)

    async def take_back() -> None:
        await prompter.in_store(undone)
        await _match(prompter)

    prompter.undo_stack.push(UndoEntry(what, take_back))


def _keep(
    session: Session, kept: Sequence[License], removed: Sequence[str]
) -> Callable[[Session], object]:
    """Change the store; returns the job that restores what was there."""
    db, name = session.db, session.account.name
    ids = [*(item.id for item in kept), *removed]
    before = [item for item in (stored_license(db, name, each) for each in ids) if item]
    added = sorted(set(ids) - {item.id for item in before})
    remove_licenses(db, name, removed)
    keep_licenses(db, name, kept)
    return lambda later: _keep(later, before, added)


async def _match(prompter: Prompter) -> None:
    prompter.data_changed()
    if not prompter.session.is_practice:
        await sync_now(prompter, asked_for=False)
