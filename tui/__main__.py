"""`renewal`, also `python -m tui`."""

from __future__ import annotations

import gc
import os
import sys

ROUND = 10_000
"""So many objects are made before the new ones are looked through: those of a command's modules
and of a screen are here to stay."""


def main() -> None:
    """Run the program and end with its exit code."""
    gc.disable()  # what modules make while they load is never garbage: it is not looked through
    if not os.environ.get("NO_COLOR", "set"):
        del os.environ["NO_COLOR"]  # empty means unset (no-color.org); Textual takes it for set
    from tui.std_streams import use_patient_streams

    data = use_patient_streams()
    from tui.cli import run

    gc.freeze()
    gc.set_threshold(ROUND)
    gc.enable()

    code = run(sys.argv[1:])
    gc.freeze()  # nor is it looked through at the end, which gives all of it back
    _drop_what_nobody_reads()
    if data.trouble is not None and not code:
        from tui.cli.errors import tell_unwritten

        code = tell_unwritten(data.trouble)
    sys.exit(code)


def _drop_what_nobody_reads() -> None:
    """After a closed line Python would fail to flush at its end, and exit with 120 instead."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
