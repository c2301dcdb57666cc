"""The `renewal` command: data on stdout, words on stderr, an exit code for each outcome.

Nothing here imports textual; each subcommand imports what it needs when it runs.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from tui.cli.failures import run_safely
from tui.cli.root import root
from tui.text import asked_for, use

__all__ = ["run"]


def run(arguments: Sequence[str]) -> int:
    """Run one command line; its exit code."""
    use(asked_for(arguments, os.environ))
    return run_safely(
        lambda: root.main(list(arguments), "renewal", standalone_mode=False),
        as_json="--json" in arguments,
    )
