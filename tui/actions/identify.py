"""Say once what an item is that the cloud does not tell apart."""

from __future__ import annotations

from store.clouds.alibaba.item_types import ItemType
from store.errors import Usage
from store.i18n import _
from store.items.item_types import SAYABLE, check_item_type, keep_item_type
from store.models import Kind
from store.session import Session
from tui.actions.sync import sync_now
from tui.dialogs.ask import Ask
from tui.dialogs.choose import Choice, Choose
from tui.screens.base import DeskScreen
from tui.text import labels


async def say_what_it_is(screen: DeskScreen, instance_id: str, name: str) -> None:
    """Its kind, its name, and of a license its application and SDKs; then a sync."""
    app = screen.desk
    kinds = [Choice(kind, _(labels.KINDS[kind])) for kind in SAYABLE]
    kind = await app.ask(Choose(instance_id, kinds))
    if kind is None:
        return
    called = await app.ask(Ask(instance_id, _("What do you call it?"), str, value=name))
    if called is None:
        return
    told = ItemType(kind, called)
    if kind is Kind.LICENSE:
        application = await app.ask(Ask(instance_id, _("To which application"), _some))
        question = _("Which SDKs are in it, separated by ;")
        sdks = await app.ask(Ask(instance_id, question, _some))
        if application is None or sdks is None:
            return
        parts = tuple(part.strip() for part in sdks.split(";") if part.strip())
        told = ItemType(kind, called, application, parts)
    check_item_type(instance_id, told)
    await app.in_store(lambda session: _keep(session, instance_id, told))
    await sync_now(screen, asked_for=False)


def _some(text: str) -> str:
    if not text:
        raise Usage(_("Type at least one word."))
    return text


def _keep(session: Session, instance_id: str, told: ItemType) -> None:
    keep_item_type(session.db, session.account.name, instance_id, told)
