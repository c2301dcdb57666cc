"""Stores and removes licenses that a person enters, so that it can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store import formats
from store.i18n import N_, _
from store.items.license_changes import stored_license
from store.items.manual_licenses import remove_licenses, store_licenses
from store.models import License
from store.session import Session
from tui.actions.prompter import Prompter
from tui.actions.sync import sync_now
from tui.actions.undo import UndoEntry

COLUMNS = {
    "license_id": N_("License ID"),
    "application": N_("Application"),
    "package": N_("Package"),
    "instance_id": N_("Instance ID"),
    "sdks": N_("SDKs"),
    "expires_at": N_("Ends"),
    "monthly_price": N_("Price a month"),
    "auto_renewal_months": N_("Auto-renewal (months)"),
}
"""The columns of a license in a CSV file, with their labels."""


def license_line(item: License) -> str:
    """The license in one line."""
    parts = [
        item.application or _("not bound"),
        ", ".join(item.sdks),
        item.instance_id or _("no Instance ID"),
        _("ends {day}").format(day=formats.day(item.ends_at)),
    ]
    return " · ".join(parts)


async def change_licenses(
    prompter: Prompter, what: str, kept: Sequence[License], removed: Sequence[str]
) -> None:
    """Store and remove these licenses, undoable as `what`; then match them with the billing
    data."""
    undone = await prompter.in_store(lambda session: _change_store(session, kept, removed))
    await _show_and_match(prompter)

    async def take_back() -> None:
        await prompter.in_store(undone)
        await _show_and_match(prompter)

    prompter.undo_stack.push(UndoEntry(what, take_back))


def _change_store(
    session: Session, kept: Sequence[License], removed: Sequence[str]
) -> Callable[[Session], object]:
    """Store and remove the licenses; returns the job that undoes it."""
    db, name = session.db, session.account.name
    ids = [*(item.id for item in kept), *removed]
    before = [item for item in (stored_license(db, name, license_id) for license_id in ids) if item]
    added = sorted(set(ids) - {item.id for item in before})
    remove_licenses(db, name, removed)
    store_licenses(db, name, kept)
    return lambda later: _change_store(later, before, added)


async def _show_and_match(prompter: Prompter) -> None:
    prompter.data_changed()
    if not prompter.session.is_practice:
        await sync_now(prompter, asked_for=False)
