"""One run of the program, from its streams to its exit code."""

from __future__ import annotations

import gc
import os
import sys
import warnings

GC_THRESHOLD = 10_000
"""New objects between two collections: those of a command's modules and of a screen live until
the end."""


def run_to_the_end() -> int:
    """Run the command line; its exit code, when all that it wrote is written."""
    gc.disable()  # what modules make while they load is never garbage: it is not looked through
    if not os.environ.get("NO_COLOR", "set"):
        del os.environ["NO_COLOR"]  # empty means unset (no-color.org); Textual takes it for set
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # of libraries, for developers; `-W` shows them
    from tui.streams.output import use_standard_streams, use_terminal_size

    stdout = use_standard_streams()
    use_terminal_size()
    from tui.cli import run
    from tui.streams.log import log_stray_errors

    log_stray_errors()
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)
    gc.enable()

    code = run(sys.argv[1:])
    gc.freeze()  # nor is it looked through at the end, which gives all of it back
    sys.stdout.flush()
    if stdout.failure is not None and not stdout.is_unread:
        from tui.cli.errors import say_unwritten

        say_unwritten(stdout.failure)
    return code
