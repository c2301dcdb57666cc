"""Import licenses from a CSV file, after a preview of the changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from store import formats
from store.errors import Usage
from store.i18n import _, counted
from store.items.license_changes import FieldChange, ImportPreview, preview_import
from store.session import Session
from tui.actions.license_entries import COLUMNS, change_licenses, license_line
from tui.actions.prompter import Prompter
from tui.prompts import Choice, Emphasis, Line, Menu, Message, Question, outcome
from tui.text import labels

_COLUMN_OF_FIELD = {"ends_at": "expires_at"}


async def import_licenses(prompter: Prompter) -> None:
    """Ask for a file, show its changes, and import it once they are confirmed."""
    file_with_preview = await _read_file(prompter)
    if file_with_preview is None:
        return
    path, preview = file_with_preview
    title, lines = path.name, list(preview_lines(preview))
    if not preview.kept:
        await prompter.tell(Message(title, [_("Nothing to import."), *lines]))
        return
    count = len(preview.kept)
    verb = counted("Import {n} license", "Import {n} licenses", count)
    if await prompter.choose(Menu(title, [Choice("yes", verb)], lines)) == "yes":
        name = _("the import of {file}").format(file=title)
        await change_licenses(prompter, name, kept=preview.kept, removed=[])
        prompter.notify(counted("{n} license kept", "{n} licenses kept", count))


async def _read_file(prompter: Prompter) -> tuple[Path, ImportPreview] | None:
    """Ask for a path until its file can be read; None: the person left."""
    path = await prompter.ask(_path_question(""))
    while path is not None:
        try:
            return path, await prompter.in_store(partial(_preview_file, path=path))
        except Usage as error:
            await prompter.tell(Message(_("Cannot be imported"), outcome(error.message)))
        path = await prompter.ask(_path_question(str(path)))
    return None


def _path_question(path: str) -> Question[Path]:
    columns = ", ".join(COLUMNS)
    lines = [_("The first line names the columns: {columns}.").format(columns=columns)]
    return Question(_("Import licenses"), _("Path of the CSV file"), _parse_path, lines, path)


def _parse_path(text: str) -> Path:
    if not text:
        raise Usage(_("Enter the path of a file"))
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise Usage(_("There is no home folder of that name")) from error


def _preview_file(session: Session, path: Path) -> ImportPreview:
    return preview_import(session.db, session.account.name, path)


def preview_lines(preview: ImportPreview) -> Iterator[Line]:
    """The changes of an import, license by license."""
    if preview.added:
        yield Emphasis(counted("{n} added", "{n} added", len(preview.added)))
        yield from (f"+ {item.id}: {license_line(item)}" for item in preview.added)
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


def _field_change(change: FieldChange) -> str:
    field = _(COLUMNS[_COLUMN_OF_FIELD.get(change.field, change.field)])
    before, after = (
        _value_text(change.field, change.before),
        _value_text(change.field, change.after),
    )
    return f"{field} {before} → {after}"


def _value_text(field: str, value: Any) -> str:
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
