"""`renewal say`: identifies an item that the API cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from store.errors import Usage
from store.i18n import N_, _
from store.models import Kind
from store.session import Session
from tui.cli.completion_candidates import instance_ids
from tui.cli.exits import ALWAYS
from tui.cli.help_page import Example, PageCommand
from tui.cli.options import Options, json_option, pass_options, print_result
from tui.cli.summaries import SUMMARIES

if TYPE_CHECKING:
    from store.clouds.alibaba.item_types import ItemType

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
    cls=PageCommand,
    summary=SUMMARIES["say"],
    details=(
        N_(
            "The billing API of a real account lists neither names nor editions. "
            "What you enter here is kept, and the next sync shows the item "
            "accordingly. A previous-version public instance has no Instance ID and "
            "no API lists it: enter it by region; it is assessed by what the "
            "account owes. None of this is needed on the practice account."
        ),
    ),
    argument_help={"INSTANCE_ID": N_("The Instance ID as the console shows it.")},
    exits=ALWAYS,
    examples=(
        Example(
            'renewal --account factory say iot-060a0bcd --kind iot-enterprise --name "Factory '
            'floor"',
            N_("Identify an Enterprise Edition instance."),
        ),
        Example(
            "renewal --account factory say iot-060a0bcd --kind iot-enterprise --trial",
            N_("Identify a trial: it is released at its end, without the 15 days."),
        ),
        Example(
            'renewal --account factory say vod-sdk-77 --kind sdk-license --application "Kids '
            'app" --sdk "Player SDK"',
            N_("Identify a license order with one SDK."),
        ),
        Example(
            'renewal --account factory say vod-sdk-77 --accept --application "Kids app" '
            '--sdk "Player SDK"',
            N_("Accept the type that `status` proposes from the product code."),
        ),
        Example(
            "renewal --account factory say --public-previous ap-northeast-1",
            N_("Add the previous-version public instance in this region."),
        ),
    ),
)
@click.argument("instance_id", metavar="[INSTANCE_ID]", default="", shell_complete=instance_ids)
@click.option("--kind", type=click.Choice(KINDS), help=N_("The type of the item."))
@click.option("--accept", is_flag=True, help=N_("Accept the type that its product code suggests."))
@click.option("--name", default="", help=N_("Your name for the item."))
@click.option(
    "--trial", is_flag=True, help=N_("For an Enterprise Edition instance: it is a trial.")
)
@click.option(
    "--application", default="", help=N_("For a license: the application it is bound to.")
)
@click.option(
    "--sdk", "sdks", multiple=True, help=N_("For a license: an SDK in it; repeat it for each SDK.")
)
@click.option(
    "--public-previous",
    "region",
    metavar="REGION",
    help=N_("Add a previous-version public instance in this region."),
)
@click.option("--remove", is_flag=True, help=N_("With `--public-previous`: remove it again."))
@json_option
@pass_options
def command(  # noqa: PLR0913, PLR0917 - each is something to say
    options: Options,
    instance_id: str,
    kind: str | None,
    name: str,
    application: str,
    sdks: tuple[str, ...],
    region: str | None,
    *,
    accept: bool,
    trial: bool,
    remove: bool,
    as_json: bool,
) -> None:
    """Store the item's type. Raises `Usage` on the practice account."""
    of_an_item = bool(instance_id or kind or accept or trial or application or sdks)
    if (region is None) is not of_an_item or (remove and region is None):
        raise Usage(_("give an Instance ID, or `--public-previous` with a region"))
    with options.session() as session:
        if session.is_practice:
            raise Usage(_("not needed on the practice account; nothing was changed"))
        if region is not None:
            _keep_region(session, region, name, remove=remove, as_json=as_json)
            return
        from store.clouds.alibaba.item_types import ItemType

        item_kind = _kind(session, instance_id, kind, accept=accept, trial=trial)
        item_type = ItemType(item_kind, name, application, sdks, is_trial=trial)
        _keep_item(session, instance_id, item_type, as_json=as_json)


def _keep_region(session: Session, region: str, name: str, *, remove: bool, as_json: bool) -> None:
    from store.items.item_types import add_previous_public, remove_previous_public

    account = session.account.name
    if remove:
        item_id = remove_previous_public(session.db, account, region)
        text = _("{id} is no longer listed")
    else:
        item_id = add_previous_public(session.db, account, region, name)
        text = _("{id} is listed from now on")
    document = {
        "schema": SCHEMA, "instance_id": item_id, "kind": Kind.PUBLIC_PREVIOUS.value,
        "region": region, "removed": remove,
    }  # fmt: skip
    print_result(document, [text.format(id=item_id)], as_json=as_json)


def _kind(
    session: Session, instance_id: str, kind: str | None, *, accept: bool, trial: bool
) -> Kind:
    """The named kind, the accepted proposal, or Enterprise Edition for a trial, which no other kind
    has. Raises `Usage` for any other combination."""
    from store.items.item_types import proposed_kind

    if instance_id and kind and not accept:
        return Kind(kind)
    if instance_id and accept and not kind:
        return proposed_kind(session.db, session.account.name, instance_id)
    if instance_id and trial and not accept:
        return Kind.ENTERPRISE
    raise Usage(_("give an Instance ID, and its type with `--kind` or `--accept`"))


def _keep_item(session: Session, instance_id: str, item_type: ItemType, *, as_json: bool) -> None:
    from store.items.item_types import check_item_type, store_item_type

    check_item_type(instance_id, item_type)
    store_item_type(session.db, session.account.name, instance_id, item_type)
    kind = item_type.kind.value
    text = _("from the next sync on, {id} is shown as {kind}").format(id=instance_id, kind=kind)
    document = {"schema": SCHEMA, "instance_id": instance_id, "kind": kind}
    print_result(document | {"trial": item_type.is_trial}, [text], as_json=as_json)
