"""The root command and its global options; a subcommand is imported when it is named."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from store.errors import Usage
from store.i18n import N_, _
from tui import __version__
from tui.cli.completion_candidates import account_names
from tui.cli.exits import EXITS, STATUS
from tui.cli.help_page import WIDEST, Example, PageGroup
from tui.cli.manual import TOPICS, topic_text
from tui.cli.options import Options
from tui.cli.summaries import SUMMARIES
from tui.streams.output import write_words
from tui.text import LANGUAGES

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
    "notify": "tui.cli.notify",
    "doctor": "tui.cli.doctor",
    "practice": "tui.cli.practice",
    "completion": "tui.cli.completion",
}
"""The module of each subcommand, whose `command` it is."""


class LateGroup(PageGroup):
    """A group that prints its help without importing its subcommands."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Also resolve `help COMMAND` as `COMMAND --help`, and print a topic of the manual for
        `help TOPIC`."""
        if args[0] == "help" and args[1:2] and args[1] in TOPICS:
            write_words(topic_text(args[1]))
            ctx.exit()
        if args[0] == "help":
            args = [*args[1:], "--help"]
        if args == ["--help"]:
            write_words(ctx.get_help())
            ctx.exit()
        if args[0] not in _COMMANDS and not args[0].startswith("-"):
            raise click.NoSuchCommand(args[0], possibilities=_COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[name]).command
        return command

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        del ctx
        return [(name, _(summary)) for name, summary in SUMMARIES.items()]


@click.group(
    cls=LateGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDEST},
    summary=N_(
        "Shows which of your Alibaba Cloud IoT instances, VOD resource plans "
        "and SDK licenses are about to stop or be deleted, walks you through "
        "keeping them, and never pays twice."
    ),
    details=(
        N_(
            "Without a command it opens the terminal app. Results go to stdout, "
            "messages to stderr. `renewal COMMAND --help` shows the help page of a "
            "command."
        ),
        N_(
            "`renewal help TOPIC` prints a topic of the manual: automation, configuration, keys, "
            "paying."
        ),
    ),
    exits=STATUS | EXITS,
    examples=(
        Example("renewal", N_("Open the terminal app.")),
        Example(
            "renewal --plain", N_("Do the same with numbered questions instead of a full screen.")
        ),
        Example(
            "renewal --lang zh status",
            N_("Show what needs attention, in Chinese. Global options go before the command."),
        ),
    ),
)
@click.option(
    "--home", "home_folder", envvar="RENEWAL_HOME", help=N_("The folder that holds all data.")
)
@click.option(
    "--account",
    envvar="RENEWAL_ACCOUNT",
    shell_complete=account_names,
    help=N_("An account in config.toml."),
)
@click.option(
    "--read-only",
    is_flag=True,
    envvar="RENEWAL_READ_ONLY",
    help=N_("Pay and change nothing."),
)
@click.option(
    "--plain", is_flag=True, help=N_("Line mode: the same features without a full screen.")
)
@click.option(
    "--lang",
    type=click.Choice(tuple(LANGUAGES)),
    envvar="RENEWAL_LANG",
    help=N_("The language of all texts. Default: the language of the locale."),
)
@click.version_option(__version__, prog_name="renewal", help=N_("Show the version."))
@click.pass_context
def root(ctx: click.Context, /, **values: Any) -> Any:
    """Store the global options; without a subcommand, run the app or line mode."""
    ctx.obj = Options(language=values.pop("lang"), **values)
    if ctx.invoked_subcommand is not None:
        return None
    if ctx.obj.plain or os.environ.get("TERM") == "dumb":
        from tui.line_mode.menu import run_lines

        with ctx.obj.session() as session:
            return run_lines(session)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Usage(
            _(
                "the terminal app needs a terminal. Use `renewal --plain` for line "
                "mode, `renewal status` for what needs attention, or `renewal --help` "
                "for the commands."
            )
        )
    import gc

    gc.disable()  # as in `tui.program`
    import tui.screens.main  # noqa: F401 - the first screen, while nothing is collected
    from tui.app import run_app

    gc.freeze()
    gc.enable()
    session = ctx.obj.session()
    return run_app(session, keep_language=ctx.obj.language is None)
