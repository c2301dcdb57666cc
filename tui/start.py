"""A start that fails, too, ends with a sentence and an exit code."""

from __future__ import annotations

import sys

_DEFECT, _FILE = 70, 74
_OWN = ("tui", "store")


def run() -> int:
    """The program's exit code."""
    try:
        from tui.program import run_to_the_end
    except ImportError as error:
        return _not_startable(error)
    return run_to_the_end()


def _not_startable(error: ImportError) -> int:
    """What is lacking, in English: the words of other languages are not there yet."""
    name = (error.name or "").partition(".")[0]
    if name in _OWN:
        words, code = f"a part of the program is missing ({error}); install it anew", _DEFECT
    else:
        words, code = f"this Python lacks {name or error}, which the program needs", _FILE
    print(f"renewal: {words}.", file=sys.stderr)  # noqa: T201 - nothing of ours is there yet
    return code
