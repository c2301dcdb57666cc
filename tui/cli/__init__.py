"""The `renewal` command: data on stdout, messages on stderr, an exit code for each outcome.

Nothing here imports textual; each subcommand imports what it needs when it runs.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import nullcontext, redirect_stderr
from io import StringIO

from store.errors import Usage
from store.i18n import _
from tui.cli.completion_candidates import VARIABLE
from tui.cli.errors import run_safely
from tui.cli.root import root
from tui.streams.encodings import supported_language
from tui.streams.output import output_encoding
from tui.text import requested_language, use_language

__all__ = ["run"]


def run(arguments: Sequence[str]) -> int:
    """Run one command line; its exit code."""
    use_language(supported_language(requested_language(arguments, os.environ), output_encoding()))
    # Errors must not appear on a command line that is being completed.
    completing = VARIABLE in os.environ
    with redirect_stderr(StringIO()) if completing else nullcontext():
        return run_safely(
            lambda: root.main(_readable(arguments), "renewal", standalone_mode=False),
            as_json="--json" in arguments,
        )


def _readable(arguments: Sequence[str]) -> list[str]:
    """The arguments. Raises `Usage` for one that is not valid text, which no database takes,
    either."""
    for number, argument in enumerate(arguments, 1):
        if any("\ud800" <= character <= "\udfff" for character in argument):
            raise Usage(
                _("argument {place} is not UTF-8 text: {value}").format(
                    place=number, value=argument[:80]
                )
            )
    return list(arguments)
