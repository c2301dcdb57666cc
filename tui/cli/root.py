"""The root command and its global options; subcommands are imported when they are named."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from store.errors import Usage
from tui import __version__
from tui.cli.options import Options
from tui.text import current

_COMMANDS = {
    "status": "tui.cli.status",
    "sync": "tui.cli.sync",
    "renew": "tui.cli.renew",
    "auto-renew": "tui.cli.auto_renew",
    "payments": "tui.cli.payments",
    "guide": "tui.cli.guide",
    "licenses": "tui.cli.licenses",
    "say": "tui.cli.say",
    "export": "tui.cli.export",
    "doctor": "tui.cli.doctor",
    "practice": "tui.cli.practice",
}
"""Subcommand to the module whose `command` it is."""

_SUMMARIES = {
    "status": "What needs attention, as text or JSON, with an exit code for cron.",
    "sync": "Fetch everything from the cloud.",
    "renew": "Renew Instance IDs through the payment journal.",
    "auto-renew": "Turn auto-renewal on or off.",
    "payments": "The journal of payments; settle what is unknown.",
    "guide": "A walk-through in line mode.",
    "licenses": "Licenses by hand, since no public API lists them.",
    "say": "Tell once what an item is that the cloud does not tell apart.",
    "export": "What is due, as a calendar, a table or metrics.",
    "doctor": "What is configured, reachable and permitted; what to mend.",
    "practice": "The practice cloud: its clock, its money, its failures.",
}


class LateGroup(click.Group):
    """A group whose help needs none of its subcommands to be imported."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[name]).command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_SUMMARIES.items()))


@click.group(
    cls=LateGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--home", "home_folder", envvar="RENEWAL_HOME", help="Where everything is kept.")
@click.option("--account", envvar="RENEWAL_ACCOUNT", help="An account of config.toml.")
@click.option(
    "--read-only", is_flag=True, envvar="RENEWAL_READ_ONLY", help="Nothing is paid or changed."
)
@click.option("--plain", is_flag=True, help="Line mode: the same jobs without a full screen.")
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), envvar="RENEWAL_LANG", help="The language of words."
)
@click.version_option(__version__, prog_name="renewal")
@click.pass_context
def root(ctx: click.Context, /, **values: Any) -> Any:
    """Shows what of your Alibaba Cloud IoT instances, VOD resource plans and SDK licenses
    will stop or be lost, walks you through keeping it, and never pays twice.

    Without a command it opens the terminal app.
    """
    ctx.obj = Options(**{**values, "lang": values["lang"] or current()})
    if ctx.invoked_subcommand is not None:
        return None
    if ctx.obj.plain or os.environ.get("TERM") == "dumb":
        from tui.line.desk import run_lines

        with ctx.obj.session() as session:
            return run_lines(session, ctx.obj.lang)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Usage(
            "the terminal app needs a terminal. `renewal --plain` asks on plain lines, "
            "`renewal status` tells what needs attention, `renewal --help` lists the commands."
        )
    import gc

    gc.disable()  # as in `tui.__main__`
    import tui.screens.main  # noqa: F401 - the first screen, while nothing is collected
    from tui.app import run_app

    gc.freeze()
    gc.enable()
    return run_app(ctx.obj.session(), ctx.obj.lang)
