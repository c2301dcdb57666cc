"""`renewal completion`: prints the completion script for a shell."""

from __future__ import annotations

import click

from store.i18n import N_
from tui.cli.completion_candidates import VARIABLE
from tui.cli.exits import ALWAYS
from tui.cli.help_page import Example, PageCommand
from tui.cli.summaries import SUMMARIES
from tui.streams.output import write_words

SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    cls=PageCommand,
    summary=SUMMARIES["completion"],
    details=(
        N_(
            "The shell then completes commands, options, procedures, accounts and "
            "stored Instance IDs, without asking the cloud."
        ),
    ),
    argument_help={"SHELL": N_("The shell: bash, zsh or fish.")},
    exits=ALWAYS,
    examples=(
        Example(
            "renewal completion bash",
            N_(
                'Add `eval "$(renewal completion bash)"` to `~/.bashrc`; for zsh, the '
                "same with zsh in `~/.zshrc`, after `compinit`."
            ),
        ),
        Example(
            "renewal completion fish",
            N_("Add `renewal completion fish | source` to `~/.config/fish/config.fish`."),
        ),
    ),
)
@click.argument("shell", type=click.Choice(SHELLS), metavar="SHELL")
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print our script for bash, or click's for another shell."""
    from click.shell_completion import get_completion_class

    if shell == "bash":
        from tui.cli.bash_completion import SCRIPT

        write_words(SCRIPT)
        return
    completion_class = get_completion_class(shell)
    if completion_class is None:
        raise AssertionError(shell)
    completion = completion_class(ctx.find_root().command, {}, "renewal", VARIABLE)
    write_words(f"{completion.source()}\n")
