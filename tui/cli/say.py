"""`renewal say`: tell once what an item is that the cloud does not tell apart."""

from __future__ import annotations

import click

from store.errors import Usage
from store.i18n import N_, _
from store.models import Kind
from tui.cli.completion_candidates import instance_ids
from tui.cli.exits import ALWAYS
from tui.cli.help_page import Example, Page
from tui.cli.options import OneOf, Options, emit, json_option, pass_options

SCHEMA = "renewal.said/1"
KINDS = [
    Kind.ENTERPRISE.value,
    Kind.PUBLIC_PREVIOUS.value,
    Kind.PUBLIC_NEW.value,
    Kind.LICENSE.value,
    Kind.OTHER.value,
]


@click.command(
    "say",
    cls=Page,
    says=(
        N_("Tell once what an item is that the cloud does not tell apart."),
        N_(
            "The billing API of a real account tells no names and no editions. What is said "
            "here is kept, and the next sync shows the item as that. The practice cloud tells "
            "by itself what its items are."
        ),
    ),
    values={"INSTANCE_ID": N_("As the console shows it.")},
    exits=ALWAYS,
    examples=(
        Example(
            'renewal --account factory say iot-060a0bcd --kind iot-enterprise --name "Factory '
            'floor"',
            N_("An Enterprise Edition instance."),
        ),
        Example(
            'renewal --account factory say vod-sdk-77 --kind sdk-license --application "Kids '
            'app" --sdk "Player SDK"',
            N_("A license order with one SDK."),
        ),
    ),
)
@click.argument("instance_id", metavar="INSTANCE_ID", shell_complete=instance_ids)
@click.option("--kind", type=OneOf(KINDS), required=True, help=N_("What it is."))
@click.option("--name", default="", help=N_("What you call it."))
@click.option("--application", default="", help=N_("Of a license: what it is bound to."))
@click.option("--sdk", "sdks", multiple=True, help=N_("Of a license: once for each SDK in it."))
@json_option
@pass_options
def command(  # noqa: PLR0913, PLR0917 - each is something to say
    options: Options,
    instance_id: str,
    kind: str,
    name: str,
    application: str,
    sdks: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Tell once what an Instance ID is; the next sync shows it as that."""
    from store.clouds.alibaba.item_types import ItemType
    from store.items.item_types import check_item_type, keep_item_type

    told = ItemType(Kind(kind), name, application, sdks)
    with options.session() as session:
        if session.is_practice:
            raise Usage(_("the practice cloud tells what its items are; nothing was kept"))
        check_item_type(instance_id, told)
        keep_item_type(session.db, session.account.name, instance_id, told)
    words = _("{id} is taken for {kind} from the next sync on").format(id=instance_id, kind=kind)
    emit({"schema": SCHEMA, "instance_id": instance_id, "kind": kind}, [words], as_json=as_json)
