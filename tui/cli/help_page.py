"""Help pages: a command's description, options, exit codes and examples, in the language in use.

A page is composed when it is shown, never when the command runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from store.i18n import N_, _
from tui.text.wrapping import hang_text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from store.errors import Exit

WIDEST = 100
GAP = 2
LONGEST_NAME = 30
"""Cells of the longest name that has its description on the same line."""


class Example(Struct, frozen=True):
    """A command line that works as it stands, and its purpose as a sentence."""

    line: str
    purpose: str


class PageCommand(click.Command):
    """A command with a help page. Its texts are marked for translation, and translated when
    shown."""

    def __init__(
        self,
        *arguments: Any,
        summary: str = "",
        details: Sequence[str] = (),
        argument_help: Mapping[str, str] | None = None,
        exits: Mapping[Exit, str] | None = None,
        examples: Sequence[Example] = (),
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.summary = summary
        """One sentence, for the top of the page and the list of commands."""
        self.details = details
        """Further paragraphs."""
        self.argument_help = argument_help or {}
        """The description of each argument, by metavar."""
        self.exits = exits or {}
        """The meaning of each exit code."""
        self.examples = examples

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = N_("Show this help page.")
        return option

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """The command's options as click lists them, with help in the language in use."""
        from click.shell_completion import CompletionItem

        items = click.Command.shell_complete(self, ctx, incomplete)
        return [
            CompletionItem(item.value, item.type, _(item.help) if item.help else None)
            for item in items
        ]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for line in self._page(ctx, min(formatter.width, WIDEST)):
            formatter.write(f"{line}\n")

    def _page(self, ctx: click.Context, width: int) -> Iterator[str]:
        pieces = " ".join(self._usage(ctx))
        usage = _("Usage:")
        yield from hang_text(f"{usage} {ctx.command_path} ", pieces, width)
        for paragraph in (self.summary, *self.details):
            yield ""
            yield from hang_text("  ", _(paragraph), width)
        yield from _section(_("Arguments"), self._arguments(), width)
        yield from _section(_("Options"), self._options(ctx), width)
        yield from _section(_("Commands"), self.summaries(ctx), width)
        yield from _section(_("Exit codes"), self._exits(), width)
        if self.examples:
            yield from ("", _("Examples"))
        for example in self.examples:
            yield f"  {example.line}"
            yield from hang_text("      ", _(example.purpose), width)

    def _usage(self, ctx: click.Context) -> list[str]:
        translated = {
            "[OPTIONS]": _("[OPTIONS]"),
            "COMMAND [ARGS]...": _("COMMAND [ARGS]..."),
            "[COMMAND] [ARGS]...": _("[COMMAND] [ARGS]..."),
        }
        return [translated.get(piece, piece) for piece in self.collect_usage_pieces(ctx)]

    def _arguments(self) -> list[tuple[str, str]]:
        return [(name, _(text)) for name, text in self.argument_help.items()]

    def _options(self, ctx: click.Context) -> list[tuple[str, str]]:
        return [
            (record[0], " ".join(_notes(param, ctx)))
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx))
        ]

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        """The name and the summary of each subcommand."""
        del ctx
        return []

    def _exits(self) -> list[tuple[str, str]]:
        return [(str(int(code)), _(self.exits[code])) for code in sorted(self.exits)]


class PageGroup(PageCommand, click.Group):
    """A group whose subcommands have help pages, too."""

    command_class = PageCommand

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """The subcommands with their summaries, and the group's options."""
        from click.shell_completion import CompletionItem

        commands = [
            CompletionItem(name, help=summary)
            for name, summary in self.summaries(ctx)
            if name.startswith(incomplete)
        ]
        return [*commands, *super().shell_complete(ctx, incomplete)]

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        return [(name, _(page.summary)) for name, page in commands if isinstance(page, PageCommand)]


def _notes(option: click.Option, ctx: click.Context) -> Iterator[str]:
    """The option's help, and its environment variable and default."""
    if option.help:
        yield _(option.help)
    if option.required:
        yield _("[required]")
    if isinstance(option.envvar, str):
        yield _("[environment: {name}]").format(name=option.envvar)
    extra = option.get_help_extra(ctx)
    if "default" in extra:
        yield _("[default: {value}]").format(value=extra["default"])


def _section(title: str, rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    if not rows:
        return
    yield from ("", title)
    room = min(LONGEST_NAME, max(len(name) for name, _text in rows))
    for name, text in rows:
        if len(name) > room:
            yield f"  {name}"
            name = ""  # noqa: PLW2901 - the description begins on the next line
        yield from hang_text(f"  {name:<{room + GAP}}", text, width)
