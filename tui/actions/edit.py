"""Edit what a person enters about an item: a license, or a kind that the API does not tell."""

from __future__ import annotations

from collections.abc import Mapping

from store.clouds.alibaba.item_types import ItemType
from store.errors import Usage
from store.i18n import _
from store.items.assessment import Assessment
from store.items.item_types import ENTERABLE_KINDS, check_item_type, store_item_type
from store.items.manual_licenses import split_sdks
from store.models import Kind, License
from store.session import Session
from tui.actions.licenses import edit_license, is_manual
from tui.actions.prompter import Prompter
from tui.actions.sync import sync_now
from tui.prompts import Choice, Form, FormField, Menu
from tui.text import labels
from tui.text.details import proposed_kind


async def edit_item(prompter: Prompter, assessment: Assessment) -> None:
    """Edit a license added by hand, or identify an item of a real account. Raises `Usage` for an
    item that the practice cloud lists.
    """
    item = assessment.item
    if isinstance(item, License) and await is_manual(prompter, item.id):
        await edit_license(prompter, item)
    elif prompter.session.is_practice:
        raise Usage(_("the cloud lists it; only licenses added by hand can be edited"))
    else:
        await _identify(prompter, item.instance_id, item.name)


async def _identify(prompter: Prompter, instance_id: str, name: str) -> None:
    """Ask for the kind and the name, for a license also the application and the SDKs; then sync."""
    kinds = [Choice(kind, _(labels.KINDS[kind])) for kind in ENTERABLE_KINDS]
    kind = await prompter.choose(Menu(instance_id, kinds))
    if kind is None:
        return
    item_type = await prompter.fill_in(_form(instance_id, kind, name))
    if item_type is not None:
        await _keep(prompter, instance_id, item_type)


async def accept_proposal(prompter: Prompter, assessment: Assessment) -> None:
    """Accept the kind that the product code proposes; for a license, ask for its details."""
    kind, instance_id = proposed_kind(assessment), assessment.item.instance_id
    if kind is None:
        return
    item_type: ItemType | None = ItemType(kind)
    if kind is Kind.LICENSE:
        item_type = await prompter.fill_in(_form(instance_id, kind, ""))
    if item_type is not None:
        await _keep(prompter, instance_id, item_type)


async def _keep(prompter: Prompter, instance_id: str, item_type: ItemType) -> None:
    def keep(session: Session) -> None:
        store_item_type(session.db, session.account.name, instance_id, item_type)

    await prompter.in_store(keep)
    await sync_now(prompter, asked_for=False)


def _form(instance_id: str, kind: Kind, name: str) -> Form[ItemType]:
    fields = [FormField("name", _("Name"), name)]
    if kind is Kind.LICENSE:
        fields += [
            FormField("application", _("Application")),
            FormField("sdks", _("SDKs, separated by ;")),
        ]

    def check(texts: Mapping[str, str]) -> ItemType:
        item_type = ItemType(kind, texts["name"])
        if kind is Kind.LICENSE:
            sdks = split_sdks(texts["sdks"])
            item_type = ItemType(kind, texts["name"], texts["application"], sdks)
        check_item_type(instance_id, item_type)
        return item_type

    return Form(instance_id, fields, check)
