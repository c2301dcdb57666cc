"""Bind an unbound license to an application (LIC-6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from msgspec.structs import replace

from store import formats
from store.clouds import Capability, Console
from store.errors import Stopped, Usage
from store.i18n import _
from store.items.assessment import Assessment
from store.items.license_changes import stored_license
from store.items.manual_licenses import manual_license_ids, store_licenses
from store.items.names import distinct_names, item_name
from store.items.spare_licenses import spare_licenses, unbound_licenses
from store.models import License
from store.payments.policy import check_not_read_only
from store.session import Session
from tui.actions.prompter import Prompter
from tui.prompts import Choice, Menu, Question

ANOTHER = ""
"""The choice of an application that is not listed."""


async def bind_license(prompter: Prompter, assessment: Assessment) -> None:
    """Bind this license, or an unbound one of the account in its place. If only the console can
    bind, open its walk-through."""
    item = assessment.item
    if not isinstance(item, License):
        raise Usage(_("only a license is bound to an application"))
    unbound = _spare_licenses_for(prompter, item)
    if item.application and not unbound:
        raise Stopped(
            _(
                "No unbound license has all the SDKs of {name} and ends later. Renew it, or buy "
                "a license and bind that."
            ).format(name=item_name(item))
        )
    if Capability.BIND not in prompter.session.capabilities:
        from tui.actions.walks import walk_through

        await walk_through(prompter, "P-LIC-REPLACE", item.id)
        return
    check_not_read_only(prompter.session.read_only)
    license_id: str | None = item.id
    application: str | None = item.application
    if item.application:
        license_id = await choose_license(prompter, unbound, item.application)
    else:
        application = await _choose_application(prompter, item)
    if license_id is not None and application is not None:
        name = _license_name(prompter, license_id)
        await bind_here(prompter, license_id, application)
        prompter.data_changed()
        prompter.notify(
            _("{license} is bound to {application}").format(license=name, application=application)
        )


def _license_name(prompter: Prompter, license_id: str) -> str:
    """The name of a license, or its ID if another license has the same name."""
    overview = prompter.overview
    if overview is None or not overview.items:
        return license_id
    return distinct_names(overview.items.db, overview.account, [license_id])[license_id]


def _spare_licenses_for(prompter: Prompter, item: License) -> Sequence[License]:
    """The unbound licenses that can replace this bound one."""
    overview = prompter.overview
    if overview is None or not overview.items:
        return ()
    return spare_licenses(item, unbound_licenses(overview.items.undated, item))


async def choose_license(
    prompter: Prompter, unbound: Sequence[License], application: str = ""
) -> str | None:
    """Ask for a license to bind; its ID. `application`: what it is bound to, if known already."""
    title = _("Choose a license to bind")
    if application:
        title = _("Bind a license to {application}").format(application=application)
    choices = []
    for license_ in unbound:
        end = _("ends {day}").format(day=formats.day(license_.ends_at))
        hint = " · ".join((license_.id, license_.instance_id, end))
        choices.append(Choice(license_.id, formats.joined(license_.sdks), hint))
    return await prompter.choose(Menu(title, choices))


async def _choose_application(prompter: Prompter, item: License) -> str | None:
    """Ask for an application: one whose license this one can replace, or any other."""
    choices = [
        Choice(bound.application, bound.application, formats.day(bound.ends_at))
        for bound in _replaceable(prompter, item)
    ]
    if choices:
        choices.append(Choice(ANOTHER, _("Another application")))
        chosen = await prompter.choose(Menu(_("Bind the license"), choices))
        if chosen != ANOTHER:
            return chosen
    return await ask_application(prompter)


def _replaceable(prompter: Prompter, item: License) -> list[License]:
    """The bound licenses that this one can replace, one for each application, the first to end
    first."""
    overview = prompter.overview
    undated = overview.items.undated if overview and overview.items else ()
    licenses = (other.item for other in undated if isinstance(other.item, License))
    replaceable = [license_ for license_ in licenses if spare_licenses(license_, [item])]
    first_to_end: dict[str, License] = {}
    for license_ in sorted(replaceable, key=_end_key):
        first_to_end.setdefault(license_.application, license_)
    return list(first_to_end.values())


def _end_key(item: License) -> tuple[float, str]:
    return item.ends_at.timestamp(), item.id


async def ask_application(prompter: Prompter, proposed: str = "") -> str | None:
    """Ask for the name of an application."""
    question = Question(_("Bind the license"), _("Application"), _check_application, value=proposed)
    return await prompter.ask(question)


def _check_application(text: str) -> str:
    if not text:
        raise Usage(_("Enter the name of the application"))
    return text


async def bind_here(prompter: Prompter, license_id: str, application: str) -> None:
    """Bind the license in the cloud; for one added by hand, only change its entry. Raises `Stopped`
    if read-only."""
    check_not_read_only(prompter.session.read_only)
    await prompter.in_store(lambda session: _bind(session, license_id, application))


def _bind(session: Session, license_id: str, application: str) -> None:
    name = session.account.name
    item = stored_license(session.db, name, license_id)
    if item is not None and license_id in manual_license_ids(session.db, name):
        store_licenses(session.db, name, [replace(item, application=application)])
        return
    cast(Console, session.cloud).bind(license_id, application)
    session.sync()
