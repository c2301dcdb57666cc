"""One run of the program: its streams, its garbage collection, its exit code."""

from __future__ import annotations

import gc
import os
import sys
import warnings

GC_THRESHOLD = 10_000
"""New objects between two collections: most belong to modules and screens, which live until the
end."""


def run_program() -> int:
    """Run the command line, flush its output, and return its exit code."""
    gc.disable()  # objects made while modules load are never garbage
    if not os.environ.get("NO_COLOR", "set"):
        del os.environ["NO_COLOR"]  # empty means unset (no-color.org), but not to Textual
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # libraries address developers; `-W` shows them
    from tui.streams.output import ignore_exported_size, use_standard_streams

    stdout = use_standard_streams()
    ignore_exported_size()
    from tui.cli import run
    from tui.streams.log import log_stray_errors

    log_stray_errors()
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)
    gc.enable()

    code = run(sys.argv[1:])
    gc.freeze()  # a last collection at exit would be in vain
    sys.stdout.flush()
    if stdout.failure is not None and not stdout.is_unread:
        from tui.cli.errors import report_unwritten_output

        report_unwritten_output(stdout.failure)
    return code
