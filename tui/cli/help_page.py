"""A command's help as a page of a manual, in the language in use: what it does, its options,
the codes that it exits with, and examples that work.

The page is put together when it is asked for; a command that runs never does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from store.i18n import N_, _

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from store.errors import Exit

WIDEST = 100
GAP = 2
LONGEST_NAME = 30
"""Cells of a name that still has its words on its own line."""


class Example(Struct, frozen=True):
    """A command line that works as it stands, and what it is for."""

    line: str
    says: str


class Page(click.Command):
    """A command with such a page. All its words are marked, and looked up when shown."""

    def __init__(
        self,
        *arguments: Any,
        says: Sequence[str] = (),
        values: Mapping[str, str] | None = None,
        exits: Sequence[Exit] = (),
        meanings: Mapping[Exit, str] | None = None,
        examples: Sequence[Example] = (),
        **more: Any,
    ) -> None:
        super().__init__(*arguments, **more)
        self.says = says
        """Its paragraphs; the first one is its summary in the list of commands."""
        self.values = values or {}
        """What each of its arguments is."""
        self.exits = exits
        self.meanings = meanings or {}
        """What an exit code says of this command, where that is not what it says of all."""
        self.examples = examples

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = N_("Show this help page.")
        return found

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Its options, as click finds them, the words in the language in use."""
        from click.shell_completion import CompletionItem

        found = click.Command.shell_complete(self, ctx, incomplete)
        return [
            CompletionItem(one.value, one.type, _(one.help) if one.help else None) for one in found
        ]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, but what is left over is told in our own words."""
        if ctx.allow_extra_args:
            return super().parse_args(ctx, args)
        ctx.allow_extra_args = True
        left = super().parse_args(ctx, args)
        ctx.allow_extra_args = False
        if left and not ctx.resilient_parsing:
            ctx.fail(_("There is something left over: {words}").format(words=" ".join(left)))
        return left

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for line in self._page(ctx, min(formatter.width, WIDEST)):
            formatter.write(f"{line}\n")

    def _page(self, ctx: click.Context, width: int) -> Iterator[str]:
        pieces = " ".join(self._usage(ctx))
        usage = _("Usage:")
        yield from hung(f"{usage} {ctx.command_path} ", pieces, width)
        for paragraph in self.says:
            yield ""
            yield from hung("  ", _(paragraph), width)
        yield from _section(_("Arguments"), self._arguments(), width)
        yield from _section(_("Options"), self._options(ctx), width)
        yield from _section(_("Commands"), self.commands_told(ctx), width)
        yield from _section(_("Exit codes"), self._exits(), width)
        if self.examples:
            yield from ("", _("Examples"))
        for example in self.examples:
            yield f"  {example.line}"
            yield from hung("      ", _(example.says), width)

    def _usage(self, ctx: click.Context) -> list[str]:
        words = {
            "[OPTIONS]": _("[OPTIONS]"),
            "COMMAND [ARGS]...": _("COMMAND [ARGS]..."),
            "[COMMAND] [ARGS]...": _("[COMMAND] [ARGS]..."),
        }
        return [words.get(piece, piece) for piece in self.collect_usage_pieces(ctx)]

    def _arguments(self) -> list[tuple[str, str]]:
        return [(name, _(words)) for name, words in self.values.items()]

    def _options(self, ctx: click.Context) -> list[tuple[str, str]]:
        return [
            (record[0], " ".join(_notes(param, ctx)))
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx))
        ]

    def commands_told(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Its subcommands, each with its summary."""
        del ctx
        return []

    def _exits(self) -> list[tuple[str, str]]:
        from tui.cli.exits import EXITS

        told = {**EXITS, **self.meanings}
        return [(str(int(code)), _(told[code])) for code in sorted({*self.exits, *self.meanings})]


class Pages(Page, click.Group):
    """A group whose subcommands have pages, too."""

    command_class = Page

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            from tui.cli.usage_errors import unknown_command

            ctx.fail(unknown_command(name, self.list_commands(ctx)))
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Its subcommands with their summaries, and its options."""
        from click.shell_completion import CompletionItem

        told = self.commands_told(ctx)
        found = [CompletionItem(name, help=words) for name, words in told]
        return [
            *(one for one in found if one.value.startswith(incomplete)),
            *super().shell_complete(ctx, incomplete),
        ]

    def commands_told(self, ctx: click.Context) -> list[tuple[str, str]]:
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        return [(name, _(one.says[0])) for name, one in found if isinstance(one, Page)]


def _notes(option: click.Option, ctx: click.Context) -> Iterator[str]:
    """What the option is for, and what click knows of it."""
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
    room = min(LONGEST_NAME, max(len(name) for name, _words in rows))
    for name, words in rows:
        if len(name) > room:
            yield f"  {name}"
            name = ""  # noqa: PLW2901 - the words begin on the next line
        yield from hung(f"  {name:<{room + GAP}}", words, width)


def hung(head: str, words: str, width: int) -> list[str]:
    """The words behind the head, wrapped at `width` cells, further lines under the first."""
    from tui.cells import cells

    indent = " " * cells(head)
    lines = wrapped(words, max(20, width - len(indent)))
    return [f"{head}{lines[0]}".rstrip(), *(indent + line for line in lines[1:])]


_WIDE = "\u2e80-\uffef"
_PIECE = rf"\s+|[（“《]*[{_WIDE}][，。；：、）”》！？]*|[^\s{_WIDE}（“《]+[，。；：、）”》！？]*|."
"""What is never broken: a word, or a wide character with the marks that belong to it."""


def wrapped(words: str, width: int) -> list[str]:
    """The words in lines of at most `width` cells; wide characters need no blank between."""
    from tui.cells import cells

    lines, line, taken = [], "", 0
    for piece in re.findall(_PIECE, words):
        size = cells(piece)
        if line and taken + size > width and not piece.isspace():
            lines.append(line.rstrip())
            line, taken = "", 0
        if not line and piece.isspace():
            continue
        line += piece
        taken += size
    return [*lines, line.rstrip()]
