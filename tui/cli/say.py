"""`renewal say`: tell once what an item is that the cloud does not tell apart."""

from __future__ import annotations

import click

from store.errors import Usage
from store.models import Kind
from tui.cli.options import Options, emit, json_option, pass_options

SCHEMA = "renewal.said/1"
KINDS = [
    Kind.ENTERPRISE.value,
    Kind.PUBLIC_PREVIOUS.value,
    Kind.PUBLIC_NEW.value,
    Kind.LICENSE.value,
    Kind.OTHER.value,
]


@click.command("say")
@click.argument("instance_id", metavar="INSTANCE_ID")
@click.option("--kind", type=click.Choice(KINDS), required=True, help="What it is.")
@click.option("--name", default="", help="What you call it.")
@click.option("--application", default="", help="Of a license: what it is bound to.")
@click.option("--sdk", "sdks", multiple=True, help="Of a license: once for each SDK in it.")
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
    from store.clouds.alibaba.said import Said
    from store.said import check_said, say

    told = Said(Kind(kind), name, application, sdks)
    with options.session() as session:
        if session.is_practice:
            raise Usage("the practice cloud tells what its items are; nothing was kept")
        check_said(instance_id, told)
        say(session.db, session.account.name, instance_id, told)
    words = f"{instance_id} is taken for {kind} from the next sync on"
    emit({"schema": SCHEMA, "instance_id": instance_id, "kind": kind}, [words], as_json=as_json)
