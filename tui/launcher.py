"""Starts the program with its own `store` and `tui`, even if other installed packages have those
names."""

from __future__ import annotations

import sys
from os.path import abspath, dirname, join

_OWN_PACKAGES = ("tui", "store")
_DEFECT, _FILE = 70, 74


def main() -> None:
    """Run the program and exit with its code, also if it cannot start."""
    use_own_packages(dirname(dirname(abspath(__file__))))
    try:
        from tui.program import run_program
    except ImportError as error:
        sys.exit(_report_missing(error))
    sys.exit(run_program())


def use_own_packages(folder: str) -> None:
    """Put the folder of this program's packages first on `sys.path`, and unload others of the same
    names."""
    sys.path[:] = [folder, *(entry for entry in sys.path if entry != folder)]
    for name in [name for name in sys.modules if name.partition(".")[0] in _OWN_PACKAGES]:
        path = getattr(sys.modules[name], "__file__", None)
        if path and not abspath(path).startswith(join(folder, "")):
            del sys.modules[name]


def _report_missing(error: ImportError) -> int:
    """Print what is missing, in English since no catalogue is loaded yet; returns the exit code."""
    name = (error.name or "").partition(".")[0]
    if name in _OWN_PACKAGES:
        sentence, code = f"a part of the program is missing ({error}); install it anew", _DEFECT
    else:
        sentence, code = f"this Python lacks {name or error}, which the program needs", _FILE
    print(f"renewal: {sentence}.", file=sys.stderr)  # noqa: T201 - our own streams are not loaded yet
    return code
