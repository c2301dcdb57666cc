"""`renewal`, also `python -m tui`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the program and end with its exit code."""
    gc.disable()  # what modules make while they load is never garbage: it is not looked through
    if not os.environ.get("NO_COLOR", "set"):
        del os.environ["NO_COLOR"]  # empty means unset (no-color.org); Textual takes it for set
    from tui.cli import run

    gc.freeze()
    gc.enable()

    code = run(sys.argv[1:])
    _drop_what_nobody_reads()
    sys.exit(code)


def _drop_what_nobody_reads() -> None:
    """After a closed line Python would fail to flush at its end, and exit with 120 instead."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    main()
