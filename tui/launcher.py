"""The first lines of the program: they see to it that its own `store` and `tui` are imported,
whatever else has those names."""

from __future__ import annotations

import sys
from os.path import abspath, dirname, join

_OWN = ("tui", "store")
_DEFECT, _FILE = 70, 74


def main() -> None:
    """Run the program and end with its exit code; a start that fails has one, too."""
    use_own_packages(dirname(dirname(abspath(__file__))))
    try:
        from tui.program import run_to_the_end
    except ImportError as error:
        sys.exit(_not_startable(error))
    sys.exit(run_to_the_end())


def use_own_packages(folder: str) -> None:
    """Put the folder of this program's packages first on the path, and forget foreign ones
    of the same names."""
    sys.path[:] = [folder, *(entry for entry in sys.path if entry != folder)]
    for name in [name for name in sys.modules if name.partition(".")[0] in _OWN]:
        path = getattr(sys.modules[name], "__file__", None)
        if path and not abspath(path).startswith(join(folder, "")):
            del sys.modules[name]


def _not_startable(error: ImportError) -> int:
    """What is lacking, in English: the words of other languages are not there yet."""
    name = (error.name or "").partition(".")[0]
    if name in _OWN:
        words, code = f"a part of the program is missing ({error}); install it anew", _DEFECT
    else:
        words, code = f"this Python lacks {name or error}, which the program needs", _FILE
    print(f"renewal: {words}.", file=sys.stderr)  # noqa: T201 - nothing of ours is there yet
    return code
