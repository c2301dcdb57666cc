"""Add, edit and remove licenses by hand, since no public API lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from store.errors import BadFile, Usage
from store.i18n import _
from store.inputs import parse_day
from store.items.license_changes import changed_fields
from store.items.manual_licenses import manual_license_ids, parse_license
from store.models import License
from store.times import json_time
from tui.actions.license_entries import COLUMNS, change_licenses, license_line
from tui.actions.prompter import Prompter
from tui.prompts import Choice, Form, FormField, Line, Menu, WrongField


async def add_license(prompter: Prompter) -> str | None:
    """Ask for a license, and store it. Its license ID; None if the person left."""

    def check(texts: Mapping[str, str]) -> License:
        item = _parse_license(texts)
        if prompter.overview is not None and prompter.overview.of_id(item.id) is not None:
            message = _("{id} is listed already: edit it instead").format(id=item.id)
            raise WrongField("license_id", message)
        return item

    item = await prompter.fill_in(
        Form(_("Add a license"), _fields(COLUMNS, None), check, _hints(), _("Add"))
    )
    if item is None:
        return None
    name = _("the new license {id}").format(id=item.id)
    await change_licenses(prompter, name, kept=[item], removed=[])
    return item.id


async def edit_license(prompter: Prompter, item: License) -> None:
    """Edit a license that was added by hand; its license ID stays."""
    columns = [column for column in COLUMNS if column != "license_id"]

    def check(texts: Mapping[str, str]) -> License:
        return _parse_license({**texts, "license_id": item.id})

    title = _("Edit license {id}").format(id=item.id)
    edited = await prompter.fill_in(Form(title, _fields(columns, item), check, _hints(), _("Save")))
    if edited is not None and changed_fields(item, edited):
        name = _("the change of license {id}").format(id=item.id)
        await change_licenses(prompter, name, kept=[edited], removed=[])


async def is_manual(prompter: Prompter, license_id: str) -> bool:
    """Whether the license was added by hand: only then it can be edited and removed."""
    return await prompter.in_store(
        lambda session: license_id in manual_license_ids(session.db, session.account.name)
    )


async def remove_license(prompter: Prompter, item: License) -> None:
    """Remove a license that was added by hand, after asking. Raises `Usage` for one that the cloud
    lists."""
    if not await is_manual(prompter, item.id):
        raise Usage(_("{id} was not added by hand: the cloud lists it").format(id=item.id))
    title = _("Remove license {id}").format(id=item.id)
    lines = [license_line(item), _("Only the entry on this machine is removed.")]
    choices = [Choice("no", _("Keep")), Choice("yes", _("Remove"))]
    if await prompter.choose(Menu(title, choices, lines, has_refusal=True)) == "yes":
        name = _("the removal of license {id}").format(id=item.id)
        await change_licenses(prompter, name, kept=[], removed=[item.id])


def _hints() -> list[Line]:
    return [
        _(
            "Leave empty what the console does not show. SDKs are separated by ;, an end is a "
            "date such as 2027-01-31 or a time such as 2027-01-31T12:00:00+08:00."
        )
    ]


def _fields(columns: Iterable[str], item: License | None) -> list[FormField]:
    texts = _field_texts(item)
    return [FormField(column, _(COLUMNS[column]), texts[column]) for column in columns]


def _field_texts(item: License | None) -> dict[str, str]:
    """The texts of a license's fields, by column; empty texts for a new license."""
    if item is None:
        return dict.fromkeys(COLUMNS, "")
    return {
        "application": item.application,
        "package": item.package,
        "instance_id": item.instance_id,
        "sdks": "; ".join(item.sdks),
        "expires_at": _end_text(item.ends_at),
        "monthly_price": "" if item.monthly_price is None else str(item.monthly_price),
        "auto_renewal_months": str(item.auto_renewal_months or ""),
    }


def _parse_license(texts: Mapping[str, str]) -> License:
    """Parse the texts of the form. Raises `WrongField` with the label of the invalid field."""
    try:
        return parse_license("", {**texts, "expires_at": _parse_end(texts["expires_at"])})
    except BadFile as error:
        column = error.path.strip()
        expected = _("{label}: expected {expected}")
        message = expected.format(label=_(COLUMNS[column]), expected=error.expected)
        raise WrongField(column, message) from error


def _end_text(ends_at: datetime) -> str:
    """The end as a person enters it: the date alone if it is the start of a day."""
    text = json_time(ends_at) or ""
    day = text[: len("YYYY-MM-DD")]
    return day if _parse_end(day) == text else text


def _parse_end(text: str) -> str:
    """The start of the day if the text is a date alone; any other text as it is."""
    try:
        return json_time(parse_day(text)) or text
    except Usage:
        return text
