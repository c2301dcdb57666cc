"""`renewal auto-renew`: turn auto-renewal on for a term, or off."""

from __future__ import annotations

from typing import Any

import click

from store.errors import Exit, Usage
from tui.cli.asking import need_terminal, typed_back
from tui.cli.failures import ERROR_SCHEMA
from tui.cli.options import Options, emit, json_option, pass_options, say

SCHEMA = "renewal.auto-renew/1"


@click.command("auto-renew")
@click.argument("instance_ids", nargs=-1, required=True, metavar="INSTANCE_ID...")
@click.option("--months", type=int, help="1, 2, 3, 6 or 12.")
@click.option("--off", is_flag=True, help="Turn it off.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@pass_options
def command(  # noqa: PLR0913 - each is an option that the contract names
    options: Options,
    instance_ids: tuple[str, ...],
    months: int | None,
    *,
    off: bool,
    yes: bool,
    as_json: bool,
) -> Exit:
    """Turn auto-renewal on for a number of months, or off."""
    from store.payments.renewals import auto_renew_all, worst_exit

    if off == (months is not None):
        raise Usage("say either --months N or --off")
    need_terminal(yes=yes)
    if not yes:
        say(f"Auto-renewal {'off' if off else f'every {months} months'}: {', '.join(instance_ids)}")
        if not typed_back("yes", "yes"):
            raise Usage("not confirmed; nothing was changed")
    with options.session() as session:
        if session.needs_first_sync():
            session.sync()
        results = list(auto_renew_all(session.payer, instance_ids, months))
    for result in results:
        say(f"{result.instance_id}: {result.message}")
    worst = worst_exit(results)
    rows: list[dict[str, Any]] = [
        {
            "instance_id": result.instance_id,
            "exit": int(result.exit),
            "months": months if result.exit is Exit.DONE else None,
            "message": result.message,
        }
        for result in results
    ]
    document: dict[str, Any] = {"schema": SCHEMA, "results": rows}
    if worst >= Exit.USAGE:
        message = next(result.message for result in results if result.exit == worst)
        document |= {"schema": ERROR_SCHEMA, "exit": int(worst), "message": message}
    emit(document, [], as_json=as_json)
    return worst
